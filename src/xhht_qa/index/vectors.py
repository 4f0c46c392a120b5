"""The seam to a vector store: it takes every chunk of a build with its vector once, and finds the chunks nearest to a vector.

Everything else about vectors (those of some plans, those of a chunk) is read from ``vectors.npy`` beside it; by it the nearest are also found
while a store does not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import SettingsError
from xhht_qa.index.chroma import ChromaFolders, ChromaServer
from xhht_qa.settings import Settings
from xhht_qa.types import Chunk


class VectorStore(Protocol):
    """The vectors of one published build; safe to share between threads. Nothing is opened before its first use.

    What is gone or damaged raises IndexMismatch, a server that does not answer VectorsUnavailable.
    """

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[np.uint64, float]]:
        """(``key_of`` the id of a chunk, cosine) of the ``count`` nearest chunks, best first."""
        ...

    def count(self) -> int:
        """How many chunks it holds."""
        ...

    def for_llama_index(self) -> Any:
        """The LlamaIndex vector store over the same vectors."""
        ...

    def close(self) -> None:
        """Let go of files, memory and connections."""
        ...


class VectorStores(Protocol):
    """Where the vectors of builds are kept; safe to share between threads. Every method may raise VectorsUnavailable."""

    @property
    def failures(self) -> int:
        """Times that a question was answered without it."""
        ...

    def ready(self) -> None:
        """Come back if a build could be written now."""
        ...

    def write(self, build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Keep what a build that is not published yet holds. Raises IndexMismatch when some were lost."""
        ...

    def open(self, build: Path) -> VectorStore:
        """The store of a published build; never raises."""
        ...

    def holds(self, build: Path) -> bool:
        """Whether the vectors of a published build are here."""
        ...

    def remove(self, build: Path) -> None:
        """Let go of a build that nobody holds, be it whole or half written."""
        ...


FOLDERS = ChromaFolders()


def stores_of(settings: Settings) -> VectorStores:
    """Where the settings have vectors kept. Raises SettingsError."""
    if settings.vector_stores:
        return _made_by(settings.vector_stores)
    return ChromaServer(settings.chroma_url) if settings.chroma_url else FOLDERS


def _made_by(name: str) -> VectorStores:
    """What a function of a module that the site has written gives; ``name`` is "module:function"."""
    module, _, function = name.partition(":")
    try:
        stores: VectorStores = getattr(import_module(module), function)()
    except Exception as error:  # the module is not ours, and neither is what it fails with
        raise SettingsError(f"XHHT_VECTOR_STORES: {name} cannot be used ({error}); put the module beside app.py or on PYTHONPATH, and correct it") from None
    return stores
