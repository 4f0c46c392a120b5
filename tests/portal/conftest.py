"""One assistant, one portal and one browser for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from portal import ASSISTANT, PORTAL, Portal, assistant, chromium, free_port, indexed, portal


@pytest.fixture(scope="session")
def portal_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("portal"))


@pytest.fixture(scope="module")
def home(portal_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an assistant that portals of .test may frame."""
    port = free_port()
    with assistant(portal_index, tmp_path_factory.mktemp("data"), port, {"XHHT_FRAME_ANCESTORS": f"'self' http://{PORTAL}:*"}):
        yield f"http://{ASSISTANT}:{port}"


@pytest.fixture(scope="module")
def site(home: str) -> Iterator[Portal]:
    with portal(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened
