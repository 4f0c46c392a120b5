"""Preparing the encoder for this machine, once: unpack → export → quantise → check → swap in."""
