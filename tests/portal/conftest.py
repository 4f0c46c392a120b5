"""One assistant, and for the tests of a module one portal and one browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from portal import ASSISTANT, DESKTOP, PLANS, PORTAL, WAIT, Open, Portal, assistant, chromium, portal
from programs import free_port


@pytest.fixture(scope="session")
def portal_index(indexed: Callable[[str, Sequence[Path]], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in PLANS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return indexed("portal", [folder])


@pytest.fixture(scope="session")
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


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Whatever a test did, no script may have failed and nothing may have been refused by a policy."""
    errors: list[str] = []
    with windows(browser, errors, errors) as opened:
        yield opened
    assert errors == []


@pytest.fixture
def visit_in_trouble(browser: Any) -> Iterator[Open]:
    """The same where servers are down and frames are refused, of which the browser tells: no script may fail all the same."""
    errors: list[str] = []
    with windows(browser, errors, []) as opened:
        yield opened
    assert errors == []


@contextmanager
def windows(browser: Any, errors: list[str], told: list[str]) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(address: str, options: dict[str, Any] = DESKTOP) -> Any:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(WAIT)
        contexts[-1].on("weberror", lambda error: errors.append(str(error.error)))
        page = contexts[-1].new_page()
        page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: told.append(message.text) if message.type == "error" and "favicon" not in message.location["url"] else None)
        page.goto(address)
        return page

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
