"""Fixtures of every test: the real plans, an index of the sample plans, an encoder that can be computed by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from prerequisites import ROOT, shared_path
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.embed import load_encoder
from xhht_qa.index import writing
from xhht_qa.settings import load_settings


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared with the real plans, their truth and their formats."""
    return shared_path()


@pytest.fixture
def toy_encoder() -> ToyEncoder:
    return ToyEncoder()


@pytest.fixture(scope="session")
def indexed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Sequence[Path]], Path]:
    """Gives the folder of an index of plans by the encoder that the product would use.

    Embedding takes most of a minute, so each index is kept by its name in pytest's cache, brought up to date and copied.
    """

    def index(name: str, plans: Sequence[Path]) -> Path:
        kept = request.config.cache.mkdir(f"{name}-index")
        build(plans, kept, load_encoder(load_settings()), only=True)
        with writing(kept):  # another run of the tests must not replace what is being copied
            return Path(shutil.copytree(kept, tmp_path_factory.mktemp(name) / "index"))

    return index


@pytest.fixture(scope="session")
def sample_index(indexed: Callable[[str, Sequence[Path]], Path]) -> Path:
    """The folder of an index of ``ingest/plans``."""
    return indexed("sample", [ROOT / "ingest" / "plans"])
