"""Cited Vietnamese answers over official plans."""

__version__ = "0.1.0"
