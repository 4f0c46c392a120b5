"""Who asks, and the engine over the plans that they may see. Every door takes both from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, cast

from fastapi import HTTPException, Request

from xhht_qa import messages
from xhht_qa.access.visitors import asker as visitor
from xhht_qa.access.visitors import known_asker
from xhht_qa.engine import Engine

Role = Literal["reader", "editor", "admin"]

READER: frozenset[Role] = frozenset({"reader"})
EDITOR: frozenset[Role] = frozenset({"reader", "editor"})
ADMIN: frozenset[Role] = frozenset({"reader", "editor", "admin"})


@dataclass(frozen=True)
class Asker:
    """One who asks; conversations are kept by ``id``, which is "" for one who could not be found again."""

    id: str
    name: str = ""
    roles: frozenset[Role] = READER
    groups: frozenset[str] = frozenset()

    @property
    def sees_all(self) -> bool:
        """Whether no plan is hidden: who may replace any plan has to know which there are."""
        return "editor" in self.roles


def asker(request: Request) -> Asker:
    """Who sent this request; one who brings nothing by which to be known again is given it with the answer."""
    found = cast(Asker, request.state.asker)
    return found if found.id else replace(found, id=visitor(request))


def known(request: Request) -> Asker:
    """The same; ``id`` is "" for one who brings nothing, as in a frame on another site."""
    found = cast(Asker, request.state.asker)
    return found if found.id else replace(found, id=known_asker(request))


def name_of(request: Request) -> str:
    """By which the pages greet who has signed in; "" for a visitor."""
    found = getattr(request.state, "asker", None)  # not there where a request is refused on its way in
    return found.name if isinstance(found, Asker) else ""


def engine_for(request: Request) -> Engine:
    """The engine over the plans that the sender may see."""
    return cast(Engine, request.state.engine)


def admitted(request: Request) -> bool:
    """Whether the sender may ask; some addresses are for everyone."""
    return hasattr(request.state, "engine")


def require(role: Role) -> Callable[[Request], Asker]:
    """A dependency of FastAPI: who asks, if they have the role; else HTTPException 403 with a sentence for the page."""

    def required(request: Request) -> Asker:
        found = asker(request)
        if role not in found.roles:
            raise HTTPException(403, messages.NOT_MANAGER)
        return found

    return required
