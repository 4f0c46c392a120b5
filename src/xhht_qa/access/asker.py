"""Who asks, and the engine over the plans that they may see. Every door takes both from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa.access.rules import LiveRules
from xhht_qa.access.visitors import asker as visitor
from xhht_qa.access.visitors import known_asker
from xhht_qa.engine import Engine
from xhht_qa.errors import SettingsError
from xhht_qa.live import LiveEngine, PartEngine
from xhht_qa.settings import Settings

Role = Literal["reader", "editor", "admin"]


@dataclass(frozen=True)
class Asker:
    """One who asks; conversations are kept by ``id``, which is "" for one who could not be found again."""

    id: str
    name: str = ""
    roles: frozenset[Role] = frozenset({"reader"})
    groups: frozenset[str] = frozenset()


class Access:
    """Puts who asks and the engine over the plans that they may see before every request; stands around the whole app."""

    def __init__(self, app: ASGIApp, engine: Engine, settings: Settings) -> None:
        """Raises SettingsError for an access file that cannot be used."""
        self._app = app
        self._engine = engine
        self._rules = LiveRules(settings.access_file) if settings.access_file else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            scope.setdefault("state", {})["engine"] = self._engine_of(frozenset())
        await self._app(scope, receive, send)

    def _engine_of(self, groups: frozenset[str]) -> Engine:
        if self._rules is None:
            return self._engine
        if not isinstance(self._engine, LiveEngine):
            raise SettingsError("XHHT_ACCESS_FILE: only the server's own engine can be divided")
        return PartEngine(self._engine, partial(self._rules.may_see, groups))


def asker(request: Request) -> Asker:
    """Who sent this request; one who brings nothing by which to be known again is given it with the answer."""
    return Asker(visitor(request))


def known(request: Request) -> Asker:
    """The same; ``id`` is "" for one who brings nothing, as in a frame on another site."""
    return Asker(known_asker(request))


def engine_for(request: Request) -> Engine:
    """The engine over the plans that the sender may see."""
    return cast(Engine, request.state.engine)
