"""Which of several pieces alike is meant: by the range it is for, by its measure, by its name, by the row's cells."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import Extractor, agenda
from xhht_qa.extract.material import Material
from xhht_qa.extract.ranges import range_agreement
from xhht_qa.extract.refuse import asks_to_invent
from xhht_qa.extract.values import doubts_consistency, holds_counted, holds_required, required_value
from xhht_qa.index import Vocabulary
from xhht_qa.query.slots import asks_to_confirm, slot_of
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Passage, Query

RANGES = [
    ("Nhà có 6 phòng được bao nhiêu?", "Hộ có từ 05 phòng đạt chuẩn trở lên", 1, "at least five"),
    ("Nhà có 3 phòng được bao nhiêu?", "Hộ có từ 05 phòng đạt chuẩn trở lên", -1, "fewer than five"),
    ("nha co 4 phong", "Hộ có từ 03 đến 04 phòng", 1, "the upper bound is within; typed without accents"),
    ("Rừng cháy 5 ha", "Cháy từ 01 ha đến dưới 05 ha", -1, "“dưới” leaves the bound out"),
    ("Công trình trên 500 hộ", "công trình trên 500 hộ", 1, "a range asked for in the words that print it"),
    ("Dự án 1.200 triệu", "vốn từ 1.000 triệu trở lên", 1, "a dot sets thousands apart"),
    ("Đạt 7,5 điểm", "dưới 8 điểm", 1, "a comma sets decimals apart"),
    ("Năm 2026 có bao nhiêu lớp?", "dưới 50 năm", 0, "a year is no measure"),
    ("Nhà có 6 phòng", "Nhà có sân từ 20 m2 trở lên", 0, "another unit"),
    ("Nhà có 6 phòng", "Nhà có vườn", 0, "no range is printed"),
    ("Nhà nào?", "Hộ có từ 05 phòng trở lên", 0, "no figure is given"),
    ("", "", 0, "nothing at all"),
    ("9" * 1900 + " ha", "từ 1 ha trở lên", 1, "a figure without end"),
]
COUNTED = [
    ("xe", "bố trí 30 xe đưa đón", "", True, "the figure before the noun"),
    ("thứ tiếng", "thực đơn bằng hai thứ tiếng", "", True, "a figure in letters"),
    ("cán bộ", "cử 12 lượt cán bộ", "", True, "a word between"),
    ("xe", "30 người đi xe", "", False, "the figure counts something else"),
    ("lớp", "Tập huấn | 12", "Nội dung Số lớp", True, "the column names what its figure counts"),
    ("lớp", "Tập huấn | nhiều", "Nội dung Số lớp", False, "no figure"),
]
CONSISTENCY = [
    ("Cộng các nguồn có khớp không?", True),
    ("Hai mục ghi có thống nhất không?", True),
    ("Hình như văn bản in không thống nhất.", True),
    ("Hạn ở phần giải pháp và phần thực hiện khác nhau thế nào?", True),
    ("Mặt trận thống nhất hành động ra sao?", False),
    ("Ai thống nhất số liệu?", False),
]
MEASURES = [
    ("Quê phải cách bao xa?", "cách nơi làm việc từ 300 km trở lên", "cách trụ sở một đoạn", "a distance"),
    ("Kiểm tra mấy lần?", "mỗi quý 02 lần", "kiểm tra 12 cơ sở", "times"),
    ("Ủng hộ bao nhiêu mét vuông?", "từ 50 m2 trở lên", "góp công sức", "an area is no distance"),
    ("Báo trong mấy giờ?", "báo trong 03 giờ", "báo ngay", "hours"),
    ("Giấy có giá trị mấy năm?", "có giá trị 03 năm", "có giá trị 05 ngày", "years, not days"),
    ("Được nghỉ mấy ngày?", "nghỉ 02 ngày", "nghỉ theo quy định", "days, without a word before them"),
    ("Học phí lớp này là bao nhiêu?", "học phí 2 triệu đồng", "cử 02 người học, chi trả học phí", "a fee is a sum"),
    ("Tiếp nhận bao nhiêu đơn vị máu?", "tiếp nhận 4.000 đơn vị", "tiếp nhận máu", "what is received need be no sum"),
    ("Diện tích bao nhiêu mét vuông?", "từ 50 m2 trở lên", "đạt 85%", "an area is no share"),
    ("Giữ trong bao lâu?", "giữ tối thiểu 12 tháng", "kiểm tra xâm nhập do đơn vị độc lập", "a span"),
    ("Ngân sách huyện bỏ ra bao nhiêu cho chợ nổi?", "ngân sách huyện 3,2 tỷ đồng", "tăng 11,4% lượt khách", "money that is laid out is a sum"),
    ("Chủ thuyền được tặng quà mức nào?", "quà trị giá 700.000 đồng", "buôn bán từ 03 năm", "so is what is given"),
    ("Số căn cước của ông Sen là gì?", "số 0123 456 789", "cung cấp dữ liệu căn cước", "a number by which somebody is known"),
    ("Xảy ra mấy vụ?", "xảy ra 12 vụ", "giảm so với năm 2025", "a year counts nothing"),
]
PLAN = """KẾ HOẠCH
Phát triển chợ nổi

I. CÁCH HIỂU MỘT SỐ TỪ
1. "Bến chợ" là nơi thuyền buôn cập bờ để bốc dỡ hàng hóa.
II. NHIỆM VỤ
1. Bến chợ: nạo vét xong trước ngày 15/9/2025.
2. Kè sông được kiểm tra vào quý II hằng năm.
III. HỖ TRỢ
a) Thuyền có tải trọng dưới 05 tấn được hỗ trợ 02 triệu đồng.
b) Thuyền có tải trọng từ 05 tấn đến dưới 15 tấn được hỗ trợ 06 triệu đồng.
c) Thuyền có tải trọng từ 15 tấn trở lên được hỗ trợ 09 triệu đồng.
IV. TIÊU CHÍ BIỂU DƯƠNG
1. Đối với tổ chức buôn bán
- Có từ 10 chủ thuyền tham gia.
- Nộp thuế đúng hạn.
2. Đối với chủ thuyền
- Giữ sạch khúc sông.
- Niêm yết giá bán.
V. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế kiểm tra kè sông vào quý III hằng năm.
VI. HỘI THI
Tổng tiền thưởng là 08 triệu đồng, gồm:
a) Hạng nhất: 05 triệu đồng;
b) Hạng nhì: 03 triệu đồng.
VII. KHÁCH MỜI
1. Khách mời là cá nhân
Khách mời là cá nhân phải đạt các tiêu chuẩn sau:
a) Đối với nghệ nhân
- Có ghe tự đóng.
b) Đối với nhà buôn
- Bán hàng rõ nguồn gốc.
"""
ANSWERS = [
    ("Bến chợ được hiểu là gì?", "nơi thuyền buôn", "15/9", "the sentence that explains, not the task under the same name"),
    ("Thuyền 8 tấn được hỗ trợ bao nhiêu tiền?", "06 triệu", "09 triệu", "the range that holds the figure"),
    ("Thuyền 20 tấn được hỗ trợ bao nhiêu tiền?", "09 triệu", "06 triệu", "the range without an end"),
    ("Chủ thuyền nào thì được biểu dương?", "Niêm yết giá bán", "Nộp thuế", "who meets which criteria"),
    ("Liệt kê các tiêu chuẩn của khách mời là cá nhân", "Bán hàng rõ nguồn gốc", "Giữ sạch", "what is announced is given with what stands below it"),
    ("Biểu dương chủ thuyền dựa trên tiêu chí nào?", "Giữ sạch khúc sông", "Nộp thuế", "the list under the very name"),
]
TABLE = """KẾ HOẠCH
Kiểm tra chợ nổi

I. LỊCH KIỂM TRA
| TT | Chợ | Trưởng đoàn | Thời gian |
| --- | --- | --- | --- |
| 1 | Vàm Cỏ | Ông Lý Bá Nham | Tháng 3 |
| 2 | Ngã Sáu | Bà Hồ Thị Sen | Tháng 4 |
| 3 | Cái Lân | Ông Lý Bá Nham | Tháng 9 |
II. PHÂN CÔNG
| TT | Nhiệm vụ | Chủ trì | Phối hợp |
| --- | --- | --- | --- |
| 1 | Cắm phao luồng | Phòng Kinh tế | Công an huyện |
| 2 | Vớt bèo | Hội Nông dân | Trạm Y tế; Công an huyện |
| 3 | Phát áo phao | Huyện đoàn | Trạm Y tế |
III. KHỐI LƯỢNG
| TT | Xóm | Kè (m) | Phao |
| --- | --- | --- | --- |
| 1 | Xóm Trại | 1.200 | 9 |
| 2 | Xóm Bè | 950 | 30 |
| 3 | Xóm Đăng | 85,5 | 12 |
|  | Tổng cộng | 2.235,5 | 51 |
IV. XỬ LÝ
1. Chủ thuyền được xếp chỗ đậu theo số đăng ký.
2. Chủ thuyền xả rác xuống sông không được xếp chỗ đậu trong 02 tháng.
3. Chủ thuyền nộp giấy tờ tại bến.
"""
DUE = """KẾ HOẠCH
Phát triển chợ nổi năm 2025

I. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Lập danh sách thuyền buôn trước ngày 15/10/2025.
- Kiểm tra giá hàng hóa hằng tuần.
2. Ban Quản lý chợ gửi báo cáo quý về Phòng Kinh tế trước ngày 10 của tháng cuối quý.
3. Hội Nông dân tổ chức hội thi ghe đẹp trong tháng 10/2025.
4. Công an xã sắp xếp bến đậu trước ngày 20/11/2025.
"""
AGENDA = [
    ("Tháng 10 có những việc gì phải xong?", ["I.3", "I.1"], "a whole month and a day, as they follow"),
    ("Trong tháng 10/2025 phải làm gì?", ["I.3", "I.1"], "with its year"),
    ("Tháng 12 phải nộp những báo cáo nào?", ["I.2"], "the last month of a quarter"),
    ("Quý IV Phòng Kinh tế phải làm gì?", ["I.1", "I.2"], "a quarter, and whom it is about"),
    ("Tháng 10/2026 phải làm gì?", [], "another year"),
    ("Tháng 8 có việc nào đến hạn không?", [], "nothing falls there"),
    ("Tháng 10 ai tổ chức hội thi?", [], "one thing is asked for, no agenda"),
]
ROWS = [
    ("Ông Lý Bá Nham làm trưởng đoàn ở những chợ nào?", {"Vàm Cỏ", "Cái Lân"}, {"Ngã Sáu"}, "all rows of one person"),
    ("Công an huyện phối hợp những việc nào?", {"Cắm phao luồng", "Vớt bèo"}, {"Phát áo phao"}, "a cell that names several"),
    ("Chủ thuyền xả rác thì bị xử lý ra sao?", {"không được xếp chỗ"}, {"số đăng ký", "nộp giấy tờ"}, "what follows, not all that is said of boats"),
    ("Xóm nào làm kè nhiều nhất?", {"Xóm Trại"}, {"Xóm Bè", "Xóm Đăng"}, "the highest figure of the column, a dot sets thousands apart"),
    ("Xóm nào có phao ít nhất?", {"Xóm Trại"}, {"Xóm Bè", "Xóm Đăng"}, "the lowest one of another column"),
    ("Xóm nào có nhiều phao nhất?", {"Xóm Bè"}, {"Xóm Trại", "Xóm Đăng"}, "what is counted stands between"),
    ("Ai làm trưởng đoàn ở chợ Ngã Sáu?", {"Hồ Thị Sen"}, {"Vàm Cỏ", "Cái Lân"}, "the row of that name alone"),
]


def answered(question: str, text: str) -> Draft:
    """The draft over one plan of which every section with text is found, those first that share most syllables with the question."""
    plan = parse(read_text("p.txt", text))
    query = Query(question, question, question, slot_of(question), plans=(plan.id,), confirm=asks_to_confirm(question))

    def search(_: Query) -> list[Passage]:
        asked = set(folded_syllables(question))
        shares = {
            section.address: len(asked & set(folded_syllables(f"{section.text} {' '.join(section.path)}"))) for section in plan.sections if section.is_numbered
        }
        return [Passage(plan.id, address, share / (max(shares.values()) or 1)) for address, share in sorted(shares.items(), key=lambda item: -item[1])]

    return Extractor({plan.id: plan}).compose(query, search(query), search)


@pytest.mark.parametrize(("question", "text", "agreement", "why"), RANGES)
def test_a_figure_lies_in_a_range_or_outside(question: str, text: str, agreement: float, why: str) -> None:
    assert range_agreement(question, text) == agreement, why


@pytest.mark.parametrize(("noun", "text", "columns", "held", "why"), COUNTED)
def test_a_count_is_a_figure_with_its_noun(noun: str, text: str, columns: str, held: bool, why: str) -> None:
    assert holds_counted(noun, text, columns) is held, why


@pytest.mark.parametrize(("question", "doubted"), CONSISTENCY)
def test_whether_a_question_doubts_that_a_plan_agrees_with_itself(question: str, doubted: bool) -> None:
    assert doubts_consistency(Query(question, question, question, "content")) is doubted


@pytest.mark.parametrize(("question", "holds", "lacks", "why"), MEASURES)
def test_a_question_wants_a_value_of_a_measure(question: str, holds: str, lacks: str, why: str) -> None:
    required = required_value(Query(question, question, question, slot_of(question)))
    assert required is not None, why
    assert holds_required(required, holds), why
    assert not holds_required(required, lacks), why


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Kinh phí lấy từ quỹ nào?", "“quỹ” is a fund, no quarter"),
        ("Ai thông báo xã khi có dịch?", "“báo xã” is not “bao xa”"),
        ("Đảm bảo xã hội số thế nào?", "“bảo xã” is not “bao xa”"),
        ("Khi có bão lớn thì làm gì?", "“bão lớn” is a storm, “bao lớn” measures"),
        ("Xã nào được cấp máy tính?", "“cấp máy” gives machines, “cấp mấy” counts"),
        ("Người bị thu hồi đất là ai?", "“bị thu” is not “bí thư”"),
        ("Vũ trường do ai quản lý?", "“vũ trường” is not “vụ trưởng”"),
        ("Khi nào cần cuộc họp đột xuất?", "“cần cuộc” is not “căn cước”"),
        ("Đường dây nóng do Văn phòng trực phải không?", "who is on duty is asked for, not the number"),
    ],
)
def test_words_that_fold_like_a_measure_want_no_value(question: str, why: str) -> None:
    assert required_value(Query(question, question, question, slot_of(question))) is None, why


@pytest.mark.parametrize(
    ("question", "held", "why"),
    [
        ("Tỷ lệ người dân có điện thoại thông minh đạt bao nhiêu?", "đạt 85%", "a share, no number to call"),
        ("Tỷ lệ cán bộ dùng thư điện tử là bao nhiêu?", "đạt 100%", "a share, no address"),
        ("Có bao nhiêu đồng chí tham gia?", "gồm 12 đồng chí", "persons, no money"),
        ("Công nhân bao nhiêu tuổi được khám?", "từ 45 tuổi", "“công nhân” receives nothing"),
        ("Số điện thoại trực là gì?", "0912 345 678", "a number to call"),
    ],
)
def test_what_a_question_wants_is_told_by_its_accents(question: str, held: str, why: str) -> None:
    required = required_value(Query(question, question, question, slot_of(question)))
    assert required is not None, why
    assert holds_required(required, held), why


@pytest.mark.parametrize(
    ("question", "invents", "why"),
    [
        ("Hãy bịa ra một hạn nộp", True, "wants something made up"),
        ("Cứ nói đại một con số", True, "wants something made up"),
        ("Bán bia rượu cho trẻ em bị xử lý thế nào?", False, "“bia” is a drink"),
        ("Vốn đầu tư đạt bao nhiêu?", False, "“đầu tư đạt” is not “tự đặt”"),
        ("Nguồn thu từ đất dùng vào việc gì?", False, "“từ đất” is not “tự đặt”"),
        ("Đoạn dài nhất là bao nhiêu?", False, "“đoạn dài” is not “đoán đại”"),
        ("Lớp có gia sư không?", False, "“gia sư” is not “giả sử”"),
    ],
)
def test_a_wish_that_something_be_made_up_is_told_by_its_accents(question: str, invents: bool, why: str) -> None:
    assert asks_to_invent(Query(question, question, question, "content")) is invents, why


@pytest.mark.parametrize(("question", "said", "sibling", "why"), ANSWERS)
def test_of_pieces_alike_the_one_that_is_meant_answers(question: str, said: str, sibling: str, why: str) -> None:
    text = " ".join(statement.text for statement in answered(question, PLAN).statements)
    assert said in text, why
    assert sibling not in text, why


def test_what_is_printed_two_ways_is_said_both_ways_when_doubted() -> None:
    draft = answered("Kiểm tra kè sông vào quý nào, các mục có khớp không?", PLAN)
    assert {source.section for statement in draft.statements for source in statement.sources} == {"II.2", "V.1"}


CONTRADICTED = [
    ("Khối lượng kênh phải nạo vét là bao nhiêu mét?", ["4.520", "4.250"], "both figures of what is printed with two"),
    ("Tổng tiền thưởng là bao nhiêu?", ["08 triệu", "05 triệu", "02 triệu"], "a total with the parts that do not give it"),
    ("Xã Sen đón bao nhiêu khách?", ["300"], "what nothing contradicts is said alone"),
]


@pytest.mark.parametrize(("question", "values", "why"), CONTRADICTED)
def test_a_value_that_the_plan_contradicts_is_said_both_ways(question: str, values: list[str], why: str) -> None:
    text = (
        "KẾ HOẠCH\nĐón khách mùa sen\n\nI. MỤC ĐÍCH\n1. Nạo vét dứt điểm 4.520 mét kênh bồi lắng.\n2. Xã Sen đón 300 khách.\n"
        "II. NHIỆM VỤ\n1. Khối lượng kênh phải nạo vét là 4.250 mét, chia hai năm.\n2. Tổng tiền thưởng là 08 triệu đồng, gồm hạng nhất 05 triệu đồng, hạng nhì 02 triệu đồng.\n"
    )
    said = " ".join(statement.text for statement in answered(question, text).statements)
    assert [value for value in ("4.520", "4.250", "08 triệu", "05 triệu", "02 triệu", "300") if value in said] == values, why


def test_all_the_items_that_a_question_names_are_said() -> None:
    text = "KẾ HOẠCH\nI. HỖ TRỢ NHÀ BÈ\na) Hộ nghèo: 06 triệu đồng.\nb) Hộ cận nghèo: 04 triệu đồng.\nc) Hộ khác: 01 triệu đồng.\n"
    said = [statement.text for statement in answered("Hộ nghèo, hộ cận nghèo được hỗ trợ nhà bè bao nhiêu tiền?", text).statements]
    assert said == ["Hộ nghèo: 06 triệu đồng.", "Hộ cận nghèo: 04 triệu đồng."]


PAPERED = (
    "KẾ HOẠCH\nI. KHEN THƯỞNG\n1. Hồ sơ khen thưởng hằng năm các xã gửi về Phòng Nội vụ trước ngày 20/6/2026 để khen thưởng hằng năm.\n"
    "2. Hồ sơ khen thưởng (02 bộ) gồm:\n- Tờ trình của xã.\n- Biên bản họp xét.\nII. VIỆC LÀM\n1. Làm 3 km đường.\n"
    "2. Hồ sơ hỗ trợ nộp 02 (hai) bộ tại xã.\n3. Còn 12 thôn, bản chưa có điện.\n"
)
PAPERS = [
    ("Hồ sơ khen thưởng hằng năm nộp, hồ sơ gồm những gì?", "Tờ trình", "what it is made of, not when it is due"),
    ("Hồ sơ khen thưởng mấy bộ?", "02 bộ", "a heading that says how many"),
    ("Hồ sơ khen thưởng mấy bản?", "", "of copies nothing is said"),
    ("Hồ sơ hỗ trợ nộp mấy bộ?", "02 (hai) bộ", "a figure that is spelt out in brackets behind itself"),
    ("Còn bao nhiêu bản chưa có điện?", "12 thôn, bản", "a village, not a copy"),
]


@pytest.mark.parametrize(("question", "said", "why"), PAPERS, ids=[why for *_, why in PAPERS])
def test_papers_are_told_by_what_they_are(question: str, said: str, why: str) -> None:
    text = " ".join(statement.text for statement in answered(question, PAPERED).statements)
    assert said in text if said else not text, (text, why)


def test_when_papers_are_due_is_not_what_they_are() -> None:
    text = "KẾ HOẠCH\nI. KHEN THƯỞNG\n1. Hồ sơ khen thưởng các xã gửi về Phòng Nội vụ trước ngày 20/6/2026.\n2. Tỷ lệ hồ sơ nộp qua mạng đạt 80%.\n"
    assert answered("Hồ sơ khen thưởng gồm những gì?", text).status == "not_found"


REVIEWED = (
    "KẾ HOẠCH\nI. KHEN THƯỞNG\n1. Hồ sơ khen thưởng sơ kết gửi về Phòng Nội vụ trước ngày 20/6/2026.\n2. Báo cáo tổng kết gửi về Phòng Nội vụ trước ngày 20/12/2030.\n"
    "II. LỘ TRÌNH\n1. Các xã tiến hành sơ kết phong trào trước ngày 30/5/2026.\n2. Các xã thi đua làm đường, tổng kết vào năm 2030.\n"
    "3. Trước ngày 15/7/2027, các xã sơ kết phong trào trồng cây.\n"
)
REVIEWS = [
    ("Sơ kết trước ngày nào?", ["Các xã tiến hành sơ kết phong trào trước ngày 30/5/2026."], "the review itself, not the papers for it"),
    ("Hạn sơ kết phong trào?", ["Các xã tiến hành sơ kết phong trào trước ngày 30/5/2026."], "by a noun"),
    ("Hồ sơ khen thưởng sơ kết gửi trước ngày nào?", ["Hồ sơ khen thưởng sơ kết gửi về Phòng Nội vụ trước ngày 20/6/2026."], "the papers"),
    ("Tổng kết vào năm nào?", ["Các xã thi đua làm đường, tổng kết vào năm 2030."], "the review at the end, not the report on it"),
    ("Tổng kết trước ngày nào?", [], "only a year is stated"),
    ("Sơ kết phong trào trồng cây vào ngày nào?", ["Trước ngày 15/7/2027, các xã sơ kết phong trào trồng cây."], "the day stands before it"),
]


@pytest.mark.parametrize(("question", "said", "why"), REVIEWS, ids=[why for *_, why in REVIEWS])
def test_a_review_is_no_report_and_no_papers(question: str, said: list[str], why: str) -> None:
    assert [statement.text for statement in answered(question, REVIEWED).statements] == said, why


STAGED = (
    "KẾ HOẠCH\nI. LỘ TRÌNH\nChia thành 02 giai đoạn:\n1. Giai đoạn 1 (2026 - 2027): làm đường.\n2. Giai đoạn 2 (2028 - 2030): trồng cây.\n"
    "II. QUY TRÌNH\n- Bước 1: nộp đơn.\n- Bước 2: khảo sát.\n- Bước 3: trồng thử.\nIII. KIỂM TRA\n1. Đợt 2026: các xã.\n2. Đợt 2027: các trường.\n"
    "IV. HỘI THI\n- Vòng sơ khảo: ở xã.\n- Vòng chung khảo: ở huyện.\n"
)
STAGES = [
    (
        "Có mấy giai đoạn?",
        "Chia thành 02 giai đoạn:\n- Giai đoạn 1 (2026 - 2027): làm đường.\n- Giai đoạn 2 (2028 - 2030): trồng cây.",
        "as the plan counts them",
    ),
    (
        "quy trình gồm mấy bước?",
        "Có 3 bước được liệt kê:\n- Bước 1: nộp đơn.\n- Bước 2: khảo sát.\n- Bước 3: trồng thử.",
        "bullets that the plan does not count",
    ),
    ("kiểm tra bao nhiêu đợt", "Có 2 đợt được liệt kê:\n- Đợt 2026: các xã.\n- Đợt 2027: các trường.", "by their years"),
    ("Hội thi có mấy vòng?", "- Vòng sơ khảo: ở xã.\n- Vòng chung khảo: ở huyện.", "by what they are called"),
    ("Giai đoạn 2 trồng mấy cây?", "Giai đoạn 2 (2028 - 2030): trồng cây.", "no phases are counted"),
]


@pytest.mark.parametrize(("question", "said", "why"), STAGES)
def test_all_the_phases_that_are_counted_are_told(question: str, said: str, why: str) -> None:
    assert [statement.text for statement in answered(question, STAGED).statements] == [said], why


@pytest.mark.parametrize(("question", "sections", "why"), AGENDA)
def test_what_is_due_in_a_month_is_listed_in_its_order(question: str, sections: list[str], why: str) -> None:
    plan = parse(read_text("p.txt", DUE))
    query = Query(question, question, question, slot_of(question), plans=(plan.id,))
    draft = agenda.compose(Material(query, [], {plan.id: plan}, Vocabulary.of({plan.id: plan}), lambda _: []))
    assert [source.section for statement in draft.statements for source in statement.sources] == sections if draft else not sections, why


def test_a_month_with_more_than_can_be_listed_says_how_many_more() -> None:
    for count, tail in ((30, ""), (33, "… và 3 việc khác; xin Anh/Chị xem tất cả ở trang Thời hạn (/thoi-han).")):
        text = "KẾ HOẠCH\nLàm đường hoa năm 2026\nI. VIỆC LÀM\n" + "".join(
            f"{at}. Phòng Kinh tế kiểm tra đường số {at} trước ngày 05/10/2026.\n" for at in range(1, count + 1)
        )
        plan = parse(read_text("p.txt", text))
        question = "Tháng 10 phải làm những việc gì?"
        query = Query(question, question, question, slot_of(question), plans=(plan.id,))
        draft = agenda.compose(Material(query, [], {plan.id: plan}, Vocabulary.of({plan.id: plan}), lambda _: []))
        assert draft
        assert (len(draft.statements), draft.tail) == (30, tail)


@pytest.mark.parametrize(("question", "said", "others", "why"), ROWS)
def test_rows_are_chosen_by_the_cell_that_is_named(question: str, said: set[str], others: set[str], why: str) -> None:
    text = " ".join(statement.text for statement in answered(question, TABLE).statements)
    assert all(name in text for name in said), why
    assert not any(name in text for name in others), why
