"""Answers with a language model, from the engine to every door: what passes is shown, and anything else leaves the plans' own words."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from server_thread import served
from toy_encoder import ToyEncoder

from evals.llm.server import Adversary
from ingest.build import build
from xhht_qa.access import Asker
from xhht_qa.api import create_app
from xhht_qa.conversation import Conversation
from xhht_qa.door.audit import Audit
from xhht_qa.engine import Engine
from xhht_qa.generate import Writer, load_writer
from xhht_qa.live import LiveEngine
from xhht_qa.llm import Model
from xhht_qa.operate.check_machine import check_model
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Sentence
from xhht_qa.ui.thread import Chat, shown

PLAN = """UBND HUYỆN ĐỒI MÂY
Số: 12/KH-UBND
Đồi Mây, ngày 20 tháng 01 năm 2025
KẾ HOẠCH
Đọc sách
I. BÁO CÁO
1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 03/11/2025.
2. Phòng Văn hóa tổng hợp.
II. HỒ SƠ
1. Hồ sơ đăng ký tủ sách gồm:
- Đơn đăng ký theo mẫu của Phòng Văn hóa.
- Danh mục 200 đầu sách của thôn.
- Bản cam kết mở cửa tủ sách của trưởng thôn.
"""
QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"
LISTED = "Hồ sơ đăng ký tủ sách gồm những gì?"
With = Callable[..., LiveEngine]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llm-answers")
    (folder / "plans").mkdir()
    (folder / "plans" / "doc.txt").write_text(PLAN, encoding="utf-8")
    build([folder / "plans"], folder / "index", ToyEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def with_model(server: Adversary, index: Path) -> With:
    def engine(name: str, **more: object) -> LiveEngine:
        given = {"llm_base_url": server.base_url, "llm_model": name, "llm_timeout": 20.0, "llm_first_timeout": 15.0} | more
        settings = Settings(index_dir=index, **given)  # type: ignore[arg-type]
        return LiveEngine(settings, ToyEncoder(), load_writer(settings))

    return engine


def test_checked_sentences_come_first_and_the_answer_says_them(with_model: With) -> None:
    *sentences, answer = with_model("honest").stream(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.mode == "llm"
    assert "".join(sentence.text for sentence in sentences if isinstance(sentence, Sentence)) == answer.answer
    assert answer.answer.endswith("03/11/2025. [1]")
    assert [citation.section for citation in answer.citations] == ["I.1"]
    assert answer.checked
    assert (answer.checked.sentences, answer.checked.stripped, answer.checked.fallback) == (1, (), None)
    assert answer.checked.tokens.prompt > answer.checked.tokens.completion > 0
    assert (answer.checked.first_sentence_ms or 0) > 0
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


FALLING_BACK = [
    ("dates-shifted", "too_little"),
    ("negated", "too_little"),
    ("agency-invented", "too_little"),
    ("must-added", "too_little"),
    ("unknown-token", "too_little"),
    ("obeying", "too_little"),
    ("english", "language"),
    ("blank", "empty"),
    ("wrong-key", "refused"),
    ("page-of-a-proxy", "invalid"),
    ("error-inside", "down"),
]


@pytest.mark.parametrize(("name", "reason"), FALLING_BACK)
def test_whatever_else_a_model_does_the_answer_is_the_plans_own(with_model: With, name: str, reason: str) -> None:
    engine = with_model(name)
    answer, plain = engine.ask(QUESTION), engine.extract(QUESTION)
    assert answer.checked
    assert answer.checked.fallback in (reason, "cut")
    assert replace(answer, id="", timings_ms={}, checked=None) == replace(plain, id="", timings_ms={})


def test_refusals_and_what_is_only_tried_do_not_reach_the_model(with_model: With, server: Adversary) -> None:
    engine = with_model("honest")
    asked = len(server.asked)
    assert engine.ask("Giá vé xe buýt là bao nhiêu?").status == "not_found"
    assert engine.ask("xin chào").status == "guide"
    assert engine.extract(QUESTION).mode == "extractive"
    assert len(server.asked) == asked


def test_the_stream_and_v1_tell_each_sentence(with_model: With) -> None:
    with ExitStack() as stack:
        engine = with_model("honest")
        address = stack.enter_context(served(create_app(engine, engine.settings)))
        streamed = httpx.post(f"{address}/api/ask/stream", json={"question": QUESTION}, timeout=60).text
        names = [line.removeprefix("event: ") for line in streamed.split("\n") if line.startswith("event: ")]
        assert names == ["step"] * 5 + ["sentence", "answer", "done"]
        body = {"model": "xhht-qa", "messages": [{"role": "user", "content": QUESTION}], "stream": True}
        lines = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=60).text.split("\n")
        chunks = [json.loads(line[len("data: ") :]) for line in lines if line.startswith("data: {")]
        said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
        answer = chunks[-1]["xhht_answer"]
        assert said.startswith(answer["answer"])
        assert (answer["mode"], said.count("[1]")) == ("llm", 2), "in the answer and among the sources"


def test_what_was_shown_before_the_line_broke_is_withdrawn(with_model: With) -> None:
    with ExitStack() as stack:
        engine = with_model("cut-off")
        plain = engine.extract(LISTED)
        address = stack.enter_context(served(create_app(engine, engine.settings)))
        lines = httpx.post(f"{address}/api/ask/stream", json={"question": LISTED}, timeout=60).text.split("\n")
        told = [line.removeprefix("event: ") for line in lines if line.startswith("event: ") and line != "event: step"]
        withdrawn = told.index("withdrawn")
        assert set(told[:withdrawn]) == {"sentence"}
        assert told[withdrawn + 1 :][-2:] == ["answer", "done"]
        body = {"model": "xhht-qa", "messages": [{"role": "user", "content": LISTED}], "stream": True}
        lines = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=60).text.split("\n")
        chunks = [json.loads(line[len("data: ") :]) for line in lines if line.startswith("data: {")]
        said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
        answer = chunks[-1]["xhht_answer"]
        assert said.startswith(answer["answer"]), "what is sent cannot be taken back: the whole answer stands behind it"
        first, whole = answer["answer"].split("\n\n", 1)
        assert "Đơn đăng ký theo mẫu" in first
        assert re.sub(r"\[\d+\]", "[n]", whole) == re.sub(r"\[\d+\]", "[n]", plain.answer)
        assert [one["marker"] for one in answer["citations"]] == sorted(set(map(int, re.findall(r"\[(\d+)\]", answer["answer"])))), "each mark has its source"
        assert answer["checked"]["fallback"] == "cut"


def test_a_sentence_is_shown_while_the_model_still_writes(index: Path) -> None:
    heard = threading.Event()

    class Hesitating:
        def stream_chat(self, messages: object, **more: object) -> Iterator[ChatResponse]:
            yield ChatResponse(message=ChatMessage(), delta="UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 03/11/2025. [1]\n")
            yield ChatResponse(message=ChatMessage(), delta="P")
            assert heard.wait(30), "the first sentence was kept back"
            yield ChatResponse(message=ChatMessage(), delta="hòng khác.")

    settings = Settings(index_dir=index)
    stream = LiveEngine(settings, ToyEncoder(), Writer(Model(Hesitating(), settings))).stream(QUESTION)  # type: ignore[arg-type]
    first = next(stream)
    assert isinstance(first, Sentence)
    assert first.text.endswith("03/11/2025. [1]")
    heard.set()
    *_, answer = stream
    assert isinstance(answer, Answer)
    assert answer.checked
    assert [one.why for one in answer.checked.stripped] == ["no_citation"]


def test_a_silent_server_costs_one_question_its_time(with_model: With, server: Adversary) -> None:
    engine, before = with_model("slow-to-begin", llm_timeout=4.0, llm_first_timeout=2.0), len(server.asked)
    for reason in ("timeout", "open_circuit", "open_circuit"):
        answer = engine.ask(QUESTION)
        assert answer.checked
        assert (answer.checked.fallback, answer.mode) == (reason, "extractive")
    assert len(server.asked) == before + 1, "nobody waits for it again"


def test_the_page_shows_sentences_as_they_pass_and_says_who_speaks(with_model: With) -> None:
    engine = with_model("honest")

    async def states() -> list[Conversation]:
        return [state async for state in Chat(engine, engine.settings).ask(QUESTION, Conversation())]

    told = asyncio.run(states())
    passing = [shown(state, engine.plans)[-1]["content"] for state in told if state.said]
    assert passing
    assert "#src=doc/I.1" in passing[0]
    assert "1 câu đều đã được đối chiếu" in shown(told[-1], engine.plans)[-1]["content"]
    spoilt = with_model("negated")
    last = asyncio.run(_last(Chat(spoilt, spoilt.settings)))
    assert "không dùng lời của mô hình" in shown(last, spoilt.plans)[-1]["content"]


async def _last(chat: Chat) -> Conversation:
    return [state async for state in chat.ask(QUESTION, Conversation())][-1]


def test_what_was_stripped_is_for_the_record_alone(with_model: With, tmp_path: Path) -> None:
    engine = with_model("negated")
    settings = Settings(data_dir=tmp_path)
    audit = Audit(settings)
    answer = Service(engine.settings, observers=[audit]).ask(Asker("an"), engine, QUESTION)
    audit.close()
    (line,) = [json.loads(line) for line in (tmp_path / "audit" / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert answer.checked
    assert answer.checked.stripped == ()
    assert [one["why"] for one in line["model"]["stripped"]] == ["negation"]
    assert line["model"]["stripped"][0]["text"].startswith("hmac-sha256:"), "its words only where the record keeps words"
    assert line["model"]["fallback"] == "too_little"


def test_the_doctor_asks_for_a_word(with_model: With, index: Path) -> None:
    (found,) = check_model(with_model("obeying").settings)
    assert (found.level, found.about) == ("ok", "model"), "it says something"
    (found,) = check_model(with_model("unknown-model").settings)
    assert (found.level, found.about) == ("warn", "model")
    assert "XHHT_LLM_MODEL" in found.mend
    assert list(check_model(Settings(index_dir=index))) == []


def test_an_engine_without_a_model_tells_of_none(index: Path) -> None:
    engine: Engine = LiveEngine(Settings(index_dir=index), ToyEncoder())
    (answer,) = engine.stream(QUESTION)
    assert isinstance(answer, Answer)
    assert (answer.mode, answer.checked, "checked" in answer.to_dict()) == ("extractive", None, False)
