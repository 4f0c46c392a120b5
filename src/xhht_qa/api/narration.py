"""An answer on its way, told step by step to one who may go away at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from fastapi import Request

from xhht_qa.access import Asker
from xhht_qa.engine import Engine, Step
from xhht_qa.service import Service, Waiting
from xhht_qa.types import Answer, Sentence, Turn

Told = Step | Sentence | Waiting | Answer | None

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would keep the events until the end
_HEARTBEAT_SECONDS = 10.0  # proxies close what is silent for a minute


async def narrated(
    request: Request, asker: Asker, engine: Engine, question: str, history: Sequence[Turn], scope: Sequence[str], door: str
) -> AsyncIterator[Told]:
    """Places in the queue, steps, sentences of a language model, and the answer at the end; None where nothing has happened for long. Raises what ``Service.asking`` raises.

    A question refused at once is refused here and not in the iteration, when the status of the response is already sent. Who stops to iterate
    gives up the place in the queue.
    """
    steps = _steps(request.app.state.service, asker, engine, question, history, scope, door, address_of(request))
    first = await anext(steps)

    async def whole() -> AsyncIterator[Told]:
        async with aclosing(steps):
            yield first
            async for step in steps:
                yield step

    return whole()


def address_of(request: Request) -> str:
    """Where a request comes from, for the limits of those whom nobody knows."""
    return request.client.host if request.client else ""


async def _steps(
    service: Service, asker: Asker, engine: Engine, question: str, history: Sequence[Turn], scope: Sequence[str], door: str, address: str
) -> AsyncGenerator[Told]:
    loop = asyncio.get_running_loop()
    heard: asyncio.Queue[Step | Sentence | Waiting | Answer | Exception] = asyncio.Queue()

    def told(step: Step | Sentence) -> None:
        if not isinstance(step, Sentence):  # those come with the places in the queue
            loop.call_soon_threadsafe(heard.put_nowait, step)

    async def ask() -> None:
        try:
            async for step in service.asking(asker, engine, question, history, scope, door, address, told):
                heard.put_nowait(step)
        except Exception as error:
            heard.put_nowait(error)

    asked = asyncio.create_task(ask())
    try:
        while True:
            try:
                step = await asyncio.wait_for(heard.get(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                yield None
                continue
            if isinstance(step, Exception):
                raise step
            yield step
            if isinstance(step, Answer):
                return
    finally:
        asked.cancel()
