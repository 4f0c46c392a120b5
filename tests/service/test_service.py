"""Every question goes one way: counted, in a fair queue, answered by the asker's engine, told of."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from xhht_qa.access import Asker
from xhht_qa.door.queue import Place, Queue
from xhht_qa.errors import TooBusy, TooMany
from xhht_qa.service import Asked, Service, Waiting
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Turn

AN, BINH = Asker("user:an"), Asker("user:binh")


class Gate:
    """An engine that answers nobody before it is opened."""

    def __init__(self, *, opened: bool = False) -> None:
        self.opened = threading.Event()
        self.answered: list[str] = []
        if opened:
            self.opened.set()

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Any = None) -> Answer:
        assert self.opened.wait(30)
        if question == "hỏng":
            raise RuntimeError("broken")
        self.answered.append(question)
        return Answer("id", question, question, "answered", "…")


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


def until(condition: Any) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("arrivals", "served", "why"),
    [
        ("abc", "abc", "one question each: who comes first"),
        ("aaab", "abaa", "one who asks much waits behind one who asks once"),
        ("aabbab", "abababa"[:6], "by turns"),
        ("abac", "abca", "the second question of one is behind the first of all"),
    ],
)
def test_the_queue_is_fair(arrivals: str, served: str, why: str) -> None:
    queue = Queue(1, 10)
    places = [queue.enter(who, lambda: None) for who in arrivals]
    order = []
    waiting = list(places)
    while waiting:
        place = next(place for place in waiting if place.position == 0)
        assert sorted(other.position for other in waiting) == list(range(len(waiting))), "positions have no gaps"
        order.append(place.who)
        waiting.remove(place)
        queue.leave(place)
    assert "".join(order) == served, why
    assert queue.load == (0, 0)


def test_who_leaves_the_queue_moves_the_others_up() -> None:
    queue, moved = Queue(1, 10), []
    places: list[Place] = [queue.enter(who, lambda who=who: moved.append(who)) for who in "abcd"]  # type: ignore[misc]
    moved.clear()
    queue.leave(places[2])
    assert ([place.position for place in places[:2]], places[3].position, moved) == ([0, 1], 2, ["d"])


def test_one_asker_leaves_room_for_others() -> None:
    queue = Queue(1, 4)
    for _ in range(3):
        queue.enter("a", lambda: None)
    with pytest.raises(TooBusy):
        queue.enter("a", lambda: None)
    queue.enter("b", lambda: None)


def test_who_waits_in_a_thread_is_told_the_position() -> None:
    gate, service = Gate(), Service(settings(questions_at_once=1))
    told: dict[str, list[Any]] = {"một": [], "hai": [], "ba": []}

    def ask(question: str) -> None:
        for step in service.asking(Asker(question), gate, question):  # type: ignore[arg-type]
            told[question].append(step)

    with ThreadPoolExecutor() as pool:
        for number, question in enumerate(told):
            pool.submit(ask, question)
            until(lambda number=number: sum(service.queue.load) == number + 1)
        until(lambda: told["ba"] == [Waiting(2)] and told["hai"] == [Waiting(1)])
        gate.opened.set()
    assert [step.question for steps in told.values() for step in steps if isinstance(step, Answer)] == ["một", "hai", "ba"]
    assert told["ba"][:-1] in ([Waiting(2), Waiting(1)], [Waiting(2)])
    assert Waiting(2).said == "Đang có nhiều người cùng hỏi; Anh/Chị đang ở vị trí thứ 2 trong hàng chờ…"


def test_who_waits_in_an_event_loop_holds_no_thread() -> None:
    gate, service = Gate(), Service(settings(questions_at_once=2, questions_waiting=100))

    async def many() -> list[Answer]:
        asking = [asyncio.ensure_future(_awaited(service, Asker(str(number)), gate, str(number))) for number in range(60)]
        while service.queue.load != (2, 58):
            await asyncio.sleep(0.005)
        before = threading.active_count()
        gate.opened.set()
        answers = await asyncio.gather(*asking)
        assert before < 30, "sixty askers, two threads"
        return answers

    answers = asyncio.run(many())
    assert [answer.question for answer in answers] == [str(number) for number in range(60)]
    assert sorted(gate.answered, key=int) == [str(number) for number in range(60)], "each once"
    assert service.queue.load == (0, 0)


def test_who_goes_away_while_waiting_gives_the_place_up() -> None:
    gate, told = Gate(), []
    service = Service(settings(questions_at_once=1), observers=[lambda asked: told.append((asked.question, asked.outcome))])

    async def leave() -> None:
        first = asyncio.ensure_future(_awaited(service, AN, gate, "một"))
        while service.queue.load != (1, 0):
            await asyncio.sleep(0.005)
        second = asyncio.ensure_future(_awaited(service, BINH, gate, "hai"))
        while service.queue.load != (1, 1):
            await asyncio.sleep(0.005)
        second.cancel()
        while service.queue.load != (1, 0):
            await asyncio.sleep(0.005)
        gate.opened.set()
        await first

    asyncio.run(leave())
    assert told == [("hai", "gave_up"), ("một", "answered")]
    gate.opened.clear()
    with ThreadPoolExecutor() as pool:
        pool.submit(service.ask, AN, gate, "ba")  # type: ignore[arg-type]
        until(lambda: service.queue.load == (1, 0))
        steps = iter(service.asking(BINH, gate, "bốn"))  # type: ignore[arg-type]
        assert next(steps) == Waiting(1)
        steps.close()  # type: ignore[attr-defined]
        assert service.queue.load == (1, 0)
        gate.opened.set()
    assert told[2:] == [("bốn", "gave_up"), ("ba", "answered")]


@pytest.mark.parametrize(
    ("given", "error", "outcome", "words"),
    [
        ({"questions_at_once": 1, "questions_waiting": 0}, TooBusy, "too_busy", "quá nhiều câu hỏi đang chờ"),
        ({"questions_at_once": 1, "question_wait_seconds": 0.05}, TooBusy, "too_busy", "hỏi lại sau 30 giây"),
        ({"questions_per_minute": 1}, TooMany, "too_many", "quá nhiều câu trong một phút"),
    ],
)
def test_what_is_not_taken_in_is_told_in_a_sentence(given: dict[str, Any], error: type[Exception], outcome: str, words: str) -> None:
    gate, told = Gate(), []
    service = Service(settings(**given), observers=[lambda asked: told.append(asked.outcome)])
    with ThreadPoolExecutor() as pool:
        pool.submit(service.ask, AN, gate, "một")  # type: ignore[arg-type]
        until(lambda: service.queue.load == (1, 0))
        with pytest.raises(error, match=words) as refused:
            service.ask(AN, gate, "hai")  # type: ignore[arg-type]
        assert 1 <= refused.value.seconds <= 120  # type: ignore[attr-defined]
        assert told == [outcome]
        gate.opened.set()


@pytest.mark.parametrize(
    ("askers", "address", "taken", "why"),
    [
        ([AN] * 9, "10.0.0.1", 3, "one asker"),
        ([AN, BINH] * 4, "10.0.0.1", 6, "two who have signed in, at one address"),
        ([Asker(f"visitor:{number}") for number in range(9)], "10.0.0.1", 5, "a visitor with a new name each time has the same address"),
        ([Asker("")] * 9, "10.0.0.1", 5, "one without a name"),
        ([Asker("visitor:1")] * 9, "10.0.0.1", 3, "a visitor who keeps the name"),
        ([Asker(f"proxy:{number}") for number in range(9)], "10.0.0.1", 9, "an office of people whom a proxy names, behind one address"),
        ([Asker(f"oidc:{number}") for number in range(9)], "10.0.0.1", 9, "who have signed in with a provider"),
        ([Asker("key:00000001")] * 9, "10.0.0.1", 3, "a program with its key"),
        ([Asker("proxy:visitor:1"), Asker("proxy:visitor:2")] * 4, "10.0.0.1", 6, "people of strange names"),
    ],
)
def test_who_asks_too_often_is_refused(askers: list[Asker], address: str, taken: int, why: str) -> None:
    gate, service = Gate(opened=True), Service(settings(questions_per_minute=3, questions_per_minute_address=5))
    for asker in askers:
        try:
            service.ask(asker, gate, "?", address=address)  # type: ignore[arg-type]
        except TooMany:
            continue
    assert len(gate.answered) == taken, why
    service.ask(Asker("visitor:other"), gate, "?", address="10.0.0.2")  # type: ignore[arg-type]


def test_every_question_is_told_of_and_no_observer_disturbs() -> None:
    told: list[Asked] = []

    def defective(asked: Asked) -> None:
        raise OSError("disk full")

    service = Service(settings(), observers=[defective])
    service.observe(told.append)
    service.ask(AN, Gate(opened=True), "một", scope=["doc", "x" * 900_000], door="v1", address="10.0.0.1")  # type: ignore[arg-type]
    with pytest.raises(RuntimeError):
        service.ask(AN, Gate(opened=True), "hỏng")  # type: ignore[arg-type]
    first, second = told
    assert (first.asker, first.door, first.address, first.question, first.scope, first.kept, first.outcome) == (
        AN, "v1", "10.0.0.1", "một", ("doc", "x" * 255), False, "answered",
    )  # fmt: skip
    assert first.answer is not None
    assert 0 < first.took_ms < 1000
    assert 0 <= first.waited_ms < 1000
    assert (second.outcome, second.answer) == ("broke", None)
    assert service.queue.load == (0, 0)


async def _awaited(service: Service, asker: Asker, engine: Any, question: str) -> Answer:
    return await service.asking(asker, engine, question)
