"""Who asks, and the engine over the plans that they may see. Every door takes both from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa.access.visitors import asker as visitor
from xhht_qa.access.visitors import known_asker
from xhht_qa.engine import Engine

Role = Literal["reader", "editor", "admin"]


@dataclass(frozen=True)
class Asker:
    """One who asks; conversations are kept by ``id``, which is "" for one who could not be found again."""

    id: str
    name: str = ""
    roles: frozenset[Role] = frozenset({"reader"})
    groups: frozenset[str] = frozenset()


class Access:
    """Puts the engine before every request; stands around the whole app."""

    def __init__(self, app: ASGIApp, engine: Engine) -> None:
        self._app = app
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            scope.setdefault("state", {})["engine"] = self._engine
        await self._app(scope, receive, send)


def asker(request: Request) -> Asker:
    """Who sent this request; one who brings nothing by which to be known again is given it with the answer."""
    return Asker(visitor(request))


def known(request: Request) -> Asker:
    """The same; ``id`` is "" for one who brings nothing, as in a frame on another site."""
    return Asker(known_asker(request))


def engine_for(request: Request) -> Engine:
    """The engine over the plans that the sender may see."""
    return cast(Engine, request.state.engine)
