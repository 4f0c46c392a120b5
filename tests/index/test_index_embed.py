"""Encoders: shapes, unit length, E5's prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toy_encoder import ToyEncoder

from xhht_qa.embed import BundledEncoder, Encoder, SentenceTransformerEncoder, load_encoder
from xhht_qa.settings import load_settings


@pytest.mark.parametrize("encoder", [BundledEncoder(), ToyEncoder()], ids=["bundled", "toy"])
def test_an_encoder_gives_one_unit_row_a_text(encoder: Encoder) -> None:
    texts = ["Báo cáo trước ngày 15/6.", "Mở lớp.", ""]
    for vectors in (encoder.encode_queries(texts), encoder.encode_passages(texts)):
        assert vectors.shape[0] == 3
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert encoder.encode_passages(texts[:1]).shape == (1, vectors.shape[1]), "one text is one row"


def test_the_bundled_encoder_tells_questions_from_passages_and_finds_the_answer() -> None:
    encoder = BundledEncoder()
    question = encoder.encode_queries(["Hạn nộp báo cáo là ngày nào?"])
    passages = encoder.encode_passages(
        ["Các trường nộp báo cáo trước ngày 15 tháng 6.", "Thư viện xã mở cửa ba buổi tối mỗi tuần.", "Hạn nộp báo cáo là ngày nào?"]
    )
    scores = (question @ passages.T)[0]
    assert scores[0] > scores[1]
    assert scores[2] < 0.9999, "a passage has another prefix than a question"


class Model:
    """What is asked of a sentence-transformers model; it gives the length of the text that it is handed."""

    def __init__(self, prompts: dict[str, str]) -> None:
        self.prompts = prompts

    def encode_query(self, texts: Sequence[str], **options: Any) -> list[list[str]]:
        return [[len(text)] for text in texts]  # type: ignore[list-item]

    encode_document = encode_query


PREFIXES = [
    ("/models/e5-base/", {"query": "", "document": ""}, 7, 9, "an E5 model without prompts gets E5's"),
    ("/models/e5-base", {"query": "q: ", "document": "p: "}, 0, 0, "a model with prompts has its own"),
    ("/models/bge-m3", {}, 0, 0, "another model gets none"),
]


@pytest.mark.parametrize(("path", "prompts", "query", "passage", "why"), PREFIXES)
def test_prefixes(path: str, prompts: dict[str, str], query: int, passage: int, why: str) -> None:
    encoder = SentenceTransformerEncoder(path)
    encoder._model = Model(prompts)
    assert encoder.encode_queries(["abc"]).tolist() == [[3 + query]], why
    assert encoder.encode_passages(["abc"]).tolist() == [[3 + passage]], why


def test_the_setting_names_the_encoder(tmp_path: Path) -> None:
    assert load_encoder(load_settings(encoder_dir=tmp_path)).name == BundledEncoder.name
    assert load_encoder(load_settings(embed_model="/models/bge-m3/")).name == "sentence-transformers/bge-m3"
