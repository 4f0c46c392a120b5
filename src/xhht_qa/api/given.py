"""What a route is given of its request: who sent it, and the engine over the plans that they may see.

Coroutines, though nothing in them waits: for a plain function FastAPI takes a thread, which costs a busy server more than the function does.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from xhht_qa.access import Asker, asker, engine_for
from xhht_qa.engine import Engine

NO_STORE = {"Cache-Control": "no-store"}  # what people ask is kept by no proxy and no browser


async def _user(request: Request) -> Asker:
    return asker(request)


async def _seen(request: Request) -> Engine:
    return engine_for(request)


async def unstored(response: Response) -> None:
    """For whatever does not make its own response."""
    response.headers.update(NO_STORE)


User = Annotated[Asker, Depends(_user)]
Seen = Annotated[Engine, Depends(_seen)]
