"""For LlamaIndex users: our retrieval as a retriever and our answers as a query engine, over an open ``Engine``."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from xhht_qa.engine import Engine
from xhht_qa.types import Citation, Passage


class PlanRetriever(BaseRetriever):
    """The best sections for a question, whole, with their address in the metadata."""

    def __init__(self, engine: Engine, k: int = 5) -> None:
        super().__init__()
        self._engine = engine
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [self._node(passage) for passage in self._engine.search(query_bundle.query_str, self._k)]

    def _node(self, passage: Passage) -> NodeWithScore:
        section = self._engine.plans[passage.plan].section(passage.section)
        assert section
        metadata = {"plan": passage.plan, "section": passage.section, "label": section.label}
        return NodeWithScore(node=TextNode(id_=f"{passage.plan}#{passage.section}", text=section.text, metadata=metadata), score=passage.score)


class PlanQueryEngine(BaseQueryEngine):
    """The cited answer; ``metadata["answer"]`` is the whole Answer, the source nodes are its quotes."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._engine = engine

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._engine.ask(query_bundle.query_str)
        nodes = [NodeWithScore(node=_quote(citation), score=1.0) for citation in answer.citations]
        return Response(response=answer.answer, source_nodes=nodes, metadata={"status": answer.status, "answer": answer.to_dict()})

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _quote(citation: Citation) -> TextNode:
    metadata: dict[str, Any] = {"plan": citation.plan, "section": citation.section, "label": citation.label, "marker": citation.marker}
    return TextNode(id_=f"{citation.plan}#{citation.section}[{citation.marker}]", text=citation.quote, metadata=metadata)
