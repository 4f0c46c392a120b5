"""The desk of this folder's tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path_factory.mktemp("desk"), stack)


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """For a test that publishes or looks at what is kept."""
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


@pytest.fixture
def visitor(desk: Desk) -> httpx.Client:
    return desk.visitor()
