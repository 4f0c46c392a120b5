"""A model over real HTTP, in every kind of trouble: each ends within its time, with its reason."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from llama_index.core.base.llms.types import ChatMessage, ChatResponse

from evals.llm.server import Adversary
from xhht_qa.breaker import Breaker
from xhht_qa.errors import ModelFailure
from xhht_qa.generate import prompt
from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.llm import Model, load_model
from xhht_qa.llm.pace import in_time
from xhht_qa.settings import Settings
from xhht_qa.types import Source

SAID = "Hạt Kiểm lâm huyện Đồi Sim tuần tra ít nhất 03 lần mỗi tháng."
ASKED = prompt.user("Ai tuần tra?", [Excerpt(1, SAID, (), (Source("p", "I", "", SAID),), "mục I", "", ())])
_SLACK = 4.0  # seconds; other tests run beside this one


def model(base_url: str, name: str, **more: object) -> Model:
    given = {"llm_timeout": 2.0, "llm_first_timeout": 1.0, "llm_rest": 60.0} | more
    found = load_model(Settings(llm_base_url=base_url, llm_model=name, **given))  # type: ignore[arg-type]
    assert found
    return found


def heard(asked: Model) -> str:
    return "".join(asked.stream(prompt.system(), ASKED, 200))


@pytest.mark.parametrize("name", ["honest", "split-bytes", "letter-by-letter", "busy-once", "broken-once"])
def test_a_stream_is_read_however_it_comes(server: Adversary, name: str) -> None:
    assert SAID.removesuffix(".") in heard(model(server.base_url, name, llm_timeout=20.0, llm_first_timeout=15.0))


FAILING = [
    ("busy", "busy"),
    ("busy-for-an-hour", "busy"),
    ("broken", "down"),
    ("wrong-key", "refused"),
    ("unknown-model", "refused"),
    ("hung-up", "down"),
    ("invalid-json", "invalid"),
    ("one-line", "invalid"),  # four million characters in one event
    ("cut-off", "cut"),
    ("empty", "empty"),
    ("stalled", "timeout"),
    ("slow-to-begin", "timeout"),
    ("comments-only", "timeout"),
    ("dripping-bytes", "timeout"),
    ("without-end", "timeout"),
]


@pytest.mark.parametrize(("name", "reason"), FAILING)
def test_trouble_ends_in_time_with_its_reason(server: Adversary, name: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(ModelFailure) as failure:
        heard(model(server.base_url, name, llm_retries=0))
    assert failure.value.reason in (reason, "endless" if name == "without-end" else reason)
    assert time.monotonic() - started < 2 + _SLACK


def test_a_dead_server_is_asked_once_and_left_alone() -> None:
    dead = model("http://127.0.0.1:9", "m", llm_retries=0)
    with pytest.raises(ModelFailure, match="down"):
        heard(dead)
    with pytest.raises(ModelFailure, match="open_circuit"):
        heard(dead)


@pytest.mark.parametrize(
    ("drips", "within", "failed", "reason"),
    [
        (True, 0.5, False, "it writes, and is only slow"),
        (True, None, True, "an answer's whole time was not enough"),
        (False, 0.5, True, "not a word"),
    ],
)
def test_slow_is_not_down(drips: bool, within: float | None, failed: bool, reason: str) -> None:
    class Slow:
        def stream_chat(self, messages: object, **more: object) -> Iterator[ChatResponse]:
            while True:
                time.sleep(0.05)
                yield ChatResponse(message=ChatMessage(), delta="." if drips else "")

    asked = Model(Slow(), Settings(llm_timeout=1.0, llm_first_timeout=1.0))  # type: ignore[arg-type]
    with pytest.raises(ModelFailure, match="timeout"):
        list(asked.stream("", "", 10, within))
    assert asked.breaker.is_open == failed, reason


def test_after_its_rest_one_question_tries() -> None:
    breaker = Breaker(0.2)
    breaker.failed()
    assert (breaker.lets_through(), breaker.is_open) == (False, True)
    time.sleep(0.25)
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False], "the others do without until it tells how it went"
    breaker.answered()
    assert breaker.lets_through()


def test_an_iterator_that_never_ends_is_left_behind() -> None:
    def drips() -> Iterator[str]:
        while True:
            time.sleep(0.05)
            yield "."

    pieces = []
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        pieces.extend(in_time(drips, 1.0, 0.5))
    assert time.monotonic() - started < 0.5 + _SLACK


def test_without_a_server_there_is_no_model() -> None:
    assert load_model(Settings(llm_base_url="")) is None


def test_the_key_is_sent_and_never_shown(server: Adversary) -> None:
    asked = model(server.base_url, "honest", llm_api_key="bi-mat-cua-toi", llm_timeout=20.0, llm_first_timeout=15.0)
    heard(asked)
    assert server.headers[-1]["authorization"] == "Bearer bi-mat-cua-toi"
    assert "bi-mat" not in repr(asked._llm) + repr(asked._llm.to_payload()) + repr(Settings(llm_api_key="bi-mat-cua-toi"))
    assert (server.bodies[-1]["stream"], server.bodies[-1]["temperature"]) == (True, 0)
