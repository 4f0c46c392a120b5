"""The baseline: what anyone gets in ten lines of LlamaIndex, with the same encoder and the same store."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from evals.gold import Question
from evals.score import related
from xhht_qa.embed import Encoder
from xhht_qa.types import Plan

CHUNK_TOKENS = 1024  # LlamaIndex's default
NEAREST = 10  # as many as are asked of our own retrieval
NAME = "stock LlamaIndex recipe"


class StockRecipe:
    """SentenceSplitter, Chroma, the nearest chunks; no sections, no words, no scope."""

    def __init__(self, plans: Iterable[Plan], folder: Path, encoder: Encoder) -> None:
        self._plans = {plan.id: plan for plan in plans}
        self._folder = folder
        self._encoder = encoder
        self._retriever: Any = None

    def build(self) -> None:
        """Split, embed and store every plan."""
        import chromadb
        from chromadb.config import Settings
        from llama_index.core import Document as StoredDocument
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.embeddings import BaseEmbedding
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        encoder = self._encoder

        class Embedding(BaseEmbedding):
            def _get_query_embedding(self, query: str) -> list[float]:
                return [float(value) for value in encoder.encode_queries([query])[0]]

            def _get_text_embedding(self, text: str) -> list[float]:
                return [float(value) for value in encoder.encode_passages([text])[0]]

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        client = chromadb.PersistentClient(str(self._folder), settings=Settings(anonymized_telemetry=False))
        store = ChromaVectorStore(chroma_collection=client.create_collection("stock", embedding_function=None))
        index = VectorStoreIndex.from_documents(
            [StoredDocument(text="\n".join(section.text for section in plan.sections), id_=plan.id) for plan in self._plans.values()],
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[SentenceSplitter(chunk_size=CHUNK_TOKENS)],
            embed_model=Embedding(),
        )
        self._retriever = index.as_retriever(similarity_top_k=NEAREST)

    def retrieve(self, question: str) -> Sequence[Any]:
        """The nearest chunks of a question, LlamaIndex's nodes with their scores."""
        nodes: Sequence[Any] = self._retriever.retrieve(question)
        return nodes

    def answer(self, question: Question) -> dict[str, Any]:
        """The nearest chunk as an Answer's JSON, taken to cite every section that it reaches into.

        "results" are its chunks, each by a gold section if it reaches into one: a chunk that holds it has found it.
        """
        started = time.perf_counter()
        nodes = self.retrieve("\n".join([*(turn.content for turn in question.history if turn.role == "user"), question.question]))
        reached = [[(found.node.ref_doc_id, section, quote) for section, quote in self._sections(found.node)] for found in nodes]
        places = [[(plan, section) for plan, section, _ in chunk] for chunk in reached]
        ranked = [next((place for place in chunk if any(related(place, gold) for gold in question.sections)), chunk[0]) for chunk in places]
        return {
            "id": question.id,
            "status": "answered" if nodes else "not_found",
            "answer": nodes[0].node.get_content() if nodes else "",
            "citations": [{"plan": plan, "section": section, "quote": quote} for chunk in reached[:1] for plan, section, quote in chunk],
            "results": [{"plan": plan, "section": section} for plan, section in ranked],
            "confidence": nodes[0].score or 0.0 if nodes else 0.0,
            "timings_ms": {"total": 1000 * (time.perf_counter() - started)},
        }

    def _sections(self, node: Any) -> Iterator[tuple[str, str]]:
        """The addresses of the sections that a chunk reaches into, each with the part that it holds."""
        sections = self._plans[node.ref_doc_id].sections
        starts = itertools.accumulate((len(section.text) + 1 for section in sections), initial=0)
        for section, start in zip(sections, starts, strict=False):
            quote = section.text[max(node.start_char_idx - start, 0) : max(node.end_char_idx - start, 0)]
            if quote.strip():
                yield section.address, quote


def stock_answers(plans: Iterable[Plan], encoder: Encoder, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """What the recipe, built over the plans for the purpose, answers to each question."""
    with tempfile.TemporaryDirectory() as folder:
        recipe = StockRecipe(plans, Path(folder), encoder)
        recipe.build()
        for question in tqdm(questions, desc=NAME, unit="", disable=None):
            yield recipe.answer(question)
