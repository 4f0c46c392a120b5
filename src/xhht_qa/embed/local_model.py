"""Any sentence-transformers model in a local folder."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xhht_qa.embed.protocol import Vectors, rows
from xhht_qa.errors import EncoderError


class SentenceTransformerEncoder:
    """A model in a local folder or the local hub cache; nothing is downloaded, and its weights are loaded at the first use.

    A model that declares its own prompts is asked through them; an E5 model without any gets E5's prefixes.
    """

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers/{Path(model).name}{_fingerprint(Path(model))}"
        self._path = model
        self._model: Any = None
        self._loading = threading.Lock()

    @property
    def model(self) -> Any:
        """The sentence-transformers model. Raises EncoderError."""
        with self._loading:
            return self._loaded()

    @property
    def prefixes(self) -> tuple[str, str]:
        """What is put before a question and before a passage, be it the model's own prompts or E5's for an E5 model without any."""
        prompts = self.model.prompts
        if self._is_bare_e5:
            return "query: ", "passage: "
        return prompts.get("query") or "", next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), "")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return rows(self.model.encode_query(self._prefixed("query: ", texts), normalize_embeddings=True, show_progress_bar=False))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return rows(self.model.encode_document(self._prefixed("passage: ", texts), normalize_embeddings=True, show_progress_bar=False))

    @property
    def _is_bare_e5(self) -> bool:
        return "e5" in self.name.lower() and not any(self.model.prompts.values())

    def _prefixed(self, prefix: str, texts: Sequence[str]) -> list[str]:
        return [prefix + text for text in texts] if self._is_bare_e5 else list(texts)

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
