"""Whether the server lives, whether it can answer, and which one it is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import Literal

from fastapi import APIRouter, Response

from xhht_qa.archive import Archive
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError

_PROBE = "kế hoạch"
_PROBE_SECONDS = 2.0  # one probe serves all who ask within so long; it costs as much as a question


@dataclass(frozen=True)
class Health:
    """The process answers."""

    status: Literal["ok"] = "ok"


@dataclass(frozen=True)
class Readiness:
    """What an answer needs: an open index, a loaded encoder, a reachable database of conversations."""

    status: Literal["ready", "not_ready"]
    index: bool
    encoder: bool
    store: bool


@dataclass(frozen=True)
class Version:
    """Of the program, and of what embeds its questions."""

    version: str
    encoder: str


def state(engine: Engine, archive: Archive | None) -> APIRouter:
    """The routes of those who watch over the server; they tell nothing of any plan."""
    router = APIRouter(tags=["state"])
    lock = threading.Lock()
    seen, until = Readiness("not_ready", False, False, False), 0.0

    @router.get("/health")
    def health() -> Health:
        """The process answers."""
        return Health()

    @router.get("/readiness", responses={503: {"model": Readiness}})
    def readiness(response: Response) -> Readiness:
        """Whether a question asked now could be answered: a probe is searched for and the database is asked."""
        nonlocal seen, until
        with lock:
            if time.monotonic() >= until:
                seen, until = _probed(engine, archive), time.monotonic() + _PROBE_SECONDS
        response.status_code = 200 if seen.status == "ready" else 503
        return seen

    @router.get("/version")
    def version() -> Version:
        """Which program answers."""
        return Version(installed("xhht-qa"), engine.index.manifest.encoder)

    return router


def _probed(engine: Engine, archive: Archive | None) -> Readiness:
    index = bool(engine.index.build)
    try:
        encoder = bool(engine.explain(_PROBE, k=1))
    except Exception:  # whatever it is, a question would meet it too
        encoder = False
    try:
        store = archive is None or archive.store.find("", limit=1) is not None
    except XhhtError:
        store = False
    return Readiness("ready" if index and encoder and store else "not_ready", index, encoder, store)
