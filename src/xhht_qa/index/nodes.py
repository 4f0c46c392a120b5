"""A chunk as LlamaIndex and the vector stores behind it pass it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xhht_qa.types import Chunk

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode


def node_of(chunk: Chunk, embedding: list[float] | None = None, id_: str = "") -> TextNode:
    """A chunk as the node that a store holds and LlamaIndex passes on, under its own id or another; the address is in its metadata."""
    from llama_index.core.schema import TextNode

    metadata = {"plan": chunk.plan, "section": chunk.section, "bullet": chunk.bullet, "first_line": chunk.first_line, "last_line": chunk.last_line}
    return TextNode(id_=id_ or chunk.id, text=chunk.text, embedding=embedding, metadata=metadata)
