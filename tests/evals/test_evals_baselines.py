"""What each baseline takes out is gone, and nothing else: two plans alike, one question each way."""

from __future__ import annotations

from typing import Any

import pytest

from evals.baselines import BASELINES, answers
from evals.gold import Question
from ingest.build import build
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.settings import load_settings

PLAN = """ỦY BAN NHÂN DÂN
XÃ {place}

KẾ HOẠCH
Trồng cây quanh trụ sở xã {place}

I. MỤC ĐÍCH
Để sân trụ sở có bóng mát.
II. PHÂN CÔNG
1. Văn phòng xã
a) Mua cây giống trước ngày {day}/02/2025.
b) Tưới cây vào thứ Hai hằng tuần.
2. Đoàn thanh niên
a) Đào hố trước ngày {day}/01/2025.
"""
ENCODER = load_encoder(load_settings())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("baselines")
    (folder / "plans").mkdir()
    for name, place, day in (("doi-sim", "ĐỒI SIM", 15), ("bai-vang", "BÃI VÀNG", 20)):
        (folder / "plans" / f"{name}.txt").write_text(PLAN.format(place=place, day=day), encoding="utf-8")
    build([folder / "plans"], folder / "index", ENCODER)
    return Engine.open(load_settings(index_dir=folder / "index"))


def asked(engine: Engine, baseline: str, question: str) -> dict[str, Any]:
    gold = Question(id="one", plans=("doi-sim",), scope=None, type="deadline", style="formal", history=(), question=question, answer="", facts=(), forbid=(), sections=(("doi-sim", "II.1.a"),), bullets=(), need_all=False)  # fmt: skip
    (answer,) = answers(baseline, engine, ENCODER, [gold])
    return answer


@pytest.mark.parametrize("baseline", BASELINES)
def test_each_answers_in_the_form_of_a_run(engine: Engine, baseline: str) -> None:
    answer = asked(engine, baseline, "Văn phòng xã Đồi Sim mua cây giống trước ngày nào?")
    assert {"id", "status", "answer", "citations", "results", "confidence", "timings_ms"} <= set(answer)
    assert answer["results"], "something is found"


def test_without_scope_both_plans_are_found(engine: Engine) -> None:
    question = "Văn phòng xã Đồi Sim mua cây giống trước ngày nào?"
    assert {found["plan"] for found in asked(engine, "scope", question)["results"]} == {"doi-sim", "bai-vang"}
    assert {found["plan"] for found in asked(engine, "path", question)["results"]} == {"doi-sim"}, "any other keeps the filter"


def test_without_restoration_a_question_stays_as_typed(engine: Engine) -> None:
    question = "van phong xa doi sim mua cay giong truoc ngay nao"
    assert not any(passage["dense"] == passage["lexical"] == 0 for passage in asked(engine, "restoration", question)["results"][:1])
    restored, typed = (asked(engine, baseline, question)["results"][0]["dense"] for baseline in ("facts", "restoration"))
    assert restored != typed, "the encoder was given other words"


def test_each_arm_alone_ranks_by_its_own_score(engine: Engine) -> None:
    question = "Đào hố trước ngày nào ở xã Đồi Sim?"
    for arm in ("lexical", "dense"):
        found = asked(engine, {"lexical": "bm25", "dense": "dense"}[arm], question)["results"]
        scores = [passage["score"] - sum(passage["bonus"].values()) for passage in found]
        assert scores == pytest.approx([passage[arm] for passage in found])


def test_without_heading_path_a_chunk_is_found_by_its_own_words_only(engine: Engine) -> None:
    with_path, without = (asked(engine, baseline, "Văn phòng xã Đồi Sim làm gì?")["results"] for baseline in ("facts", "path"))
    own = next(found for found in without if found["section"] == "II.1.a")
    assert own["lexical"] < next(found for found in with_path if found["section"] == "II.1.a")["lexical"]
