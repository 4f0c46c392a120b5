"""Whoever may not see a plan is answered as if it had never been indexed: by the same words, with the same citations and scores."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from prerequisites import ROOT

from ingest.build import build
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.engine import Engine
from xhht_qa.live import LiveEngine, PartEngine
from xhht_qa.settings import Settings, load_settings
from xhht_qa.types import Answer, Turn
from xhht_qa.views.asked import Asked
from xhht_qa.views.criteria import criteria
from xhht_qa.views.deadlines import deadlines
from xhht_qa.views.documents import documents
from xhht_qa.views.reporting import reporting

PLANS = sorted(path.stem for path in (ROOT / "ingest" / "plans").glob("*.*") if path.stem != "README")
EVERYWHERE = (
    "có những kế hoạch nào",
    "Kế hoạch nào do Phó Chủ tịch ký?",
    "so sánh hạn nộp báo cáo năm của các kế hoạch",
    "trong tháng 6 có việc gì đến hạn?",
    "bao cao nam nop truoc ngay nao",
    "Mục III.2 nói gì?",
    "tỉnh Lam Khê và huyện Suối Mây khác nhau thế nào về hạn báo cáo?",
)
QUESTIONS_OF_HIDDEN = 6
QUESTIONS_OF_OTHERS = 1  # of each plan

NOISE = 1e-4  # in the dense arm's share: Chroma keeps other roundings than numpy


@cache
def encoder() -> Encoder:
    """That of the index of the tests."""
    return load_encoder(load_settings())


def gold(plan: str) -> list[dict[str, object]]:
    path = ROOT / "evals" / "gold" / f"{plan}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def live(sample_index: Path) -> LiveEngine:
    return LiveEngine(Settings(index_dir=sample_index), encoder())


@pytest.fixture(scope="module", params=PLANS)
def pair(
    request: pytest.FixtureRequest, live: LiveEngine, sample_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Engine, Engine]]:
    """A plan, the engine of those who may not see it, and one over an index that was built without it."""
    folder = tmp_path_factory.mktemp("without") / "index"
    shutil.copytree(sample_index, folder)
    others = [path for path in sorted((ROOT / "ingest" / "plans").glob("*.*")) if path.stem not in (request.param, "README")]
    build(others, folder, encoder(), only=True)
    without = LiveEngine(Settings(index_dir=folder), encoder())
    yield request.param, PartEngine(live, lambda plan: plan != request.param), without
    without.index.close()


def told(answer: Answer) -> Answer:
    """What of an answer is the same whenever it is asked."""
    return replace(answer, id="", timings_ms={}, confidence=round(answer.confidence, 2))


def test_what_is_asked_is_answered_as_if_the_plan_were_not_there(pair: tuple[str, Engine, Engine]) -> None:
    hidden, part, without = pair
    asked = [*gold(hidden)[:QUESTIONS_OF_HIDDEN], *(question for plan in PLANS if plan != hidden for question in gold(plan)[:QUESTIONS_OF_OTHERS])]
    talks = [(str(one["question"]), tuple(Turn(**turn) for turn in one["history"])) for one in asked]  # type: ignore[attr-defined]
    for question, history in [*talks, *((question, ()) for question in EVERYWHERE), (f"Có kế hoạch {hidden} không?", ())]:
        answer = part.ask(question, history)
        assert told(answer) == told(without.ask(question, history)), question
        assert all(citation.plan != hidden for citation in answer.citations)


def test_a_search_finds_the_same_with_the_same_scores(pair: tuple[str, Engine, Engine]) -> None:
    hidden, part, without = pair
    for question in [*(str(one["question"]) for one in gold(hidden)[:QUESTIONS_OF_HIDDEN]), *EVERYWHERE]:
        found, expected = part.search(question, 20), without.search(question, 20)
        assert {(passage.plan, passage.section) for passage in found} == {(passage.plan, passage.section) for passage in expected}, question
        assert [passage.score for passage in found] == pytest.approx([passage.score for passage in expected], abs=NOISE), question


def test_a_scope_with_the_plan_is_refused_like_one_that_names_none(pair: tuple[str, Engine, Engine]) -> None:
    hidden, part, without = pair
    given = part.ask("báo cáo năm nộp khi nào?", scope=[hidden])
    assert told(given) == told(without.ask("báo cáo năm nộp khi nào?", scope=[hidden]))
    assert given.answer.replace(hidden, "x") == part.ask("báo cáo năm nộp khi nào?", scope=["x"]).answer


def test_views_and_lists_are_drawn_from_the_others_alone(pair: tuple[str, Engine, Engine]) -> None:
    _, part, without = pair
    assert dict(part.plans) == dict(without.plans)
    assert documents(part, Asked({})).table == documents(without, Asked({})).table
    assert deadlines(part, Asked({}), date(2025, 6, 1)).table == deadlines(without, Asked({}), date(2025, 6, 1)).table
    for view in (reporting, criteria):
        assert view(part, Asked({})).table == view(without, Asked({})).table  # type: ignore[attr-defined]
    assert part.agency("Sở KH&CN") == without.agency("Sở KH&CN")


def test_who_may_see_nothing_has_an_assistant_without_plans(live: LiveEngine) -> None:
    nothing = PartEngine(live, lambda plan: False)
    assert nothing.plans == {}
    for question in EVERYWHERE:
        answer = nothing.ask(question)
        assert answer.citations == ()
        assert not any(plan.title in answer.answer for plan in live.plans.values())


def test_sets_that_were_not_asked_for_a_while_are_let_go(sample_index: Path) -> None:
    live = LiveEngine(Settings(index_dir=sample_index, max_parts=2), encoder())
    engines = []
    for hidden in (PLANS[0], PLANS[1], PLANS[0], PLANS[2], PLANS[0], PLANS[1]):
        with PartEngine(live, lambda plan, hidden=hidden: plan != hidden).hold() as engine:
            engines.append(engine)
    assert engines[0] is engines[2] is engines[4], "the one that is asked most stays"
    assert engines[1] is not engines[5], "the one that made room is made anew"
    with PartEngine(live, lambda plan: True).hold() as engine, live.hold() as whole:
        assert engine is whole, "who may see all shares the engine of all"
