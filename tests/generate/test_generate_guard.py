"""What the guard lets through and what it strips, sentence by sentence; a fictional district's words."""

from __future__ import annotations

import pytest

from xhht_qa.generate.completeness import is_complete
from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.generate.guard import Guard
from xhht_qa.generate.sentences import Written, sentences_of
from xhht_qa.types import Query, Slot, Source

NAMES = ("Kế hoạch số 21/KH-UBND của UBND huyện Suối Mây", "UBND huyện Suối Mây")
TEXTS = (
    "Báo cáo năm được UBND các xã, thị trấn gửi về Phòng VHKHTT trước ngày 28/11/2025; các phòng, ban gửi trước ngày 30/11/2025.",
    "Nhiệm vụ: Lắp đặt wifi tại nhà văn hóa thôn; Chủ trì: Phòng VHKHTT; Phối hợp: Công an huyện; Thời hạn: Tháng 7/2025; Sản phẩm: 40 nhà văn hóa có wifi.",
    "Phấn đấu 80% hộ dân dùng nước sạch, 30% hộ dân có nhà tắm.",
    "Hộ nghèo được hỗ trợ 30 triệu đồng, không được chuyển nhượng nhà trong 10 năm.",
    "Ủy ban Mặt trận Tổ quốc huyện nhận đỡ đầu 45 hộ nghèo.",
    "Hộ được đề nghị xét phải có xác nhận của xã.",
)
EXCERPTS = [Excerpt(number, text, ("III. BÁO CÁO",), (Source("p", f"III.{number}", "", text),), "mục", "", NAMES) for number, text in enumerate(TEXTS, start=1)]

SENTENCES = [
    (TEXTS[0] + " [1]", None, "word for word"),
    ("UBND các xã, thị trấn gửi báo cáo năm về Phòng VHKHTT trước ngày 28/11/2025. [1]", None, "turned round"),
    ("Theo kế hoạch của UBND huyện Suối Mây, hạn nộp của các phòng, ban là trước ngày 30 tháng 11 năm 2025 [1].", None, "another way to write a day"),
    ("Ủy ban nhân dân các xã gửi báo cáo năm trước ngày 28/11/2025. [1]", None, "a short form spelt out"),
    ("Công an huyện phối hợp lắp đặt wifi tại nhà văn hóa thôn. [2]", None, "a row, the agency with the head of its column"),
    ("Phấn đấu 80% hộ dân dùng nước sạch. [3]", None, "a part of a clause"),
    ("Các xã gửi báo cáo năm trước ngày 28/11/2025.", "no_citation", "no source"),
    ("Các xã gửi báo cáo năm trước ngày 28/11/2025. [7]", "unknown_citation", "no such source"),
    ("Các xã gửi 3 báo cáo năm trước ngày 28/11/2025. [1]", "number", "a number of its own"),
    ("Các xã gửi báo cáo năm trước ngày 29/11/2025. [1]", "date", "a day beside it"),
    ("Các xã gửi báo cáo năm trước ngày 28/11/2025. [3]", "date", "printed, but not there"),
    ("UBND tỉnh Lam Khê gửi báo cáo năm trước ngày 28/11/2025. [1]", "agency", "another agency"),
    ("UBND huyện Suối Mây gửi báo cáo năm về Phòng VHKHTT trước ngày 28/11/2025. [1]", "agency", "who issued the plan does not do what stands in it"),
    ("Phòng VHKHTT gửi báo cáo năm về UBND các xã trước ngày 28/11/2025. [1]", "agency", "giver and receiver exchanged"),
    ("Mặt trận Tổ quốc huyện nhận đỡ đầu 45 hộ nghèo. [5]", "agency", "the end of a longer name"),
    ("Giám đốc gửi báo cáo năm trước ngày 28/11/2025. [1]", "title", "a title that is not printed"),
    ("“Mọi xã đều gửi báo cáo” trước ngày 28/11/2025. [1]", "quote", "an invented quotation"),
    ("Các phòng, ban gửi báo cáo năm trước ngày 28/11/2025. [1]", "mixed", "the day of the others"),
    ("UBND các xã gửi báo cáo năm sau ngày 28/11/2025. [1]", "mixed", "the other side of the day"),
    ("UBND các xã phải gửi báo cáo năm trước ngày 28/11/2025. [1]", "modality", "an order that is not printed"),
    ("UBND các xã không gửi báo cáo năm. [1]", "negation", "turned into its opposite"),
    ("Hộ nghèo được chuyển nhượng nhà trong 10 năm. [4]", "negation", "a negation left out"),
    ("80% hộ dân dùng nước sạch. [3]", "modality", "an aim told as a fact"),
    ("Phấn đấu 30% hộ dân dùng nước sạch. [3]", "mixed", "the figure of the next"),
    ("Phấn đấu 80% xã dùng nước sạch. [3]", "word", "of something else"),
    ("Công an huyện chủ trì lắp đặt wifi tại nhà văn hóa thôn. [2]", "mixed", "who takes part is said to lead"),
    ("Phòng VHKHTT phối hợp, Công an huyện chủ trì. [2]", "mixed", "exchanged within a row"),
    ("Các xã gửi báo cáo năm qua thư điện tử trước ngày 28/11/2025. [1]", "word", "a way that is not printed"),
    ("Xem [tại đây](http://203.0.113.7/x) trước ngày 28/11/2025. [1]", "link", "a link"),
    ("Communes send their report before 28/11/2025. [1]", "language", "another language"),
    ("28/11/2025 [1]", "mixed", "a value of nothing"),
    ("xã UBND. [1]", "mixed", "a name turned round"),
    ("Hộ được đề nghị xét, phải có xác nhận của xã. [6]", None, "who may and what one must"),
    ("Hộ phải đề nghị xét, được có xác nhận của xã. [6]", "modality", "the two exchanged"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SENTENCES)
def test_a_sentence_is_shown_only_if_all_of_it_is_printed_together(text: str, expected: str | None, why: str) -> None:
    (written,) = sentences_of([text])
    assert Guard(EXCERPTS).why_not(written) == expected, why


COMPARED = [
    Excerpt(1, "UBND tỉnh Lam Khê: Tỷ lệ người có chữ ký số đạt 40%.", (), (Source("l", "II.3", "", ""),), "mục", "UBND tỉnh Lam Khê", ("UBND tỉnh Lam Khê",)),
    Excerpt(2, "UBND huyện Suối Mây: Tỷ lệ người có chữ ký số đạt 30%.", (), (Source("s", "II.2", "", ""),), "mục", "UBND huyện Suối Mây", ("UBND huyện Suối Mây",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("UBND tỉnh Lam Khê: Tỷ lệ người có chữ ký số đạt 40%. [1]", None, "as printed"),
        ("Tỉnh Lam Khê có tỷ lệ người có chữ ký số đạt 40%, còn huyện Suối Mây đạt 30%. [1] [2]", None, "two plans in one sentence"),
        ("Tỉnh Lam Khê có tỷ lệ người có chữ ký số đạt 30%, còn huyện Suối Mây đạt 40%. [1] [2]", "mixed", "each with the other's figure"),
        ("Tỷ lệ người có chữ ký số đạt 40%. [1]", "mixed", "nobody knows of whom"),
    ],
)
def test_of_several_plans_each_is_named_with_its_own(text: str, expected: str | None, why: str) -> None:
    (written,) = sentences_of([text])
    found = Guard(COMPARED).why_not(written)
    assert (found is None) is (expected is None), (why, found)


@pytest.mark.parametrize(
    ("slot", "excerpt", "shown", "expected", "why"),
    [
        ("deadline", 0, "Các xã gửi về Phòng VHKHTT trước ngày 28/11/2025; các phòng, ban gửi trước ngày 30/11/2025.", True, "both days"),
        ("deadline", 0, "Các xã gửi về Phòng VHKHTT trước ngày 28/11/2025.", False, "one day of two"),
        ("content", 1, "Phòng VHKHTT chủ trì lắp đặt wifi trong tháng 7/2025.", False, "who takes part is left out"),
        ("count", 2, "Phấn đấu 80% hộ dân dùng nước sạch, 30% hộ dân có nhà tắm.", True, "all figures"),
        ("count", 2, "Phấn đấu 80 và 30%.", False, "a figure without what it is of"),
    ],
)
def test_what_is_left_out_is_seen(slot: Slot, excerpt: int, shown: str, expected: bool, why: str) -> None:
    question = "UBND huyện Suối Mây giao báo cáo năm thế nào?"
    assert is_complete(Query(question, question, question, slot), [EXCERPTS[excerpt]], [shown]) is expected, why


@pytest.mark.parametrize(
    ("pieces", "expected", "why"),
    [
        (["Một câu. [1] Hai", " câu [2].\n"], [Written("Một câu.", (1,), "\n"), Written("Hai câu.", (2,), " ")], "two ways to put the mark"),
        (["- Mục một [1]\n- Mục hai [1][2]"], [Written("Mục một", (1,), "\n- "), Written("Mục hai", (1, 2), "\n- ")], "a list"),
        (["<think>nghĩ [1]. Nghĩ</think>Câu. [1]"], [Written("Câu.", (1,), "\n")], "thoughts are not said"),
        (["Số 05", "/6. [", "1", "]"], [Written("Số 05/6.", (1,), "\n")], "in pieces"),
        (["Câu không dẫn. Câu có dẫn. [1]"], [Written("Câu không dẫn.", (), "\n"), Written("Câu có dẫn.", (1,), " ")], "one without a mark"),
    ],
)
def test_a_text_is_cut_into_sentences_while_it_comes(pieces: list[str], expected: list[Written], why: str) -> None:
    assert list(sentences_of(pieces)) == expected, why
