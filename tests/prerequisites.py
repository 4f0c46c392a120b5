"""What a test needs and this machine may lack: skipped at a desk, a failure where everything has to be there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where ``XHHT_REQUIRE_ALL`` is set."""
    if os.environ.get("XHHT_REQUIRE_ALL"):
        pytest.fail(f"{what}, and XHHT_REQUIRE_ALL is set")
    pytest.skip(what)


def shared_path(*parts: str) -> Path:
    """A file or folder of ../shared."""
    path = SHARED.joinpath(*parts)
    return path if path.exists() else missing(f"{path} is not on this machine")
