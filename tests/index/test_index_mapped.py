"""What stands in mapped files is what was put there, and what is learnt from the plans is what would be learnt anew."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from xhht_qa.index import PrintedRuns, Vocabulary, open_index
from xhht_qa.index.lines import Lines, LineWriter
from xhht_qa.index.postings import Postings, joined, positions_in, within
from xhht_qa.lexicon import Lexicon
from xhht_qa.lexicon.phrases import phrases_by_initials
from xhht_qa.part import Part

TEXTS = ["mở chợ", "chợ quê chợ phiên", "", "mở lớp", "phiên chợ"]
HELD = [
    ("chợ", None, {0: 1, 1: 2, 4: 1}, "every text, with how often"),
    ("chợ", [range(1, 2), range(3, 5)], {1: 2, 4: 1}, "some texts"),
    ("mở", [range(1, 3)], {}, "none of the texts asked for"),
    ("quán", None, {}, "a term that nobody printed"),
]


@pytest.mark.parametrize(("term", "spans", "expected", "why"), HELD, ids=[why for *_, why in HELD])
def test_postings_say_who_holds_a_term(tmp_path: Path, term: str, spans: list[range] | None, expected: dict[int, int], why: str) -> None:
    Postings.write(TEXTS, str.split, tmp_path, "words")
    for postings in (Postings.of(TEXTS, str.split), Postings.read(tmp_path, "words")):
        rows, counts = postings.holding(term, spans)
        assert dict(zip(rows.tolist(), counts.tolist(), strict=True)) == expected, why
        assert postings.lengths.tolist() == [2, 4, 0, 2, 2]


def test_postings_of_many_batches_are_those_of_all_texts() -> None:
    texts = [f"a{number % 7} b{number % 5} c{number}" for number in range(10_000)]
    postings = Postings.of(texts, str.split)
    for term in ("a3", "b4", "c9999"):
        assert postings.holding(term)[0].tolist() == [number for number, text in enumerate(texts) if term in text.split()]


def test_no_text_at_all() -> None:
    assert Postings.of([], str.split).holding("chợ")[0].size == 0


def test_spans_that_touch_are_one() -> None:
    assert joined([range(5, 8), range(0, 2), range(2, 5), range(9, 9)]) == [range(0, 8), range(9, 9)]


def test_hundreds_of_spans_are_cut_out_as_one_by_one() -> None:
    random = np.random.default_rng(0)
    texts = [["a"] * int(random.integers(0, 3)) for _ in range(2000)]
    postings = Postings.of(texts, lambda text: text)
    every = dict(zip(*(part.tolist() for part in postings.holding("a")), strict=True))
    for count in (0, 1, 2, 400):
        edges = np.sort(random.choice(2000, 2 * count, replace=False)).tolist()
        spans = [range(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
        inside = [number for span in spans for number in span]
        assert positions_in(spans).tolist() == inside
        assert within(np.arange(0, 2000, 3), spans).tolist() == [number for number in inside if number % 3 == 0]
        rows, counts = postings.holding("a", spans)
        assert dict(zip(rows.tolist(), counts.tolist(), strict=True)) == {row: every[row] for row in inside if row in every}


def test_lines_come_back_one_by_one(tmp_path: Path) -> None:
    records = [{"text": "một\ndòng"}, {"text": "\u2028 và \x85"}, {"text": ""}]
    for name, some in (("texts", records), ("none", [])):
        with LineWriter(tmp_path / f"{name}.jsonl") as writer:
            writer.write(some[:1])
            writer.write(some[1:])
    lines = Lines(tmp_path / "texts.jsonl")
    assert [lines.record(number) for number in range(len(lines))] == records == lines.records(range(3))
    assert len(Lines(tmp_path / "none.jsonl")) == 0
    (tmp_path / "texts.jsonl").write_text("{}\n")
    with pytest.raises(ValueError, match="not as it was written"):
        Lines(tmp_path / "texts.jsonl")


def test_a_lexicon_is_what_would_be_learnt_anew(sample_index: Path) -> None:
    index = open_index(sample_index)
    kept, learnt = index.lexicon(), Lexicon.learnt(index.plans)
    assert kept == learnt
    assert list(kept.syllables) == list(learnt.syllables), "the order decides between equals"
    assert list(kept.bodies) == list(learnt.bodies)


def test_a_part_counts_as_if_it_had_been_indexed_alone(sample_index: Path) -> None:
    whole = open_index(sample_index)
    ids = list(whole.plans)[1::2]
    part, plans = Part(whole, ids), {id_: whole.plans[id_] for id_ in ids}
    alone, printed = Vocabulary.of(plans), PrintedRuns.of(plans)
    for word in ("bao", "cao", "huyen", "khongco"):
        assert part.vocabulary().held(word, ids) == alone.held(word, ids), word
        assert [part.vocabulary().held(word, [id_]) for id_ in ids] == [alone.held(word, [id_]) for id_ in ids], word
    for pair, some in ((("bao", "cao"), True), (("huyen", "khongco"), False)):
        assert part.vocabulary().has_pairs(pair, ids) == alone.has_pairs(pair, ids) == some, pair
        assert [part.vocabulary().has_pairs(pair, [id_]) for id_ in ids] == [alone.has_pairs(pair, [id_]) for id_ in ids], pair
    for run in ("bao cao", "chuyen doi", "an toan thuc"):
        assert printed.plans(run) <= part.printed().plans(run) <= set(ids), "the whole looks for more runs than a part has to"
    assert [chunk.plan for chunk in part.chunks] == [chunk.plan for chunk in whole.chunks if chunk.plan in ids]


def test_a_plan_that_is_read_late_is_the_plan(sample_index: Path) -> None:
    index = open_index(sample_index)
    for plan in index.plans.values():
        assert [plan.section(section.address) for section in plan.sections] == list(plan.sections)
        tops = [section for section in plan.sections if section.parent is None]
        assert tops
        assert all(child.parent == top.address for top in tops for child in plan.children(top.address))
        assert not hasattr(plan, "no_such_field")


def test_a_section_is_read_without_its_plan(sample_index: Path) -> None:
    index = open_index(sample_index)
    for plan in index.plans.values():
        assert plan.section("mo-dau") is not None
        assert plan.section("no-such-address") is None
    assert index.shelf.plan.cache_info().currsize == 0, "a whole plan was read for one of its sections"


def test_rare_runs_of_words_are_left_out_and_the_others_counted_whole() -> None:
    words = "hợp tác xã kiểu mới của huyện".split()  # noqa: SIM905
    random = np.random.default_rng(0)
    texts = Counter(" ".join(random.choice(words, 6)) for _ in range(600))
    counts: Counter[str] = Counter()
    for text, times in texts.items():
        for length in range(2, 7):
            for run in itertools.pairwise(text.split()) if length == 2 else ():
                counts[" ".join(run)] += times
    found = phrases_by_initials(texts)
    assert any(counts[phrase] == count for readings in found.values() for phrase, count in readings.items() if " " in phrase)
    assert all(counts[phrase] == count for readings in found.values() for phrase, count in readings.items() if phrase in counts and "của" not in phrase)
