"""A language model, reached through LlamaIndex's ``LLM`` interface, that may fail in every way and never costs more than its time."""

from xhht_qa.llm.model import Model, load_model

__all__ = ["Model", "load_model"]
