"""A model that was prepared for this machine (see ``ingest.encoder``): run by onnxruntime, several times as fast as it came, without torch."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xhht_qa.embed.protocol import Vectors, rows
from xhht_qa.errors import EncoderError

RECIPE = 2  # a folder that was prepared by another recipe is prepared anew
_MOST_THREADS = 4  # that encode texts side by side

MODEL, WEIGHTS, TOKENIZER, CARD = "model.onnx", "model.weights", "tokenizer.json", "encoder.json"
INPUTS = ("input_ids", "attention_mask")


@dataclass(frozen=True)
class Card:
    """What a folder of a prepared model says of itself, in ``encoder.json``."""

    source: str  # ``name`` of the encoder it was made from
    recipe: int
    precision: str  # "int8", or "fp32" where that lost too much
    query_prefix: str
    passage_prefix: str
    most_tokens: int
    cosine: float  # the least to the source's vectors, over the texts it was checked with

    @property
    def name(self) -> str:
        """What an index built by it records."""
        return f"{self.source}+{self.precision}.{self.recipe}"

    def write(self, folder: Path) -> None:
        """Into the folder."""
        (folder / CARD).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Card | None:
        """The folder's card; None when nothing that can be used was prepared there."""
        try:
            card = cls(**json.loads((folder / CARD).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return card if card.recipe == RECIPE and all((folder / file).is_file() for file in (MODEL, TOKENIZER)) else None


class PreparedEncoder:
    """Safe to share between threads; its weights are loaded at the first use."""

    def __init__(self, folder: Path, card: Card) -> None:
        self.name = card.name
        self._folder = folder
        self._card = card
        self._loading = threading.Lock()
        self._parts: tuple[Any, Any] | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._encoded([self._card.query_prefix + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._encoded([self._card.passage_prefix + text for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Text by text: in a batch the 8-bit ranges, and so a text's vector, would depend on the texts beside it, and its padding is computed for nothing."""
        with self._loading:
            session, tokenizer = self._parts = self._parts or self._load()

        def vector(text: str) -> Vectors:
            tokens = np.array([tokenizer.encode(text).ids], dtype=np.int64)
            found: Vectors = session.run(None, {INPUTS[0]: tokens, INPUTS[1]: np.ones_like(tokens)})[0][0]
            return found

        if len(texts) < 2:
            return rows([vector(text) for text in texts])
        with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS)) as threads:
            return rows(list(threads.map(vector, texts)))

    def _load(self) -> tuple[Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a text is too short to be shared out: two threads take longer over it than one, and nearly twice the processor
        try:
            session = onnxruntime.InferenceSession(str(self._folder / MODEL), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        except Exception as error:  # the libraries raise classes of their own for a damaged file
            raise EncoderError(
                f"{self._folder}: the prepared encoder cannot be loaded ({type(error).__name__}); run python -m ingest.encoder --force"
            ) from None
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._card.most_tokens)
        return session, tokenizer
