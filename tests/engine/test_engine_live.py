"""A running engine takes over what is published, and those who are asking do not notice."""

from __future__ import annotations

import gc
import logging
import re
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.engine import Engine
from xhht_qa.errors import IndexMismatch, IndexMissing
from xhht_qa.live import LiveEngine, PartEngine
from xhht_qa.settings import Settings

QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"
PUBLISHES = 10


def publish(folder: Path, edition: int) -> None:
    """A plan of which every date names its edition."""
    (folder / "plans").mkdir(exist_ok=True)
    text = f"UBND HUYỆN ĐỒI MÂY\nKẾ HOẠCH\nĐọc sách\nI. BÁO CÁO\n1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày {edition + 1}/11/2025.\n2. Phòng Văn hóa tổng hợp.\n"
    (folder / "plans" / "doc.txt").write_text(text, encoding="utf-8")
    build([folder / "plans"], folder / "index", ToyEncoder(), only=True)


def edition_of(text: str) -> int:
    (day,) = set(re.findall(r"(\d+)/11/2025", text))
    return int(day) - 1


def builds(folder: Path) -> int:
    return len(list((folder / "index" / "builds").iterdir()))


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def live(tmp_path: Path) -> LiveEngine:
    publish(tmp_path, 0)
    return LiveEngine(Settings(index_dir=tmp_path / "index"), ToyEncoder())


def test_a_new_build_takes_over_whole(live: LiveEngine, tmp_path: Path) -> None:
    first = live.index.build
    assert not live.refresh(), "nothing was published"
    publish(tmp_path, 1)
    assert edition_of(live.ask(QUESTION).answer) == 0, "not before it is looked for"
    assert live.refresh()
    assert live.index.build != first
    assert edition_of(live.ask(QUESTION).answer) == 1
    assert edition_of(live.plans["doc"].sections[2].text) == 1
    assert live.search(QUESTION)[0].section == "I.1"
    assert builds(tmp_path) == 1, "the build before is not kept when nobody reads it"


@pytest.mark.parametrize(("kind", "left"), [(LiveEngine, {"may_hold"}), (PartEngine, {"open"})])
def test_nothing_is_answered_by_what_was_known_before(kind: type[Engine], left: set[str]) -> None:
    own = {name for base in kind.__mro__[: kind.__mro__.index(Engine)] for name in vars(base) if not name.startswith("_")}
    inherited = {name for name in vars(Engine) if not name.startswith("_")} - own
    assert inherited == {"plans", "search", *left}, "the first two are made of the others; the whole may hold every plan, and a part is not opened"


def test_a_question_in_flight_finishes_on_the_engine_that_it_was_given(live: LiveEngine, tmp_path: Path) -> None:
    with live.hold() as engine:
        publish(tmp_path, 1)
        assert live.refresh()
        assert edition_of(live.ask(QUESTION).answer) == 1, "who comes later gets the new one"
        assert edition_of(engine.ask(QUESTION).answer) == 0
        assert engine.index.vector_store(), "Chroma's files are still there"
        assert builds(tmp_path) == 2
        kept = weakref.ref(engine)
    assert builds(tmp_path) == 1
    del engine
    gc.collect()
    assert kept() is None, "nothing of the old engine stays in memory"


def test_threads_that_ask_through_ten_publishes_get_old_answers_or_new_ones_and_no_error(live: LiveEngine, tmp_path: Path) -> None:
    published = 0  # for certain: the build of this edition was in force before the question was asked
    wrong: list[str] = []
    asked = [0] * 4
    over = threading.Event()

    def ask(number: int) -> None:
        while not over.wait(0.05):  # without a pause they would leave no time to publish
            least = published
            try:
                answer = live.ask(QUESTION)
                (citation,) = answer.citations
                seen = edition_of(answer.answer)
                if seen != edition_of(citation.quote) or not least <= seen <= least + 2 or answer.status != "answered":
                    wrong.append(f"{least}: {answer}")
            except Exception as error:
                wrong.append(repr(error))
            asked[number] += 1

    live.watch(0.01)
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for edition in range(1, PUBLISHES + 1):
        publish(tmp_path, edition)
        until(lambda: edition_of(live.plans["doc"].sections[2].text) == edition)  # noqa: B023 - called before the loop goes on
        published = edition
    over.set()
    for thread in threads:
        thread.join(timeout=30)
    assert wrong == []
    assert min(asked) > PUBLISHES
    until(lambda: builds(tmp_path) == 1)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda index: build([index.parent / "plans"], index, ToyEncoder("another/16")), IndexMismatch),
        (lambda index: (index / "CURRENT").write_text("khong-co", encoding="utf-8"), IndexMismatch),
        (lambda index: (index / "CURRENT").write_bytes(b"\xff"), IndexMismatch),
        (lambda index: (index / "CURRENT").unlink(), IndexMissing),
    ],
    ids=["another encoder built it", "a build that is not there", "no name", "the index was removed"],
)
def test_what_cannot_be_used_changes_nothing(live: LiveEngine, tmp_path: Path, spoil: Callable[[Path], object], error: type[Exception]) -> None:
    before = live.index.build
    spoil(tmp_path / "index")
    with pytest.raises(error):
        live.refresh()
    assert live.index.build == before
    assert edition_of(live.ask(QUESTION).answer) == 0
    publish(tmp_path, 1)
    assert live.refresh()
    assert edition_of(live.ask(QUESTION).answer) == 1, "a mended index is taken over"


def test_a_build_that_cannot_be_used_is_told_of_once(live: LiveEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "xhht_qa"):
        build([tmp_path / "plans"], tmp_path / "index", ToyEncoder("another/16"))
        live.watch(0.01)
        until(lambda: bool(caplog.records))
        time.sleep(0.1)
    (record,) = caplog.records
    assert "another/16" in record.getMessage()
