"""Ranking over two tiny plans that share their wording, with an encoder that can be computed by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from prerequisites import ROOT
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.index import Index, open_index
from xhht_qa.part import Part
from xhht_qa.retrieve import WEIGHTS, Retriever, items_at
from xhht_qa.retrieve.bonuses import Bonuses
from xhht_qa.retrieve.ranking import Ranking
from xhht_qa.types import Metadata, Paragraph, Passage, Plan, Query, Section

PLAN = """KẾ HOẠCH
Nuôi ong {where}

I. MỤC ĐÍCH

1. Giữ rừng sim quanh làng.

2. Bán mật {where} ra chợ phiên.

II. VIỆC LÀM

1. Dựng chòi

- Chọn gỗ tạp.

- Lợp lá cọ trước mùa mưa.

2. Thuê người

Tìm hai thợ lành nghề, trả công theo tuần.

III. KINH PHÍ

Trích từ quỹ chung.
"""
EVERYTHING = 100


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("retrieve")
    for name, where in (("doi-sim", "ở Đồi Sim"), ("bai-soi", "ở Bãi Sỏi")):
        (folder / f"{name}.txt").write_text(PLAN.format(where=where), encoding="utf-8")
    build([folder], folder / "index", ToyEncoder())
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def retriever(index: Index) -> Retriever:
    return Retriever(index, ToyEncoder())


def asked(text: str, *plans: str, addresses: tuple[str, ...] = (), ordinal: tuple[str, int] | None = None) -> Query:
    return Query(text, text, text, "content", plans, addresses=addresses, ordinal=ordinal)


def found(passages: list[Passage]) -> list[tuple[str, str]]:
    return [(passage.plan, passage.section) for passage in passages]


@pytest.mark.parametrize("text", ["lợp lá cọ", "Bãi Sỏi", "mật ong", "không chữ nào giống"])
@pytest.mark.parametrize("plan", ["doi-sim", "bai-soi"])
def test_plans_in_scope_are_a_filter(retriever: Retriever, text: str, plan: str) -> None:
    passages = retriever.search(asked(text, plan), EVERYTHING)
    assert {passage.plan for passage in passages} == {plan}
    assert len(passages) == 6, "all sections of that plan that say something"


def test_the_words_of_a_plan_find_it_among_its_twins(retriever: Retriever) -> None:
    assert found(retriever.search(asked("bán mật ở Bãi Sỏi"), 1)) == [("bai-soi", "I.2")]
    assert found(retriever.search(asked("ban mat o doi sim"), 1)) == [("doi-sim", "I.2")], "without accents"


def test_with_no_plan_named_each_plan_that_holds_the_answer_comes_once_before_any_comes_twice(retriever: Retriever) -> None:
    for text in ("lợp lá cọ trước mùa mưa, chọn gỗ tạp", "tìm thợ lành nghề trả công theo tuần"):
        passages = found(retriever.search(asked(text), 4))
        assert {plan for plan, _ in passages[:2]} == {"doi-sim", "bai-soi"}, text
        assert passages[0][1] == passages[1][1], "the same section of both"
    far = [passage.score for passage in retriever.search(asked("bán mật ở Bãi Sỏi"), EVERYTHING)]
    assert far[0] == max(far), "the best of all stays first"


def test_plans_set_side_by_side_come_in_the_order_in_which_they_are_named(retriever: Retriever) -> None:
    for plans in (("doi-sim", "bai-soi"), ("bai-soi", "doi-sim")):
        query = replace(asked("bán mật ở Bãi Sỏi", *plans), compare=True)
        assert [plan for plan, _ in found(retriever.search(query, 4))][:2] == list(plans)
    assert found(retriever.search(asked("bán mật ở Bãi Sỏi", "doi-sim", "bai-soi"), 1)) == [("bai-soi", "I.2")], "not compared, the better one"


@pytest.mark.parametrize(
    ("text", "held_back", "why"),
    [
        ("phấn đấu trồng mấy cây", True, "“phấn đấu” is no “phần đầu”"),
        ("người dân được gì", True, "“dân” is not “dẫn”, to cite"),
        ("hướng dẫn ai", True, "to guide is not to cite"),
        ("phần mở đầu nêu gì", False, "the opening itself"),
        ("viện dẫn văn bản nào", False, "what the opening is full of"),
    ],
)
def test_the_opening_is_held_back_unless_it_is_asked_for(retriever: Retriever, text: str, held_back: bool, why: str) -> None:
    opening = next(passage for passage in retriever.search(asked(text, "doi-sim"), EVERYTHING) if passage.section == "mo-dau")
    assert ("opening" in opening.bonus) is held_back, why


def test_bare_headings_are_not_returned(retriever: Retriever) -> None:
    sections = {passage.section for passage in retriever.search(asked("mục đích việc làm kinh phí"), EVERYTHING)}
    assert sections == {"mo-dau", "I.1", "I.2", "II.1", "II.2", "III"}, "I and II only name what stands below them; III has text of its own"


@pytest.mark.parametrize("address", ["I.1", "II.1", "III"])
def test_a_section_named_by_its_number_comes_first(retriever: Retriever, address: str) -> None:
    assert found(retriever.search(asked("thuê thợ lành nghề trả công theo tuần", "doi-sim", addresses=(address,)), 3))[0] == ("doi-sim", address)


def test_the_score_of_a_section_is_that_of_its_best_piece(retriever: Retriever, index: Index) -> None:
    passages = retriever.search(asked("lợp lá cọ", "doi-sim"), EVERYTHING)
    assert len(set(found(passages))) == len(passages), "no section twice"
    best = passages[0]
    assert (best.section, best.bullet) == ("II.1", "/-2")
    assert best.lexical == pytest.approx(1.0), "the bullet, shorter than its section, holds all words"
    whole = next(chunk for chunk in index.chunks if chunk.id == "doi-sim#II.1")
    assert "Lợp lá cọ" in whole.text, "the mean with the section's own piece would be less"


def test_both_arms_are_fused_by_their_weights(retriever: Retriever) -> None:
    passages = retriever.search(asked("lợp lá cọ", "doi-sim"), EVERYTHING)
    for passage in passages:
        assert 0 <= passage.lexical <= 1, passage
        assert 0 <= passage.dense <= 1, passage
        if passage.section != "mo-dau":  # it repeats the topic of every question and is held back
            assert passage.score == pytest.approx(WEIGHTS.dense * passage.dense + (1 - WEIGHTS.dense) * passage.lexical), passage
    assert {passage.section: passage.lexical for passage in passages if passage.section in ("I.1", "II.2")} == {"I.1": 0.0, "II.2": 0.0}
    assert [passage.score for passage in passages] == sorted((passage.score for passage in passages), reverse=True), "inside one plan"


def test_the_dense_arm_is_the_cosine_between_worst_and_best(retriever: Retriever, index: Index) -> None:
    query = "trả công cho thợ"
    encoder = ToyEncoder()
    searched = [chunk for chunk in index.chunks if chunk.plan == "doi-sim" and chunk.id not in ("doi-sim#I", "doi-sim#II")]
    cosines = encoder.encode_passages([chunk.embedded_text for chunk in searched]) @ encoder.encode_queries([query])[0]
    shares = (cosines - cosines.min()) / (cosines.max() - cosines.min())
    of_chunk = {(chunk.section, chunk.bullet): float(share) for chunk, share in zip(searched, np.asarray(shares), strict=True)}
    for passage in retriever.search(asked(query, "doi-sim"), EVERYTHING):
        assert passage.dense == pytest.approx(of_chunk[passage.section, passage.bullet], abs=1e-5), passage


def test_no_more_than_asked_for_and_always_the_same(retriever: Retriever) -> None:
    ten = retriever.search(asked("mật ong"), 10)
    assert len(ten) == 10
    assert retriever.search(asked("mật ong"), 3) == ten[:3]


def test_an_ordinal_lifts_its_item_above_its_siblings(retriever: Retriever) -> None:
    for number, address in ((1, "I.1"), (2, "I.2"), (-1, "I.2")):
        assert found(retriever.search(asked("mục đích", "doi-sim", ordinal=("muc dich", number)), 1)) == [("doi-sim", address)]


def heading(address: str, parent: str | None, title: str, *bullets: str) -> Section:
    paragraphs = (Paragraph(title, "", 1, 1), *(Paragraph(text, f"/-{number}", 1, 1) for number, text in enumerate(bullets, 1)))
    return Section(address, parent, address, title, True, (title,), paragraphs, 1, 1)


@pytest.mark.parametrize(
    ("noun", "number", "expected", "why"),
    [
        ("giai phap", 1, ["II.1"], "children of the heading"),
        ("giai phap", 2, ["II.2"], "children of the heading"),
        ("giai phap", -1, ["II.2"], "the last"),
        ("giai phap", 3, [], "there are only two"),
        ("muc tieu", 2, ["I"], "a bullet stands in the section itself"),
        ("nhiem vu", 1, [], "no such heading"),
        ("giai doan", 2, ["III.2"], "phases carry their number in print"),
        ("giai doan", -1, ["III.2"], "the highest number is the last"),
    ],
)
def test_the_items_below_a_heading_are_counted(noun: str, number: int, expected: list[str], why: str) -> None:
    plan = Plan(
        "p", "p", "", "", Metadata(),
        (
            heading("I", None, "Mục tiêu", "Giữ rừng", "Bán mật"), heading("II", None, "Giải pháp"), heading("II.1", "II", "Dựng chòi"),
            heading("II.2", "II", "Thuê người"), heading("III", None, "Lộ trình"), heading("III.1", "III", "Giai đoạn 1 (2025)"), heading("III.2", "III", "Giai đoạn 2 (2026)"),
        ),
    )  # fmt: skip
    assert [section.address for section in items_at(plan, noun, number)] == expected, why


@pytest.mark.parametrize(
    "question",
    ["báo cáo năm gửi khi nào", "kinh phi", "Kế hoạch do ai ký?", "phần III mục 2", "chỉ tiêu của huyện Suối Mây và Lam Khê", "hỗ trợ nhà ở"],
)
def test_nothing_outside_the_selection_over_the_sample_plans(sample_index: Path, question: str) -> None:
    from xhht_qa.engine import Engine
    from xhht_qa.settings import load_settings

    engine = Engine.open(load_settings(index_dir=sample_index))
    for scope in (["cdc-mochai-sxh"], ["ubnd-huyen-khemoc-giamngheo", "so-gddt-hoaikhe-xhht"]):
        passages = engine.search(question, EVERYTHING, scope=scope)
        assert passages
        assert {passage.plan for passage in passages} <= set(scope)


def test_the_pool_holds_what_ranking_every_section_would_find(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xhht_qa.retrieve as retrieve
    from evals.gold import load
    from xhht_qa.engine import Engine
    from xhht_qa.settings import load_settings

    engine = Engine.open(load_settings(index_dir=sample_index))
    questions = [question.question for question in load([ROOT / "evals" / "gold"])][::4]
    pooled = [found(engine.search(question)) for question in questions]
    monkeypatch.setattr(retrieve, "_POOL", len(engine.index.chunks))
    assert [found(engine.search(question)) for question in questions] == pooled


FACETS = {"period": frozenset({"week"}), "level": frozenset({"commune"}), "occasion": frozenset({"final"})}
WEIGHED = [
    replace(asked("thuê thợ theo tuần", addresses=("II.2", "III")), facets=FACETS),
    replace(asked("giai đoạn hai của việc làm", ordinal=("viec lam", 2)), facets=FACETS),
    replace(asked("kinh phí trích từ đâu"), slot="budget", facets=FACETS),
    replace(asked("số hiệu của kế hoạch"), slot="number"),
    replace(asked("ai ký kế hoạch"), slot="signer"),
    replace(asked("lợp lá cọ trước ngày nào"), slot="deadline"),
]


@pytest.mark.parametrize("query", WEIGHED, ids=lambda query: query.text)
def test_whatever_the_weights_no_section_gets_more_points_than_it_can(index: Index, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        weights = replace(WEIGHTS, **{name: random.uniform(-1, 1) for name in ("address", "ordinal", "slot", "heading", "facet", "whole", "opening")})
        bonuses = Bonuses(query, index.plans.values(), weights)
        for plan in index.plans.values():
            for section in plan.sections:
                is_named = section.address in bonuses.named and plan.id in (bonuses.named[section.address] or index.plans)
                assert sum(bonuses.of(plan.id, section, section.text).values()) <= bonuses.most(is_named) + 1e-9, section.address
        retriever = Retriever(index, ToyEncoder(), weights)
        some = [retriever.search(query, k) for k in (1, 2, 5)]
        with monkeypatch.context() as patch:
            patch.setattr(Ranking, "is_settled", lambda self, most: False)
            assert [retriever.search(query, k) for k in (1, 2, 5)] == some, weights


def test_nothing_is_found_where_nothing_is_wanted_or_held(retriever: Retriever, index: Index) -> None:
    assert retriever.search(asked("lợp lá cọ"), 0) == []
    assert Retriever(Part(index, ()), ToyEncoder()).search(asked("lợp lá cọ", addresses=("I.1",))) == []


def test_hundreds_of_plans_between_others_are_searched_as_if_they_were_alone(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    words = [f"{first}{last}" for first in ("b", "ch", "d", "g", "kh", "l", "m", "nh", "ph", "s", "th", "v") for last in ("a", "âu", "oi", "ung", "iên", "ước")]
    for number in range(400):
        goods = [" ".join(random.choice(words, 4)).capitalize() for _ in range(3)]
        for folder in ("whole", "alone") if number % 2 else ("whole",):
            (tmp_path / folder).mkdir(exist_ok=True)
            text = f"KẾ HOẠCH\n{goods[0]}\n\nI. MỤC ĐÍCH\n\n{goods[1]}.\n\nII. VIỆC LÀM\n\n{goods[2]} hằng năm.\n"
            (tmp_path / folder / f"plan-{number:03}.txt").write_text(text, encoding="utf-8")
    for folder in ("whole", "alone"):
        build([tmp_path / folder], tmp_path / folder / "index", ToyEncoder())
    alone = open_index(tmp_path / "alone" / "index")
    plans = tuple(alone.plans)
    part = Part(open_index(tmp_path / "whole" / "index"), plans)
    assert len(part.spans()) == len(plans) == 200, "each stands by itself"
    some, every = Retriever(part, ToyEncoder()), Retriever(Part(alone, plans), ToyEncoder())
    for _ in range(10):
        query = asked(" ".join(random.choice(words, 3)))
        for one in (query, replace(query, addresses=("II",)), replace(query, plans=plans[::2], compare=True), replace(query, plans=plans[5:6])):
            expected = every.search(one, 3 * len(plans))
            scores = {(passage.plan, passage.section): passage.score for passage in expected}
            passages = some.search(one)
            assert [passage.score for passage in passages] == pytest.approx([passage.score for passage in expected[: len(passages)]], abs=1e-4), one
            assert [scores[passage.plan, passage.section] for passage in passages] == pytest.approx([passage.score for passage in passages], abs=1e-4), one
            word, scope = query.text.split()[0], one.plans or plans
            assert part.vocabulary().held(word, scope) == alone.vocabulary().held(word, scope)
            assert part.vocabulary().has_pairs(query.text.split(), scope) == alone.vocabulary().has_pairs(query.text.split(), scope)
