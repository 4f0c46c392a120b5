"""The one way in which a question of any door is asked: it is counted, waits for a slot, is answered by the asker's engine, and is told of."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar, cast

import anyio
import anyio.to_thread

from xhht_qa import messages
from xhht_qa.access import Asker
from xhht_qa.archive import Archive
from xhht_qa.door.queue import Place, Queue
from xhht_qa.door.rates import Rates
from xhht_qa.engine import Engine, Step, Told, untold
from xhht_qa.errors import TooBusy, TooMany
from xhht_qa.settings import Settings
from xhht_qa.store import Exchange
from xhht_qa.types import Answer, Passage, Query, Sentence, Status, Turn

_LONGEST_ID = 255  # characters, as a file's name
_LATER_SECONDS = 30  # after which one who has waited in vain may come back

Outcome = Status | Literal["too_many", "too_busy", "gave_up", "broke"]  # of a question that was answered, or of one that was not
Found = tuple[Query, list[Passage]]  # what a search gives
Result = TypeVar("Result", bound=Answer | Exchange | Found)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A question is not being answered yet; ``position`` 1 is the next one to be."""

    position: int

    @property
    def said(self) -> str:
        """The sentence for the one who waits."""
        return messages.waiting(self.position)


@dataclass
class Asked:
    """What is told of a question when it is over; whoever is told keeps nothing of it but what the settings allow."""

    asker: Asker
    door: str  # "chat", "api", "search", "stream", "v1", "mcp"
    address: str  # the asker's, "" where it is not known
    question: str
    scope: Sequence[str]
    kept: bool  # in a conversation
    when: datetime = field(default_factory=lambda: datetime.now(UTC))
    outcome: Outcome = "broke"
    answer: Answer | None = None
    waited_ms: float = 0.0  # for a slot
    took_ms: float = 0.0  # from its slot to its answer


Observer = Callable[[Asked], None]


class Asking(Generic[Result]):
    """A question on its way, begun when it is iterated over or awaited, once.

    In a thread ``for step in asking`` and in an event loop ``async for step in asking``, which holds no thread while it waits, give the position
    in the queue whenever it changes, and the result at the end; ``await asking`` gives the result alone. Both raise TooMany and TooBusy. An event loop
    is given the sentences of a language model too, as they pass.
    Whoever lets go of it before the end gives the place up.
    """

    def __init__(self, service: Service, asked: Asked, work: Callable[[Told], Result]) -> None:
        self._service = service
        self._asked = asked
        self._work = work

    def __iter__(self) -> Iterator[Waiting | Result]:
        moved = threading.Event()
        with self._service.place(self._asked, moved.set) as place:
            until = time.monotonic() + self._service.patience
            told = 0
            while position := place.position:
                if position != told:
                    yield Waiting(told := position)
                if not moved.wait(until - time.monotonic()):
                    raise _in_vain()
                moved.clear()
            result = self._run(untold)
        yield result

    async def __aiter__(self) -> AsyncIterator[Waiting | Sentence | Result]:
        loop, moved = asyncio.get_running_loop(), asyncio.Event()
        with self._service.place(self._asked, lambda: loop.call_soon_threadsafe(moved.set)) as place:
            until = time.monotonic() + self._service.patience
            told = 0
            while position := place.position:
                if position != told:
                    yield Waiting(told := position)
                try:
                    await asyncio.wait_for(moved.wait(), until - time.monotonic())
                except TimeoutError:
                    raise _in_vain() from None
                moved.clear()
            heard: asyncio.Queue[Sentence | None] = asyncio.Queue()

            def hears(step: Step | Sentence) -> None:
                if isinstance(step, Sentence):
                    loop.call_soon_threadsafe(heard.put_nowait, step)

            running = asyncio.ensure_future(anyio.to_thread.run_sync(self._run, hears, limiter=self._service.threads))
            running.add_done_callback(lambda _: heard.put_nowait(None))
            try:
                while (sentence := await heard.get()) is not None:
                    yield sentence
                result = await running
            finally:  # the place is another's when the thread is free, and not before
                with anyio.CancelScope(shield=True):
                    await asyncio.wait([running])
        yield result

    def __await__(self) -> Generator[Any, Any, Result]:
        return self._last().__await__()

    async def _last(self) -> Result:
        return [step async for step in self if not isinstance(step, Waiting | Sentence)][-1]

    def _run(self, told: Told) -> Result:
        started = time.perf_counter()
        try:
            result = self._work(told)
            if isinstance(result, tuple):
                self._asked.outcome = "answered"
                return result
            self._asked.answer = answer = result.answer if isinstance(result, Exchange) else result
            self._asked.outcome = answer.status if answer else "failed"
            published = answer and answer.published()  # the record alone may know all of it
            return cast(Result, replace(result, answer=published) if isinstance(result, Exchange) else published)
        finally:
            self._asked.took_ms = (time.perf_counter() - started) * 1000


class Service:
    """Asks for every door; safe to share between threads and event loops.

    ``door`` and ``address`` say where a question came in, for the limits and for the record.
    """

    def __init__(self, settings: Settings, archive: Archive | None = None, observers: Sequence[Observer] = ()) -> None:
        """``observers`` are told of every question that is over."""
        self.queue = Queue(settings.questions_at_once, settings.questions_waiting)
        self.patience = settings.question_wait_seconds
        self.threads = anyio.CapacityLimiter(settings.questions_at_once)  # those who are answered take no thread from those who read
        self._archive = archive
        self._observers = list(observers)
        self._rates = Rates(settings)

    def observe(self, observer: Observer) -> None:
        """Tell ``observer`` too; it is called in the thread that asked and may not block, and what it raises is logged."""
        self._observers.append(observer)

    def ask(
        self, asker: Asker, engine: Engine, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), door: str = "api", address: str = ""
    ) -> Answer:
        """The cited answer of the asker's engine, for threads; nothing of it is kept. Raises TooMany and TooBusy."""
        return _last(self.asking(asker, engine, question, history, scope, door, address))

    def ask_kept(
        self, asker: Asker, engine: Engine, conversation: str, question: str, scope: Sequence[str] = (), door: str = "api", address: str = ""
    ) -> Exchange:
        """The question and its answer, for threads, both kept in a conversation of the asker's. Raises TooMany, TooBusy and ConversationError."""
        return _last(self.asking_kept(asker, engine, conversation, question, scope, door, address))

    def asking(
        self,
        asker: Asker,
        engine: Engine,
        question: str,
        history: Sequence[Turn] = (),
        scope: Sequence[str] = (),
        door: str = "api",
        address: str = "",
        told: Told = untold,
    ) -> Asking[Answer]:
        """``ask`` step by step, and for event loops; ``told`` hears in another thread of each step of the answer."""
        scope = _possible(scope)
        return Asking(self, Asked(asker, door, address, question, scope, False), lambda hears: engine.ask(question, history, scope, _both(told, hears)))

    def searching(
        self, asker: Asker, engine: Engine, question: str, k: int, history: Sequence[Turn] = (), scope: Sequence[str] = (), door: str = "api", address: str = ""
    ) -> Asking[Found]:
        """What was understood and the ``k`` best sections; it costs nearly what an answer does. Raises QuestionError and UnknownPlan too."""
        scope = _possible(scope)
        return Asking(self, Asked(asker, door, address, question, scope, False), lambda _: engine.explain(question, k, history, scope))

    def asking_kept(
        self, asker: Asker, engine: Engine, conversation: str, question: str, scope: Sequence[str] = (), door: str = "api", address: str = ""
    ) -> Asking[Exchange]:
        """``ask_kept`` step by step, and for event loops."""
        archive, scope = self._archive, _possible(scope)
        assert archive is not None, "a service that keeps conversations is given their archive"
        return Asking(
            self, Asked(asker, door, address, question, scope, True), lambda hears: archive.ask(engine, asker.id, conversation, question, scope, hears)
        )

    @contextmanager
    def place(self, asked: Asked, moved: Callable[[], object]) -> Iterator[Place]:
        """A place in the queue, given up at the end; whatever the end is, the observers are told. Raises TooMany and TooBusy."""
        started = time.perf_counter()
        try:
            self._rates.count(asked.asker, asked.address)
            place = self.queue.enter(asked.asker.id or asked.address, moved)
            try:
                yield place
            finally:
                self.queue.leave(place)
        except TooMany:
            asked.outcome = "too_many"
            raise
        except TooBusy:
            asked.outcome = "too_busy"
            raise
        except (GeneratorExit, asyncio.CancelledError):
            asked.outcome = asked.answer.status if asked.answer else "gave_up"
            raise
        finally:
            asked.waited_ms = (time.perf_counter() - started) * 1000 - asked.took_ms
            self._tell(asked)

    def _tell(self, asked: Asked) -> None:
        for observer in self._observers:
            try:
                observer(asked)
            except Exception:  # an answer does not depend on who hears of it
                logger.exception("an observer of questions failed")


def _both(one: Told, other: Told) -> Told:
    """Tells two."""

    def told(step: Step | Sentence) -> None:
        one(step)
        other(step)

    return told


def _possible(scope: Sequence[str]) -> tuple[str, ...]:
    """The scope as it is worked with and recorded: what is cut off of an id was none, and one that is cut off names no plan still."""
    return tuple(plan[:_LONGEST_ID] for plan in scope)


def _in_vain() -> TooBusy:
    return TooBusy(messages.too_busy(_LATER_SECONDS), _LATER_SECONDS)


def _last(asking: Asking[Result]) -> Result:
    return [step for step in asking if not isinstance(step, Waiting)][-1]
