"""Question and history → Query: what is asked, of which plans, in words that the index knows."""

from xhht_qa.query.understand import Understander

__all__ = ["Understander"]
