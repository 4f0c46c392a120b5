"""The baseline: what anyone gets in ten lines of LlamaIndex, with the same encoder and the same store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xhht_qa.embed import Encoder
from xhht_qa.types import Plan

CHUNK_TOKENS = 1024  # LlamaIndex's default
NEAREST = 10  # as many as are asked of our own retrieval


class StockRecipe:
    """SentenceSplitter, Chroma, the nearest chunks; no sections, no words, no scope."""

    def __init__(self, plans: Path, folder: Path, encoder: Encoder) -> None:
        from ingest.sandbox import parse_all

        parsed = (plan for _, plan in parse_all([plans]) if isinstance(plan, Plan))
        self._texts = ["\n".join(section.text for section in plan.sections) for plan in parsed]
        self._folder = folder
        self._encoder = encoder
        self._retriever: Any = None

    @property
    def plans(self) -> int:
        """How many plans could be read."""
        return len(self._texts)

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
            [StoredDocument(text=text) for text in self._texts],
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[SentenceSplitter(chunk_size=CHUNK_TOKENS)],
            embed_model=Embedding(),
        )
        self._retriever = index.as_retriever(similarity_top_k=NEAREST)

    def retrieve(self, question: str) -> object:
        """The nearest chunks of a question."""
        return self._retriever.retrieve(question)
