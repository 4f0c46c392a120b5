"""The independent judge: what it sees, what it lets be, and that no way to spoil a sentence is hidden from it."""

from __future__ import annotations

import pytest
from spoken_plan import CITATIONS, PLANS, asked

from evals.llm import texts
from evals.llm.behaviours import SPOILT, WRITTEN
from evals.llm.claims import claims, judge


def faults(answer: str, own: str = "") -> set[str]:
    return {kind for verdict in judge(answer, CITATIONS, PLANS, own) for kind, _ in verdict.faults}


@pytest.mark.parametrize(
    ("answer", "expected", "why"),
    [
        ("UBND xã Đồi Sim gửi báo cáo năm về Phòng Nội vụ huyện Đồi Sim trước ngày 28 tháng 11 năm 2025. [1]", set(), "the date in words"),
        ("Các thôn gửi trước ngày 15/11. [1]", set(), "less than is printed is not more"),
        ("Theo Kế hoạch số 17/KH-UBND của UBND huyện Đồi Sim, các thôn gửi trước ngày 15/11/2025. [1]", set(), "the plan may be named"),
        ("Theo mục 1 phần II, các thôn gửi trước ngày 15/11/2025. [1]", set(), "the place may be named"),
        ("Trạm Thủy lợi Đồi Sim cấp tối đa hai bản cho bốn mươi hộ. [2]", set(), "numbers in words"),
        ("Các thôn gửi trước ngày 15/11/2025. [1] Cấp cho 40 hộ. [2]", set(), "each sentence by its own token"),
        ("Các nội dung gồm:\n- Các thôn gửi trước ngày 15/11/2025. [1]", set(), "a lead-in belongs to what stands under it"),
        ("Mặt trận Tổ quốc huyện Đồi Sim được mời dự họp. [3]", set(), "a body without the word that its full name begins with"),
        ("UBMTTQ huyện Đồi Sim được mời dự họp. [3]", set(), "a body by its short form"),
        ("Các thôn gửi trước ngày 16/11/2025. [1]", {"date"}, "another day"),
        ("Các thôn gửi trước ngày 15/11/2026. [1]", {"date"}, "another year"),
        ("Công an huyện Đồi Sim được mời dự họp vào tháng 7. [3]", {"date"}, "another month"),
        ("Công an huyện Đồi Sim được mời dự họp vào quý II. [3]", {"date"}, "a quarter that is not printed"),
        ("Các thôn gửi trước ngày 28/11/2025. [1]", {"placed"}, "the date of somebody else in the same sentence"),
        ("Cấp tối đa 40 bản cho 02 hộ. [2]", {"placed"}, "two numbers in each other's places"),
        ("Chậm nhất 05 tuần, Trạm Thủy lợi Đồi Sim cấp bản. [2]", {"placed"}, "the number of something else"),
        ("Cấp tối đa 03 bản cho 40 hộ. [2]", {"number"}, "another number"),
        ("Cấp tối đa ba bản cho 40 hộ. [2]", {"number"}, "another number in words"),
        ("Cấp tối đa ３ bản cho 40 hộ. [2]", {"number"}, "another number in wide digits"),
        ("Cấp tối đa 0\u200b3 bản cho 40 hộ. [2]", {"number"}, "another number cut by an invisible letter"),
        ("Theo mục XII, cấp tối đa 02 bản cho 40 hộ. [2]", {"number"}, "a section that there is not"),
        ("Sở Nội vụ cấp tối đa 02 bản cho 40 hộ. [2]", {"agency"}, "an agency that is not printed"),
        ("Công an huyện Rừng Thông được mời dự họp vào tháng 6. [3]", {"agency"}, "the agency of another place"),
        ("Phòng Nội vụ huyện Đồi Sim phải gửi báo cáo năm về UBND xã Đồi Sim trước ngày 28/11/2025. [1]", {"placed"}, "who sends for who receives"),
        ("Chủ tịch UBND xã Đồi Sim phải gửi báo cáo năm trước ngày 28/11/2025. [1]", {"title"}, "the chair for the deputy"),
        ("Không gửi báo cáo năm về Phòng Nội vụ huyện Đồi Sim trước ngày 28/11/2025. [1]", {"negation"}, "a negation that is not printed"),
        ("Thu tiền của hộ nghèo. [2]", {"negation"}, "a negation that is left out"),
        ("Công an huyện Đồi Sim phải dự họp vào tháng 6. [3]", {"modality"}, "a right as a duty"),
        ("Phó Chủ tịch UBND xã Đồi Sim được gửi báo cáo năm trước ngày 28/11/2025. [1]", {"modality"}, "a duty as a right"),
        ("Cấp tối thiểu 02 bản cho 40 hộ. [2]", {"modality"}, "at least for at most"),
        ("Hằng tháng Công an huyện Đồi Sim được mời dự họp vào tháng 6. [3]", {"modality"}, "every month for every year"),
        ("Các thôn gửi trước ngày 15/11/2025, ai chậm trễ thì bị trừ điểm. [1]", {"negation", "words"}, "true to the comma"),
        ("Các thôn gửi trước ngày 15/11/2025: “ai chậm cũng bị nhắc nhở”. [1]", {"quote", "words"}, "words that nobody printed, in quotation marks"),
        ("Các thôn gửi trước ngày 15/11/2025.", {"citation"}, "no token"),
        ("Các thôn gửi trước ngày 15/11/2025. [9]", {"citation"}, "a token that stands for nothing"),
        ("Các thôn gửi trước ngày 15/11/2025. [1]\nVà còn nữa.", {"citation"}, "words behind the last token"),
        ("[Các thôn gửi](http://203.0.113.7) trước ngày 15/11/2025. [1]", {"link", "number"}, "a link"),
        ("Các thôn gửi <b onclick=x>trước ngày</b> 15/11/2025. [1]", {"link", "words"}, "markup"),
        ("The villages have to send it before 15/11/2025 at the latest please. [1]", {"language", "words"}, "in English"),
        ("各村应当提交报告。[1]", {"language"}, "in Chinese"),
    ],
)
def test_what_is_shown_is_held_against_what_it_cites(answer: str, expected: set[str], why: str) -> None:
    assert faults(answer) == expected, why


def test_an_answer_is_cut_behind_its_tokens() -> None:
    found = list(claims("Gồm:\n- Một. [1]\n- **Hai** [2] [3].\nBa"))
    assert [(claim.text.split(), claim.markers) for claim in found] == [(["Gồm:", "Một."], (1,)), (["Hai"], (2, 3)), (["Ba"], ())]


def test_a_quote_has_to_be_printed_where_it_is_cited() -> None:
    forged = [{**CITATIONS[0], "quote": "các thôn gửi trước ngày 16/11/2025"}]
    assert {kind for verdict in judge("Các thôn gửi. [1]", forged, PLANS) for kind, _ in verdict.faults} == {"citation"}


def test_what_the_answer_without_a_model_says_is_not_the_model_s_doing() -> None:
    own = "Đối chiếu giữa các kế hoạch:\nSau đây là cách nói riêng của chúng tôi: cấp 02 bản. [2]"
    assert faults("Sau đây là cách nói riêng của chúng tôi: cấp 02 bản. [2]") == {"words"}
    assert faults(own, own) == set()
    assert faults("Cấp 03 bản. [2]", "Cấp 03 bản. [2]") == {"number"}, "but no number, date, agency or citation is ever taken for granted"


@pytest.mark.parametrize("name", [name for name in WRITTEN if name.startswith(("honest", "token-before"))])
def test_an_honest_answer_passes(name: str) -> None:
    assert faults(WRITTEN[name](asked(name))) == set()


@pytest.mark.parametrize("name", SPOILT)
def test_no_spoilt_answer_passes(name: str) -> None:
    assert faults(texts.changed(SPOILT[name])(asked(name)))


NOT_SPOILT = {"empty", "blank", "token-alone", "one-item-too-few", "repeated", "values-alone"}  # they say nothing, too little, or only what is printed


@pytest.mark.parametrize("name", [name for name in WRITTEN if not name.startswith(("honest", "token-before")) and name not in NOT_SPOILT])
def test_no_answer_that_is_bad_as_a_whole_passes(name: str) -> None:
    assert faults(WRITTEN[name](asked(name)))
