"""Passages → Draft without an LLM: the clause or list that answers, in the plan's own words."""

from xhht_qa.extract.compose import Extractor

__all__ = ["Extractor"]
