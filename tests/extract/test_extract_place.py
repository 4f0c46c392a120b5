"""A place is unknown only where neither the print nor the head of a plan asked about has it."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa import messages
from xhht_qa.extract import refuse
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.types import Passage

PRINTED = "UBND HUYỆN SÔNG LAU\nSố: 31/KH-UBND\nKẾ HOẠCH\nDạy bơi cho trẻ em\n\nI. VIỆC LÀM\n\nMở lớp bơi ở huyện Sông Lau.\n"
GIVEN = "---\nissuer: UBND huyện Đá Mài\nplace: Đá Mài\n---\nKẾ HOẠCH\nTrồng cây ven đường\n\nI. VIỆC LÀM\n\nTrồng 300 cây bàng.\n"


@pytest.mark.parametrize(
    ("question", "scope", "unknown", "why"),
    [
        ("Huyện Sông Lau mở lớp gì?", (), "", "printed"),
        ("Huyện Đá Mài trồng mấy cây?", ("cay",), "", "only the head that was given with the plan has it"),
        ("Huyện Núi Vọng trồng mấy cây?", (), "Huyện Núi Vọng", "no plan has it"),
        ("Huyện Sông Lau trồng mấy cây?", ("cay",), "", "another plan's, which the page says otherwise"),
    ],
)
def test_a_place_that_no_plan_knows_is_named(question: str, scope: tuple[str, ...], unknown: str, why: str) -> None:
    plans = {name: parse(read_text(name, text)) for name, text in (("boi", PRINTED), ("cay", GIVEN))}
    query = Understander(plans).understand(question, (), scope)
    draft = refuse.outright(Material(query, [Passage("cay", "I", 1.0)], plans, Vocabulary.of(plans), lambda _: []))
    assert (draft.lead if draft else "") == (messages.no_such_plan(unknown) if unknown else ""), why
