"""The server of a model that does as a test's script says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evals.llm.server import Adversary, adversary


@pytest.fixture(scope="module")
def server() -> Iterator[Adversary]:
    with adversary() as running:
        yield running
