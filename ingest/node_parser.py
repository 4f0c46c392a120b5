"""For LlamaIndex users: a node parser that cuts plans at their sections instead of at a token count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship
from llama_index.core.utils import get_tqdm_iterable

from ingest.chunks import chunk
from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.index import node_of


class PlanNodeParser(NodeParser):
    """One node a section (or part of a long one) and one a bullet; plan, section and lines are in each node's metadata."""

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        """The nodes of each document; its ``file_name``, else its id, gives the plan id. Raises ReadError."""
        parsed: list[BaseNode] = []
        for document in get_tqdm_iterable(nodes, show_progress, "Parsing plans"):
            name = Path(str(document.metadata.get("file_name") or document.node_id)).stem
            for piece in chunk(parse(read_text(name, document.get_content()))):
                node = node_of(piece)
                node.relationships[NodeRelationship.SOURCE] = document.as_related_node_info()
                parsed.append(node)
        return parsed
