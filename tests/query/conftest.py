"""An understander over the sample plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from xhht_qa.index import open_index
from xhht_qa.query import Understander


@pytest.fixture(scope="session")
def understander(sample_index: Path) -> Understander:
    index = open_index(sample_index)
    return Understander(index.plans, index.lexicon(), index.printed())
