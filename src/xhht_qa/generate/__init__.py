"""The composer with a language model: it may put what was found into other words, and a guard lets through only what the plans say."""

from xhht_qa.generate.follow_up import after, is_better
from xhht_qa.generate.writer import Writer, load_writer

__all__ = ["Writer", "after", "is_better", "load_writer"]
