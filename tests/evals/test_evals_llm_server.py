"""The scripted server over real HTTP, asked by the client of those whose protocol it speaks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from spoken_plan import CITATIONS, asked

from evals.llm import texts
from evals.llm.asked import Given, read
from evals.llm.behaviours import BEHAVIOURS, FAILING, READING, SLOW, SPOILT, WRITTEN
from evals.llm.server import Adversary, adversary

MATERIAL = "\n".join(f"[{one['marker']}] (mục {one['section']}, Kế hoạch số 17/KH-UBND (bản in)) {one['quote']}" for one in CITATIONS)
USER = f"<<<TRÍCH\n{MATERIAL}\n- không tách khỏi đoạn trên\nTRÍCH>>>\n\nCâu hỏi: Xã gửi báo cáo trước ngày nào?"
MESSAGES: list[Any] = [{"role": "system", "content": "Bạn là người biên tập."}, {"role": "user", "content": USER}]


@pytest.fixture(scope="module")
def server() -> Iterator[Adversary]:
    with adversary() as running:
        yield running


@pytest.fixture
def client(server: Adversary) -> openai.OpenAI:
    return openai.OpenAI(base_url=server.base_url, api_key="khoa-bi-mat", max_retries=0, timeout=20)


def heard(client: openai.OpenAI, model: str, **more: Any) -> str:
    chunks = client.chat.completions.create(model=model, messages=MESSAGES, stream=True, temperature=0, **more)
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_there_are_enough_of_them() -> None:
    assert len(BEHAVIOURS) >= 116
    assert len(BEHAVIOURS) == len(SPOILT) + len(WRITTEN) + len(READING) + len(FAILING) + len(SLOW), "each has a name of its own"


def test_a_request_is_read_back(client: openai.OpenAI, server: Adversary) -> None:
    heard(client, "honest")
    request, headers = server.asked[-1], server.headers[-1]
    assert request.question == "Xã gửi báo cáo trước ngày nào?"
    assert [passage.number for passage in request.passages] == [1, 2, 3]
    assert request.passages[0] == Given(1, "mục II.1, Kế hoạch số 17/KH-UBND (bản in)", CITATIONS[0]["quote"])
    assert request.passages[2].text == f"{CITATIONS[2]['quote']}\n- không tách khỏi đoạn trên", "the lines of a passage stay together"
    assert headers["authorization"] == "Bearer khoa-bi-mat"
    assert server.bodies[-1]["temperature"] == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"model": "honest"}'])
def test_what_is_no_request_is_none(body: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read(body)


@pytest.mark.parametrize("name", [*WRITTEN, *SPOILT, "letter-by-letter", "split-bytes"])
def test_what_is_written_arrives_letter_by_letter(client: openai.OpenAI, server: Adversary, name: str) -> None:
    text = heard(client, name)
    says = WRITTEN.get(name) or texts.changed(SPOILT.get(name, lambda sentence: sentence))
    assert text == says(server.asked[-1])


def test_an_answer_may_come_in_one_piece_and_be_counted(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="honest", messages=MESSAGES)
    assert whole.choices[0].message.content == heard(client, "honest")
    *_, last = client.chat.completions.create(model="honest", messages=MESSAGES, stream=True, stream_options={"include_usage": True})
    assert last.usage == whole.usage
    assert whole.usage is not None
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens > 100


@pytest.mark.parametrize(
    ("name", "error", "status"),
    [
        ("busy", openai.RateLimitError, 429),
        ("broken", openai.InternalServerError, 500),
        ("wrong-key", openai.AuthenticationError, 401),
        ("unknown-model", openai.NotFoundError, 404),
        ("context-exceeded", openai.BadRequestError, 400),
    ],
)
def test_a_refusal_is_one_as_the_protocol_words_it(client: openai.OpenAI, name: str, error: type[openai.APIStatusError], status: int) -> None:
    with pytest.raises(error) as refused:
        heard(client, name)
    assert refused.value.status_code == status
    assert refused.value.response.headers.get("Retry-After") == ("1" if name == "busy" else None)


@pytest.mark.parametrize("name", ["busy-once", "broken-once"])
def test_a_passing_trouble_passes(client: openai.OpenAI, name: str) -> None:
    with pytest.raises(openai.APIStatusError):
        heard(client, name)
    assert heard(client, name) == heard(client, "honest")


@pytest.mark.parametrize("name", ["cut-off", "hung-up", "invalid-json", "error-inside"])
def test_a_line_breaks(client: openai.OpenAI, name: str) -> None:
    with pytest.raises((openai.APIError, httpx.TransportError, ValueError)):
        heard(client, name)


@pytest.mark.parametrize("name", ["page-of-a-proxy", "tool-calls", "filtered", "no-choices", "empty-body", "empty"])
def test_nothing_is_said(client: openai.OpenAI, name: str) -> None:
    assert heard(client, name) == ""


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_one_goes_on_until_nobody_listens(server: Adversary, name: str) -> None:
    body = {"model": name, "messages": MESSAGES, "stream": True}
    started = time.monotonic()
    with httpx.Client(timeout=0.7) as client:
        try:
            with client.stream("POST", f"{server.base_url}/chat/completions", json=body) as response:
                for _ in response.iter_raw():
                    if time.monotonic() - started > 1:
                        break
                else:
                    pytest.fail("it came to an end")
        except httpx.ReadTimeout:
            assert name not in ("without-end", "without-end-nor-stop", "comments-only"), "these never fall silent"


def test_a_model_that_nobody_knows_the_end_of_is_cut_off_with_the_server() -> None:
    started = time.monotonic()
    with adversary() as running, httpx.Client(timeout=0.3) as client, pytest.raises(httpx.ReadTimeout):
        client.post(f"{running.base_url}/chat/completions", json={"model": "slow-to-begin", "messages": MESSAGES, "stream": True})
    assert time.monotonic() - started < 10, "its threads are not waited for"


def test_a_spoilt_answer_is_another_one() -> None:
    """Else a judge or a guard would be praised for what it was never shown."""
    honest = texts.honest(asked("honest"))
    same = {name for name, change in SPOILT.items() if texts.changed(change)(asked(name)) == honest}
    assert same == set()
