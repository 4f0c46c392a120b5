"""A follow-up that asks the same of something else is not answered by what was told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.engine import Engine
from xhht_qa.extract.material import Material
from xhht_qa.extract.told import is_told
from xhht_qa.extract.value import statement_of
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.settings import load_settings
from xhht_qa.types import Passage, Turn

TOLD = [
    ("Mức thu 4.500 đồng/m3.", "4.500 đồng/m3 [1].", True, "the figure that was told"),
    ("Mức thu 6.000 đồng/m3.", "4.500 đồng/m3 [1].", False, "another sum"),
    ("Từ 90 điểm trở lên.", "Từ 80 đến dưới 90 điểm.", False, "one end of a range is no range"),
    ("Mỗi năm 01 lần.", "Mỗi tháng 01 lần.", False, "how often needs its span"),
    ("Gửi ngày 20 hằng tháng; khi có cháy, chậm nhất 30 phút.", "Ngày 20 hằng tháng.", False, "a span that was not told"),
    ("Trước ngày 25/6/2026 đối với 15 xe.", "Trước ngày 25/6/2026 [1].", True, "a count beside the day is of another kind"),
    ("Trước ngày 25/6/2026.", "", False, "nothing was told"),
    ("Do thôn lập.", "Do xã lập.", False, "no figure"),
]  # fmt: skip
TEXT = (
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SẬY\nKẾ HOẠCH\nCấp nước sạch\nI. GIÁ NƯỚC\n1. Hộ nghèo trả tiền nước 4.500 đồng/m3.\n2. Hộ khác trả tiền nước 6.000 đồng/m3.\n"
    "II. MUA XE\n1. Xe bồn về trước ngày 25/6/2026 đối với 05 xe đầu và trước ngày 30/9/2026 đối với 10 xe còn lại.\n"
)
AFTER = [
    ("Hộ nghèo trả tiền nước bao nhiêu?", "4.500 đồng/m3 [1].", "còn hộ khác?", "6.000 đồng"),
    ("5 xe bồn đầu về trước ngày nào?", "Trước ngày 25/6/2026 [1].", "số xe còn lại thì sao?", "30/9/2026"),
]


@pytest.mark.parametrize(("text", "told", "expected", "why"), TOLD, ids=[why for *_, why in TOLD])
def test_a_text_is_told_by_its_figures(text: str, told: str, expected: bool, why: str) -> None:
    assert is_told(text, told) is expected, why


def test_words_without_end_are_read_in_no_time() -> None:
    started = time.process_time()
    is_told(f"{'a' * 5000} " * 20, "5 đồng")
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(("question", "answer", "follow_up", "value"), AFTER, ids=[follow_up for *_, follow_up, _ in AFTER])
def test_a_follow_up_gets_what_was_not_told(question: str, answer: str, follow_up: str, value: str) -> None:
    plan = parse(read_text("a.txt", TEXT))
    plans = {plan.id: plan}
    query = Understander(plans).understand(follow_up, (Turn("user", question), Turn("assistant", answer)), ())
    material = Material(query, [Passage(plan.id, address, 1.0) for address in ("I.1", "I.2", "II.1")], plans, Vocabulary.of(plans), lambda _: [])
    told = statement_of(material, material.best).text
    assert value in told
    assert answer.removesuffix(" [1].") not in told


def test_the_wards_that_are_left_have_their_own_rhythm(sample_index: Path) -> None:
    before = (Turn("user", "Mộc Hải giám sát muỗi ở phường trọng điểm mấy lần mỗi tháng?"), Turn("assistant", "Mỗi tháng 02 lần [1]."))
    answer = Engine.open(load_settings(index_dir=sample_index)).ask("vậy mấy phường còn lại thì sao?", before)
    assert "mỗi quý 01 lần" in answer.answer
    assert "mỗi tháng 02 lần" not in answer.answer
