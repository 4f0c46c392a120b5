"""Questions that lean on the ones before them: what is named anew replaces, the rest is carried."""

from __future__ import annotations

import time

import pytest

from xhht_qa.query import Understander
from xhht_qa.text.listed import items_of, points_at_item
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Slot, Turn

PROVINCE, DISTRICT, POVERTY, DISASTER = "ubnd-tinh-lamkhe-cds", "ubnd-huyen-suoimay-cds", "ubnd-huyen-khemoc-giamngheo", "ubnd-tinh-vanchau-pctt"


def said(*questions: str) -> list[Turn]:
    """A conversation of these questions, each answered with words that name another plan."""
    return [turn for question in questions for turn in (Turn("user", question), Turn("assistant", "Xem Kế hoạch số 63/KH-KSBT, Mộc Hải [1]"))]


CARRIED: list[tuple[list[str], str, set[str], str]] = [
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"], "còn sinh kế thì sao?", {POVERTY}, "the plan is carried"),
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"], "ai ký?", {POVERTY}, "a bare question"),
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?", "còn sinh kế thì sao?"], "nộp cho ai?", {POVERTY}, "over several turns"),
    (["Chỉ tiêu của huyện Suối Mây là gì?"], "còn huyện Khê Mộc?", {POVERTY}, "a plan named anew replaces it"),
    (["Chỉ tiêu của huyện Suối Mây là gì?", "còn huyện Khê Mộc?"], "kinh phí bao nhiêu?", {POVERTY}, "the latest name counts"),
    (
        ["Chỉ tiêu của huyện Suối Mây là gì?"],
        "Kế hoạch phòng, chống thiên tai tỉnh Vân Châu năm 2025 có tổng nhu cầu kinh phí là bao nhiêu?",
        {DISASTER},
        "a question that stands on its own",
    ),
    (
        ["Huyện Suối Mây nộp báo cáo 6 tháng trước ngày nào?"],
        "Hỗ trợ hộ có nhà sập bao nhiêu?",
        set(),
        "a new topic of which the plan does not speak leaves it",
    ),
    (["Huyện Suối Mây nộp báo cáo 6 tháng trước ngày nào?"], "Tiêu chí xét thi đua đối với trường phổ thông?", set(), "the same without a gap"),
    (["Kinh phí của huyện Suối Mây là bao nhiêu?"], "Kinh phí của các kế hoạch là bao nhiêu?", set(), "all plans leave the one before"),
    ([], "còn kinh phí?", set(), "nothing was said before"),
    (["Xin chào"], "kinh phí bao nhiêu?", set(), "no plan was named before, and the assistant's own words name none"),
]


@pytest.mark.parametrize(("before", "question", "expected", "why"), CARRIED)
def test_the_plan_is_carried_or_replaced(understander: Understander, before: list[str], question: str, expected: set[str], why: str) -> None:
    assert set(understander.understand(question, said(*before)).plans) == expected, why


@pytest.mark.parametrize(
    ("before", "question", "expected", "why"),
    [
        ("Báo cáo năm của huyện Khê Mộc gửi khi nào?", "còn huyện Suối Mây thì sao?", "deadline", "the same is asked of another plan"),
        ("Báo cáo năm của huyện Khê Mộc gửi khi nào?", "gửi cho ai?", "recipient", "another thing is asked of the same plan"),
        ("Kinh phí của huyện Suối Mây là bao nhiêu?", "Còn Hoài Khê?", "budget", "the same is asked of another plan"),
    ],
)
def test_what_is_asked_is_carried_or_replaced(understander: Understander, before: str, question: str, expected: Slot, why: str) -> None:
    assert understander.understand(question, said(before)).slot == expected, why


def test_the_standalone_question_names_the_carried_plan(understander: Understander) -> None:
    query = understander.understand("ai ký?", said("UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"))
    assert query.question == "ai ký?"
    assert query.standalone == "Kế hoạch của UBND huyện Khê Mộc ai ký?"


def test_a_question_without_history_stands_as_typed(understander: Understander) -> None:
    question = "Báo cáo năm của huyện Khê Mộc gửi khi nào?"
    assert understander.understand(question).standalone == question


def test_a_selection_is_not_left_by_what_was_said_before(understander: Understander) -> None:
    assert understander.understand("kinh phí bao nhiêu?", said("Chỉ tiêu của huyện Suối Mây là gì?"), [POVERTY]).plans == (POVERTY,)


HELD: list[tuple[list[str], str, list[str], str, str]] = [
    (["Chỉ tiêu của huyện Suối Mây là gì?"], "kinh phí bao nhiêu?", [POVERTY], "Kinh phí bao nhiêu theo kế hoạch của UBND huyện Khê Mộc?", "another plan is selected"),
    (["Chỉ tiêu của huyện Suối Mây là gì?"], "kinh phí bao nhiêu?", [DISTRICT, POVERTY], "Chỉ tiêu của huyện Suối Mây, kinh phí bao nhiêu?", "the plan is one of those that are selected"),
    (["Huyện Suối Mây nộp báo cáo năm trước ngày nào?"], "thế 6 tháng?", [POVERTY, DISASTER], "Nộp báo cáo 6 tháng trước ngày nào?", "the matter is carried, the plan is not"),
    (["Huyện Suối Mây nộp báo cáo năm trước ngày nào?"], "gửi cho ai?", [POVERTY], "Nộp báo cáo năm gửi cho ai theo kế hoạch của UBND huyện Khê Mộc?", "the same with one plan"),
    (["Ai ký kế hoạch huyện Suối Mây?"], "số mấy?", [POVERTY], "Kế hoạch của UBND huyện Khê Mộc số mấy?", "the document itself"),
    (["Kinh phí phòng, chống thiên tai của tỉnh Vân Châu là bao nhiêu?"], "trong đó ngân sách huyện?", [POVERTY], "Với ngân sách huyện, kinh phí là bao nhiêu theo kế hoạch của UBND huyện Khê Mộc?", "its topic goes too"),
    (["Huyện Suối Mây nộp báo cáo năm trước ngày nào?", "còn huyện Khê Mộc?"], "gửi cho ai?", [DISTRICT], "Nộp báo cáo năm gửi cho ai theo kế hoạch của UBND huyện Suối Mây?", "the last plan said"),
    (["So sánh kinh phí của huyện Suối Mây và huyện Khê Mộc"], "còn báo cáo năm?", [POVERTY], "Với báo cáo năm, kinh phí theo kế hoạch của UBND huyện Khê Mộc?", "one of two plans"),
    (["Huyện Suối Mây nộp báo cáo năm trước ngày nào?"], "cơ quan đó làm gì?", [POVERTY], "Cơ quan đó làm gì theo kế hoạch của UBND huyện Khê Mộc?", "nor what was answered of the plan"),
    (["Huyện Suối Mây"], "ai ký?", [POVERTY], "ai ký?", "nothing is left of what was only a name"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "question", "scope", "expected", "why"), HELD)
def test_what_was_said_of_other_plans_is_not_carried_into_a_selection(
    understander: Understander, before: list[str], question: str, scope: list[str], expected: str, why: str
) -> None:
    query = understander.understand(question, said(*before), scope)
    assert query.standalone == expected, why
    assert set(query.plans) <= set(scope)
    assert "Suối Mây" not in query.carried or DISTRICT in scope


def test_thanks_in_between_are_passed_over(understander: Understander) -> None:
    query = understander.understand("gửi cho ai?", said("Huyện Khê Mộc báo cáo tháng khi nào?", "Cảm ơn"))
    assert query.standalone == "Huyện Khê Mộc báo cáo tháng gửi cho ai?"


def test_an_endless_turn_does_not_make_an_endless_query(understander: Understander) -> None:
    assert len(understander.understand("còn kinh phí?", said("báo cáo " * 5000)).text) < 2000


WRITTEN_OUT: list[tuple[list[str], str, str, str]] = [
    (["Mỗi xã dẫn đầu đợt sơ kết 2025 ở Hoài Khê được thưởng bao nhiêu?", "5 [1]"], "con tong ket 2030", "Mỗi xã dẫn đầu đợt tổng kết năm 2030 ở Hoài Khê được thưởng bao nhiêu?", "the year goes with the occasion"),
    (["Hoài Khê sơ kết trước ngày nào?", "5/5 [1]"], "còn tổng kết 2030?", "Hoài Khê tổng kết năm 2030 trước ngày nào?", "a year where there was none"),
    (["Khê Mộc hạn nộp báo cáo hằng năm", "05/12 [1]"], "vậy năm 2027 thì nộp lúc nào", "Khê Mộc hạn nộp báo cáo hằng năm, năm 2027 thì lúc nào?", "“hằng năm” stays whole"),
    (["Khê Mộc khen thưởng hộ gia đình cần gì?", "60 [1]"], "còn doanh nghiệp?", "Khê Mộc khen thưởng doanh nghiệp cần gì?", "a group wherever it stands"),
    (["Ai chủ trì diễn tập ở tỉnh Vân Châu?", "Sở A [1]"], "thế ai phối hợp?", "Ai phối hợp diễn tập ở tỉnh Vân Châu?", "another role"),
    (["Ai chủ trì diễn tập ở tỉnh Vân Châu?", "Sở A [1]"], "khi nào xong", "Diễn tập ở tỉnh Vân Châu khi nào xong?", "another gap of the same matter"),
    (["Xã ở Khê Mộc gửi báo cáo tháng ngày nào?", "18 [1]"], "thế 6 tháng?", "Xã ở Khê Mộc gửi báo cáo 6 tháng ngày nào?", "another period"),
    (["huyen suoi may nop bao cao nam truoc ngay nao", "28/11 [1]"], "không, ý tôi là báo cáo quý", "Huyện Suối Mây nộp báo cáo quý trước ngày nào?", "a correction; “năm trước ngày” is no last year"),
    (["Các xã ở Khê Mộc gửi báo cáo tháng ngày nào?", "18 [1]"], "không, ý tôi là báo cáo năm", "Các xã ở Khê Mộc gửi báo cáo năm ngày nào?", "a correction"),
    (["Các xã ở Khê Mộc gửi báo cáo tháng ngày nào?", "18 [1]"], "nhầm, cấp huyện cơ", "Cấp huyện ở Khê Mộc gửi báo cáo tháng ngày nào?", "another actor"),
    (["Suối Mây xóa vùng lõm sóng khi nào?", "31/8 [1]"], "còn tỉnh Lam Khê?", "Tỉnh Lam Khê xóa vùng lõm sóng khi nào?", "another plan of the same topic"),
    (["Kinh phí phòng, chống thiên tai của tỉnh Vân Châu?", "94 [1]"], "còn kế hoạch giảm nghèo của Khê Mộc?", "Kinh phí của kế hoạch giảm nghèo của Khê Mộc?", "the old plan's topic goes with it"),
    (["Hộ nghèo được gì ở Khê Mộc?", "60 [1]"], "kế hoạch này số mấy?", "Kế hoạch của UBND huyện Khê Mộc số mấy?", "the plan itself"),
    (["Xã ở Khê Mộc gửi báo cáo tháng ngày nào?", "Trước ngày 18, gửi Phòng Nội vụ [1]"], "cơ quan đó làm gì?", "Phòng Nội vụ làm gì theo kế hoạch của UBND huyện Khê Mộc?", "named in the answer"),
    (["Điều 2 của kế hoạch huyện Khê Mộc là gì?", "Đối tượng [1]"], "điều tiếp theo là gì?", "Điều 3 là gì theo kế hoạch của UBND huyện Khê Mộc?", "the next number of the plan"),
    (["Khê Mộc chi bao nhiêu?", "38 [1]"], "trong đó ngân sách huyện?", "Với ngân sách huyện, Khê Mộc chi bao nhiêu?", "a part is added"),
    (["Khê Mộc có mấy dự án nuôi dê?", "9 [1]"], "còn nuôi ong?", "Khê Mộc có mấy dự án nuôi ong?", "a sibling in the plan"),
    (["o khe moc xa nop bao cao thang ngay may", "18 [1]", "con 6 thang", "10/6 [1]"], "the bao cao nam", "Ở Khê Mộc xã nộp báo cáo năm ngày mấy?", "a chain without accents"),
    (["Trung tâm Y tế quận ở Mộc Hải gửi báo cáo tuần lúc nào?", "14 giờ [1]"], "thế còn từ Trung tâm lên Sở Y tế?", "Trung tâm ở Mộc Hải gửi báo cáo tuần lên Sở Y tế lúc nào?", "another sender and another recipient at once"),
    (["Hồ sơ khen thưởng ở Hoài Khê gồm những gì?", "Tờ trình [1]"], "còn báo cáo thì sao?", "Báo cáo được quy định thế nào theo kế hoạch của Sở Giáo dục và Đào tạo tỉnh Hoài Khê?", "another matter, no part of the papers"),
    (["Phòng Nội vụ huyện Khê Mộc phải làm gì?", "Theo dõi [1]"], "mặt trận thì sao", "Mặt trận huyện Khê Mộc phải làm gì?", "a body by no word of its kind"),
    (["nhiem vu cua phong noi vu huyen khe moc", "Theo dõi [1]"], "con phong tai chinh thi sao", "Nhiệm vụ của Phòng Tài chính huyện Khê Mộc?", "a body by half of its name, typed without accents"),
    (["Ai chủ trì nâng cấp cổng dữ liệu mở của tỉnh Lam Khê?", "Sở KHCN [1]"], "thời hạn hoàn thành", "Nâng cấp cổng dữ liệu mở của tỉnh Lam Khê hoàn thành khi nào?", "a noun asks for the day of the same matter"),
    (["Ai báo cáo cho ai ở huyện Suối Mây?", "Các xã [1]"], "hạn nộp báo cáo năm", "Hạn nộp báo cáo năm theo kế hoạch của UBND huyện Suối Mây?", "a day is wanted where none was asked for"),
    (["Phòng Nội vụ huyện Khê Mộc phải làm gì?", "Theo dõi [1]"], "hạn báo cáo của các xã", "Hạn báo cáo của các xã theo kế hoạch của UBND huyện Khê Mộc?", "a noun says what is wanted, of another body"),
    (["Hạn nộp hồ sơ hỗ trợ sinh kế của Khê Mộc là khi nào?", "10 ngày [1]"], "gồm những gì", "Hồ sơ hỗ trợ sinh kế của Khê Mộc gồm những gì?", "the papers and not their day"),
    (["Khê Mộc hạn nộp hồ sơ hỗ trợ sinh kế?", "10 ngày [1]"], "hồ sơ gồm những gì", "Khê Mộc hồ sơ hỗ trợ sinh kế, hồ sơ gồm những gì?", "what the dossier is, and not by when"),
    (["ai ký kế hoạch huyện Suối Mây", "Lò Vân Sinh [1]", "số mấy", "21 [1]"], "ngày nào", "Kế hoạch của UBND huyện Suối Mây ban hành ngày nào?", "the day of the plan behind its number"),
    (["phòng dân tộc ở khê mộc làm gì", "Theo dõi [1]"], "nội vụ thì sao", "Phòng Nội vụ ở Khê Mộc làm gì?", "a fragment of a name, which names another plan too"),
    (["sở tài chính làm gì theo kế hoạch chuyển đổi số lam khê", "Hướng dẫn [1]"], "sở nội vụ?", "Sở Nội vụ làm gì theo kế hoạch chuyển đổi số Lam Khê?", "an agency in the plan, though it has a plan of its own"),
    (["Huyện Suối Mây nộp báo cáo năm trước ngày nào?", "28/11 [1]"], "tóm tắt mục đích, yêu cầu của kế hoạch chuyển đổi số tỉnh Lam Khê", "tóm tắt mục đích, yêu cầu của kế hoạch chuyển đổi số tỉnh Lam Khê", "a request is whole without a word that asks"),
    (["Sở Nội vụ tỉnh Lam Khê chấm điểm thế nào?", "Tự chấm [1]"], "thế Thanh tra Sở làm gì?", "Thanh tra Sở làm gì theo kế hoạch của Sở Nội vụ tỉnh Lam Khê?", "an actor with what it does stands on its own"),
    (["kế hoạch chuyển đổi số lam khê ai ký", "Đoàn Mộc Lâm [1]"], "thế số mấy", "Kế hoạch của UBND tỉnh Lam Khê số mấy?", "the number of the plan"),
    (["Suối Mây báo cáo năm trước ngày nào?", "28/11 [1]"], "còn Lam Khê?", "UBND tỉnh Lam Khê báo cáo năm trước ngày nào?", "of two plans of a place the one on the same topic"),
    (["bước 1 của đợt rà soát ở khê mộc làm gì", "Lập danh sách [1]"], "bước tiếp theo?", "Bước 2 của đợt rà soát ở Khê Mộc làm gì?", "the next number"),
    (["Người chưa có việc làm ở Khê Mộc được vay bao nhiêu?", "60 [1]"], "còn hộ nghèo?", "Hộ nghèo ở Khê Mộc được vay bao nhiêu?", "a group of persons for another"),
    (["Hộ nghèo xã Đá Lam ở Khê Mộc trả tiền nước mức nào?", "4 [1]"], "hộ thường thì sao?", "Hộ thường xã Đá Lam ở Khê Mộc trả tiền nước mức nào?", "a phrase ends before a place"),
    (["Lớp đạt giải nhì cấp tỉnh ở Hoài Khê được thưởng bao nhiêu?", "7 [1]"], "giải ba thì nhiêu?", "Lớp đạt giải ba cấp tỉnh ở Hoài Khê được thưởng bao nhiêu?", "an ordinal for an ordinal"),
    (["Đợt 1 diễn tập ở tỉnh Vân Châu tổ chức ở đâu?", "Chợ [1]"], "còn đợt 2 thì ở đâu, bao nhiêu người?", "Đợt 2 diễn tập ở tỉnh Vân Châu tổ chức ở đâu, bao nhiêu người?", "two gaps"),
    (["Doanh thu ở Khê Mộc đặt ra cho 2025 là bao nhiêu?", "38 [1]"], "sang năm 2026 thì mấy tỷ?", "Doanh thu ở Khê Mộc đặt ra cho năm 2026 là bao nhiêu?", "a year for a bare year"),
    (["Mỗi xã dẫn đầu đợt sơ kết ở Hoài Khê được thưởng bao nhiêu?", "5 [1]"], "Đến đợt tổng kết thì mức ấy là bao nhiêu?", "Mỗi xã dẫn đầu đợt tổng kết ở Hoài Khê được thưởng bao nhiêu?", "“mức ấy” is what was asked"),
    (["Sở Công Thương làm gì theo kế hoạch phòng, chống thiên tai Vân Châu?", "Dự trữ [1]"], "còn Báo Vân Châu thì làm gì?", "Báo Vân Châu thì làm gì theo kế hoạch của UBND tỉnh Vân Châu?", "an agency that has the place in its name"),
    (["Xe về của tỉnh Vân Châu, chuyến đi ngày nào?", "24 [1]"], "thế chuyến về?", "Xe về của tỉnh Vân Châu, chuyến về ngày nào?", "the phrase nearest the gap"),
    (["Ở tỉnh Vân Châu mấy ngày kiểm tra một kho thông thường?", "3 [1]"], "còn một kho lớn?", "Ở tỉnh Vân Châu mấy ngày kiểm tra một kho lớn?", "the whole phrase, not its first words"),
    (["Vân Châu kiểm tra trường học xong trước ngày nào?", "15/8 [1]"], "thế còn mấy cái trường mầm non?", "Vân Châu kiểm tra trường mầm non xong trước ngày nào?", "“mấy” as “các”"),
    (["Xã ở Khê Mộc gửi báo cáo tháng cho ai?", "Phòng [1]"], "nếu nộp trễ thì sao?", "Xã ở Khê Mộc gửi báo cáo tháng nếu nộp trễ thì sao?", "what follows is asked, not to whom"),
    (["Khê Mộc có mấy dự án nuôi dê?", "9 [1]"], "nuôi ong thì mấy dự án", "Khê Mộc có mấy dự án nuôi ong?", "what is counted is said twice"),
    (["Trạm y tế ở Mộc Hải gửi báo cáo tháng ngày nào?", "5 [1]"], "trung tâm y tế quận thì sao", "Trung tâm Y tế quận ở Mộc Hải gửi báo cáo tháng ngày nào?", "one body for another"),
    (["Mức hỗ trợ nuôi dê ở Khê Mộc là bao nhiêu?", "30 [1]"], "điều kiện là gì?", "Hỗ trợ nuôi dê ở Khê Mộc, điều kiện là gì?", "the measure asked before goes"),
    (["Xã ở huyện Suối Mây nộp báo cáo năm khi nào?", "28/11 [1]"], "asdfgh", "asdfgh", "no word of it is known"),
    (["Xã ở huyện Suối Mây nộp báo cáo năm khi nào?", "28/11 [1]"], "trua nay an gi", "trua nay an gi", "a chat, shown as it was typed"),
    (["Ai ký kế hoạch huyện Suối Mây?", "Sinh [1]"], "So sánh báo cáo năm của Khê Mộc và Suối Mây", "So sánh báo cáo năm của Khê Mộc và Suối Mây", "sets plans side by side by itself"),
    (["UBND các xã huyện Suối Mây nộp báo cáo năm trước ngày nào?", "28/11 [1]"], "báo cáo năm nộp khi nào", "Báo cáo năm nộp khi nào theo kế hoạch của UBND huyện Suối Mây?", "the same again in fewer words"),
    (["Khê Mộc chi bao nhiêu?", "38 [1]"], "Hồ Ba Nguồn ở Vân Châu hạ mực nước trước ngày nào?", "Hồ Ba Nguồn ở Vân Châu hạ mực nước trước ngày nào?", "a new question drags nothing along"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "question", "expected", "why"), WRITTEN_OUT)
def test_a_follow_up_is_written_out(understander: Understander, before: list[str], question: str, expected: str, why: str) -> None:
    history = [Turn("assistant" if place % 2 else "user", content) for place, content in enumerate(before)]
    assert understander.understand(question, history).standalone == expected, why


@pytest.mark.parametrize(("before", "question", "expected", "why"), WRITTEN_OUT)
def test_a_follow_up_is_searched_as_its_stand_alone_question(understander: Understander, before: list[str], question: str, expected: str, why: str) -> None:
    history = [Turn("assistant" if place % 2 else "user", content) for place, content in enumerate(before)]
    leaning, alone = understander.understand(question, history), understander.understand(expected)
    assert (leaning.slot, leaning.plans, leaning.facets, leaning.addresses) == (alone.slot, alone.plans, alone.facets, alone.addresses), why
    assert folded_syllables(leaning.text) == folded_syllables(alone.text), why


def test_a_whole_statement_about_another_plan_takes_nothing_from_the_question_before(understander: Understander) -> None:
    query = understander.understand("Huyện Khê Mộc hỗ trợ sửa nhà cho hộ nghèo 30 triệu đúng không?", said("Huyện Suối Mây mở bao nhiêu lớp bồi dưỡng?"))
    assert query.plans == (POVERTY,)
    assert "bồi dưỡng" not in query.standalone


LIST = "Có 3 mục:\nGiải pháp\n- 1. Trồng rừng ven hồ: 3 ha mỗi năm\n  - a) Cây bản địa\n- 2. Nạo vét kênh (trước mùa mưa) [2]\n- 3. Sửa cống [3]"
SIDES = "Nhiều kế hoạch có nội dung này:\n- UBND tỉnh Lam Khê: 05/12 [1]\n- UBND huyện Suối Mây: 28/11 [2]"
ITEMS: list[tuple[str, str, list[str], str, str]] = [
    ("Khê Mộc có mấy giải pháp?", LIST, ["còn cái thứ 2"], "Nạo vét kênh được quy định thế nào theo kế hoạch của UBND huyện Khê Mộc?", "by its number"),
    (
        "Khê Mộc có mấy giải pháp?",
        LIST,
        ["cai cuoi cung la gi"],
        "Sửa cống được quy định thế nào theo kế hoạch của UBND huyện Khê Mộc?",
        "the last, typed without accents",
    ),
    (
        "Khê Mộc có mấy giải pháp?",
        LIST,
        ["ý thứ nhất do ai làm"],
        "Trồng rừng ven hồ do ai làm theo kế hoạch của UBND huyện Khê Mộc?",
        "something else is asked of it",
    ),
    (
        "Khê Mộc có mấy giải pháp?",
        LIST,
        ["cái thứ hai?", "còn cái thứ ba"],
        "Sửa cống được quy định thế nào theo kế hoạch của UBND huyện Khê Mộc?",
        "of the same list",
    ),
    ("Báo cáo năm trước ngày nào?", SIDES, ["cái thứ hai"], "Báo cáo năm trước ngày nào theo kế hoạch của UBND huyện Suối Mây?", "a plan is picked"),
    ("Khê Mộc có mấy giải pháp?", LIST, ["cái thứ 7"], "cái thứ 7", "there are not so many"),
]


@pytest.mark.parametrize(("before", "answer", "questions", "expected", "why"), ITEMS, ids=[why for *_, why in ITEMS])
def test_an_item_of_the_list_that_was_answered_is_named(
    understander: Understander, before: str, answer: str, questions: list[str], expected: str, why: str
) -> None:
    *earlier, last = questions
    history = [Turn("user", before), Turn("assistant", answer), *(turn for text in earlier for turn in (Turn("user", text), Turn("assistant", "- Khác [1]")))]
    assert understander.understand(last, history).standalone == expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("còn cái cuối?", True),
        ("kế hoạch thứ hai", True),
        ("kế hoạch cuối cùng là của ai", True),
        ("kế hoạch đầu nhiệm kỳ gồm gì", False),
        ("kế hoạch cuối tuần do ai làm", False),
        ("kế hoạch đầu tư", False),
    ],
)
def test_an_item_is_pointed_at_by_its_place(text: str, expected: bool) -> None:
    assert points_at_item(text) is expected


@pytest.mark.parametrize("line", ["[" * 40_000, " " * 40_000, "[1" * 20_000], ids=["brackets", "spaces", "citations"])
def test_the_items_of_an_endless_answer_are_read_in_no_time(line: str) -> None:
    started = time.process_time()
    items_of(f"- {line}\n" * 100)
    assert time.process_time() - started < 1.0
