"""Qdrant giữ vectơ thay Chroma: chép tệp này cạnh app.py, đặt XHHT_VECTOR_STORES=kho_qdrant:stores, rồi chạy lại python -m ingest."""

import os

from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient

from xhht_qa.index import LlamaIndexStores


def stores() -> LlamaIndexStores:
    """Mỗi bản chỉ mục là một bộ sưu tập; một địa chỉ http; một thư mục trên máy này chỉ để thử, vì mỗi lúc chỉ một tiến trình mở được."""
    address = os.environ.get("QDRANT", "http://127.0.0.1:6333")
    client = QdrantClient(address, check_compatibility=False) if "://" in address else QdrantClient(path=address)
    return LlamaIndexStores(
        store_of=lambda name: QdrantVectorStore(name, client=client, index_doc_id=False),
        count=lambda name: client.count(name).count if client.collection_exists(name) else 0,
    )
