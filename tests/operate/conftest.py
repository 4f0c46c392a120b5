"""The installation of this folder's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from installation import Installation, copied, install


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installation") / "pattern")


@pytest.fixture
def installation(pattern: Installation, tmp_path: Path) -> Installation:
    """One's own, to be broken."""
    return copied(pattern, tmp_path / "here")
