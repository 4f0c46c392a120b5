"""Facts kind by kind, a clause and what it states; and what holds for the facts of every plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from prerequisites import ROOT, shared_path

from ingest.facts import facts_of
from ingest.parse import parse
from ingest.read import find_files, read, read_text
from xhht_qa.types import Date, Fact, FactKind, Plan

SAMPLES = [
    path
    for path in find_files([ROOT / "ingest" / "plans", Path(__file__).parent / "facts"])
    if path.suffix in (".txt", ".md", ".docx") and path.stem != "README"
]
TEXTS = ("action", "object", "recipient", "through", "occasion", "level", "value")


def facts(body: str, kind: FactKind) -> list[Fact]:
    return [fact for fact in parse(read_text("p.txt", f"UBND TỈNH HÀ KHÊ\nKẾ HOẠCH\nThử\n{body}\n")).facts if fact.kind == kind]


def said(fact: Fact) -> dict[str, Any]:
    """What is not empty in a fact, but its place."""
    fields = {name: getattr(fact, name) for name in ("actor", "role", *TEXTS) if getattr(fact, name)}
    return fields | ({"due": fact.due.text} if fact.due else {})


def one(actor: str = "", recipient: str = "", due: str = "", **fields: str) -> dict[str, str]:
    return {name: value for name, value in {"actor": actor, "recipient": recipient, "due": due, **fields}.items() if value}


REPORTS = [
    (
        "Các sở gửi báo cáo về Sở Y tế trước ngày 10/6/2025.",
        [one("Các sở", "Sở Y tế", "trước ngày 10/6/2025", action="gửi báo cáo về Sở Y tế", object="báo cáo")],
        "who, what, to whom, when",
    ),
    (
        "Báo cáo năm được UBND các xã gửi về Phòng Nội vụ trước ngày 05/12.",
        [one("UBND các xã", "Phòng Nội vụ", "trước ngày 05/12", action="gửi về Phòng Nội vụ", object="Báo cáo năm", occasion="Báo cáo năm")],
        "the paper first, the agent behind “được”",
    ),
    (
        "Các xã nộp hồ sơ cho Sở Du lịch thông qua Bộ phận Một cửa chậm nhất ngày 15/9.",
        [
            one(
                "Các xã",
                "Sở Du lịch",
                "chậm nhất ngày 15/9",
                action="nộp hồ sơ cho Sở Du lịch thông qua Bộ phận Một cửa",
                object="hồ sơ",
                through="Bộ phận Một cửa",
            )
        ],
        "by way of whom",
    ),
    (
        "Các huyện gửi Sở Y tế trước ngày 10/6; các xã gửi trước ngày 05/6.",
        [one("Các huyện", "Sở Y tế", "trước ngày 10/6", action="gửi Sở Y tế"), one("các xã", "Sở Y tế", "trước ngày 05/6", action="gửi")],
        "what the second clause leaves out stands in the first",
    ),
    (
        "Chi cục báo cáo Sở Y tế, trong đó báo cáo 6 tháng trước ngày 10/7, báo cáo năm trước ngày 20/12.",
        [
            one("Chi cục", "Sở Y tế", "trước ngày 10/7", action="báo cáo Sở Y tế", object="báo cáo 6 tháng", occasion="báo cáo 6 tháng"),
            one("Chi cục", "Sở Y tế", "trước ngày 20/12", action="báo cáo Sở Y tế", object="báo cáo năm", occasion="báo cáo năm"),
        ],
        "one predicate, two papers, two days",
    ),
    (
        "Hồ sơ khen thưởng các đơn vị gửi về phòng Nội vụ để tổng hợp, báo cáo UBND huyện.",
        [
            one("các đơn vị", "phòng Nội vụ", action="gửi về phòng Nội vụ", object="Hồ sơ khen thưởng"),
            one("phòng Nội vụ", "UBND huyện", action="báo cáo UBND huyện", object="Hồ sơ khen thưởng"),
        ],
        "who has received it sends it on",
    ),
    (
        "UBND tỉnh yêu cầu các sở triển khai thực hiện; báo cáo kết quả về Sở Nội vụ trước ngày 10 tháng 12 hằng năm.",
        [one("các sở", "Sở Nội vụ", "trước ngày 10 tháng 12 hằng năm", action="báo cáo kết quả về Sở Nội vụ", object="kết quả")],
        "who is asked, not who asks",
    ),
    (
        "Khi có ca bệnh, đơn vị vận hành phải báo cho Sở Y tế trong thời hạn 24 giờ.",
        [one("đơn vị vận hành", "Sở Y tế", "trong thời hạn 24 giờ", action="phải báo cho Sở Y tế", occasion="Khi có ca bệnh")],
        "a verb in a body's name; the condition is the occasion",
    ),
    (
        "Sở Y tế theo dõi dịch; định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) báo cáo UBND tỉnh.",
        [
            one("Sở Y tế", "UBND tỉnh", "định kỳ 6 tháng (trước ngày 15/6)", action="báo cáo UBND tỉnh"),
            one("Sở Y tế", "UBND tỉnh", "hằng năm (trước ngày 15/12)", action="báo cáo UBND tỉnh"),
        ],
        "two dues before one verb",
    ),
    (
        "Trên đây là Kế hoạch, yêu cầu các xã triển khai; định kỳ hằng quý gửi báo cáo về Sở Y tế.",
        [one("các xã", "Sở Y tế", "định kỳ hằng quý", action="gửi báo cáo về Sở Y tế", object="báo cáo")],
        "the closing words ask",
    ),
    (
        "Các trường gửi báo cáo về Phòng Giáo dục thường xuyên trước ngày 10/6.",
        [one("Các trường", "Phòng Giáo dục thường xuyên", "trước ngày 10/6", action="gửi báo cáo về Phòng Giáo dục thường xuyên", object="báo cáo")],
        "an adverb that belongs to a name",
    ),
    (
        "Các xã báo cáo Phòng Quản lý xây dựng kết quả từng đợt trước ngày 10/6.",
        [one("Các xã", "Phòng Quản lý xây dựng", "trước ngày 10/6", action="báo cáo Phòng Quản lý xây dựng kết quả từng đợt")],
        "a verb that belongs to a name, and what is reported behind it",
    ),
    (
        "Sở Y tế theo dõi; định kỳ báo cáo kết quả về UBND tỉnh trước ngày 05/12 hằng năm.",
        [one("Sở Y tế", "UBND tỉnh", "trước ngày 05/12 hằng năm", action="báo cáo kết quả về UBND tỉnh", object="kết quả")],
        "“định kỳ” makes no noun of “báo cáo”",
    ),
    (
        "Hồ sơ đề nghị tặng cờ các xã gửi về Phòng Văn hóa trước ngày 30/6.",
        [one("các xã", "Phòng Văn hóa", "trước ngày 30/6", action="gửi về Phòng Văn hóa", object="Hồ sơ đề nghị tặng cờ")],
        "what a dossier asks for is no verb of it",
    ),
    (
        "Giao Văn phòng tham mưu báo cáo đánh giá hằng năm (trước 15/12).",
        [one("Văn phòng", due="hằng năm (trước 15/12)", action="tham mưu báo cáo đánh giá")],
        "a report whose recipient is not named is a report",
    ),
    (
        "Viện Thiết kế công trình nước gửi bản vẽ về Vụ Kế hoạch trước ngày 10/6.",
        [one("Viện Thiết kế công trình nước", "Vụ Kế hoạch", "trước ngày 10/6", action="gửi bản vẽ về Vụ Kế hoạch", object="bản vẽ")],
        "“công trình” is no “trình”; a division of a ministry",
    ),
    (
        "Phòng Văn hóa thẩm định, chuyển Phòng Nội vụ trước ngày 10/6.",
        [one("Phòng Văn hóa", "Phòng Nội vụ", "trước ngày 10/6", action="thẩm định, chuyển Phòng Nội vụ")],
        "passed on",
    ),
    (
        "Phòng Văn hóa thẩm định, chuyển Ủy ban nhân dân huyện trước ngày 10/6.",
        [one("Phòng Văn hóa", "Ủy ban nhân dân huyện", "trước ngày 10/6", action="thẩm định, chuyển Ủy ban nhân dân huyện")],
        "passed on to one whose name begins with an accent",
    ),
    (
        "Văn phòng trình Tổng Giám đốc trước ngày 10/6.",
        [one("Văn phòng", "Tổng Giám đốc", "trước ngày 10/6", action="trình Tổng Giám đốc")],
        "a head",
    ),
    ("Việc báo cáo thực hiện theo quy định.", [], "nobody to report to"),
    ("Sở Y tế ban hành báo cáo về tình hình dịch.", [], "“về” before no body"),
]


@pytest.mark.parametrize(("text", "expected", "why"), REPORTS)
def test_reporting(text: str, expected: list[dict[str, str]], why: str) -> None:
    assert [said(fact) for fact in facts(f"I. NHIỆM VỤ\n1. {text}\n2. Khác.", "reporting")] == expected, why


DEADLINES = [
    ("Sở Tư pháp số hóa sổ gốc trước ngày 30/6/2025.", [one("Sở Tư pháp", due="trước ngày 30/6/2025", action="số hóa sổ gốc")], "before a day"),
    ("Trước ngày 15/3, các xã lập danh sách.", [one("các xã", due="Trước ngày 15/3", action="lập danh sách")], "the day first"),
    ("Toàn bộ 168 nhà hoàn thành trước ngày 31/8.", [one(due="trước ngày 31/8", action="hoàn thành", object="Toàn bộ 168 nhà")], "nobody is said to act"),
    ("Sở Y tế thẩm định trong thời hạn 05 ngày làm việc.", [one("Sở Y tế", due="trong thời hạn 05 ngày làm việc", action="thẩm định")], "a period"),
    ("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/3/2025 của UBND tỉnh.", [], "the day of a document"),
    ("Tuyên truyền Phong trào “Học tập giai đoạn 2024 - 2030”.", [], "a span in a name"),
    ("Sở Y tế tổng hợp số liệu của kế hoạch năm 2025.", [], "a year that belongs to a noun"),
    ("Tết Trung thu năm nay đông khách.", [], "nothing to do"),
    ("Khen thưởng cuối năm: không quá 20 tập thể mỗi năm.", [], "so many a year is a quantity"),
    ("Cơ sở bị kiến nghị phải khắc phục trước ngày 30/6.", [one("Cơ sở bị kiến nghị", due="trước ngày 30/6", action="phải khắc phục")], "what tells the body"),
    (
        "Cơ sở không đăng ký được đưa vào danh sách trước ngày 30/6.",
        [one(due="trước ngày 30/6", action="được đưa vào danh sách", object="Cơ sở không đăng ký")],
        "“được” is done to it",
    ),
    (
        "Riêng quý I và quý III, các xã nhập số liệu trước ngày 20 của tháng cuối quý.",
        [one("các xã", due="trước ngày 20 của tháng cuối quý", action="nhập số liệu")] * 2,
        "two quarters, not each",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), DEADLINES)
def test_deadline(text: str, expected: list[dict[str, str]], why: str) -> None:
    assert [said(fact) for fact in facts(f"I. NHIỆM VỤ\n1. {text}\n2. Khác.", "deadline")] == expected, why


DUTIES = [
    ("1. Sở Y tế\n- Chủ trì mở lớp.", [("Sở Y tế", "lead", "mở lớp")], "the heading names the body"),
    ("1. Sở Y tế\nb) Phối hợp với Sở Nội vụ mở lớp.", [("Sở Y tế", "coordinate", "mở lớp")], "the heading above a letter"),
    (
        "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Hội Nông dân mở lớp.",
        [("Sở Y tế", "lead", "mở lớp"), ("Sở Nội vụ, Hội Nông dân", "coordinate", "mở lớp")],
        "both",
    ),
    ("1. Việc mở lớp do Phòng Nội vụ chủ trì.", [("Phòng Nội vụ", "lead", "")], "the agent behind “do”"),
    ("- Giao Văn phòng Sở:\n+ Theo dõi, đôn đốc Kế hoạch này.", [("Văn phòng Sở", "monitor", "Theo dõi, đôn đốc Kế hoạch này")], "a bullet above"),
    ("1. Sở Y tế tham mưu UBND tỉnh ban hành quy chế.", [("Sở Y tế", "advise", "ban hành quy chế")], "advice"),
    ("1. Đơn vị chủ trì: Ban Quản lý chợ.", [("Ban Quản lý chợ", "lead", "")], "a label"),
    ("1. Đề nghị Hội Nông dân tỉnh vận động hội viên.", [("Hội Nông dân tỉnh", "perform", "vận động hội viên")], "who is asked"),
    ("1. Phòng giao dịch ngân hàng Hoa\n- Cho vay.\n", [], "“cho vay” is no verb that is known: nothing is said rather than something wrong"),
    ("1. UBND cấp xã: Tổ chức lễ phát động.", [("UBND cấp xã", "perform", "Tổ chức lễ phát động")], "a body before a colon"),
    ("1. Trường Trung cấp nghề cử học viên dự thi.", [("Trường Trung cấp nghề", "perform", "cử học viên dự thi")], "half a word of a name is no verb"),
    ("1. Kinh phí\n- Thực hiện theo quy định.", [], "no body in the heading"),
    ("1. Sở Y tế\n- Được UBND tỉnh giao dự toán.", [], "what is done to it is no duty"),
]


@pytest.mark.parametrize(("text", "expected", "why"), DUTIES)
def test_responsibility(text: str, expected: list[tuple[str, str, str]], why: str) -> None:
    found = facts(f"I. TỔ CHỨC THỰC HIỆN\n{text}", "responsibility")
    assert [(fact.actor, fact.role, fact.action) for fact in found] == expected, why


OTHERS: list[tuple[str, FactKind, list[dict[str, str]], str]] = [
    (
        "I. TIÊU CHUẨN\n1. Đối với cấp xã\n- Có quy ước.\n- Có thư viện mở cửa hằng tuần.",
        "criterion",
        [{"actor": "cấp xã", "action": "Có quy ước"}, {"actor": "cấp xã", "action": "Có thư viện mở cửa hằng tuần"}],
        "the subject from the heading",
    ),
    ("I. ĐIỀU KIỆN TỰ NHIÊN\n1. Tỉnh có ba cửa sông lớn.", "criterion", [], "conditions of nature"),
    (
        "I. KHEN THƯỞNG\n1. Bằng khen của Chủ tịch UBND tỉnh: không quá 05 tập thể và 10 cá nhân vào dịp tổng kết.",
        "award",
        [{"object": "Bằng khen của Chủ tịch UBND tỉnh", "value": "không quá 05 tập thể và 10 cá nhân", "occasion": "tổng kết"}],
        "award, number, occasion",
    ),
    (
        "I. HỒ SƠ\n1. Hồ sơ gồm:\n- Tờ trình;\n- Bản thuyết minh.\nLưu ý: nộp sớm.",
        "dossier",
        [{"object": "Tờ trình"}, {"object": "Bản thuyết minh"}],
        "items, not notes",
    ),
    ("I. HỒ SƠ\n1. Thành phần hồ sơ:\na) Tờ trình;\nb) Bản đồ.", "dossier", [{"object": "Tờ trình"}, {"object": "Bản đồ"}], "items with letters"),
    (
        "I. LỘ TRÌNH\n1. Giai đoạn 1 (từ 2023 đến 2025): mở lớp.",
        "phase",
        [{"object": "Giai đoạn 1", "action": "mở lớp", "due": "từ 2023 đến 2025"}],
        "name, span, content",
    ),
    ("I. CHỈ TIÊU\n1. Tỷ lệ hộ nghèo dưới 5%.", "target", [{"object": "Tỷ lệ hộ nghèo", "value": "dưới 5%"}], "the comparison belongs to the figure"),
    (
        "I. MỤC TIÊU\n1. Thu nhập bình quân đạt 65 triệu đồng/năm.",
        "target",
        [{"object": "Thu nhập bình quân", "value": "65 triệu đồng/năm"}],
        "a sum that is aimed at is no budget",
    ),
    ("I. NHIỆM VỤ\n1. Phấn đấu 60% hộ dùng nước sạch.", "target", [{"object": "hộ dùng nước sạch", "value": "60%"}], "what is measured stands behind"),
    (
        "I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, gồm ngân sách tỉnh 3 tỷ đồng và vốn vận động 2 tỷ đồng.",
        "budget",
        [
            {"object": "Tổng kinh phí", "value": "5 tỷ đồng"},
            {"object": "ngân sách tỉnh", "value": "3 tỷ đồng"},
            {"object": "vốn vận động", "value": "2 tỷ đồng"},
        ],
        "each sum with its label",
    ),
    ("I. KINH PHÍ\n1. Kinh phí lấy từ ngân sách nhà nước.", "budget", [{"value": "ngân sách nhà nước"}], "a source without a sum"),
    (
        "I. NHIỆM VỤ\n1. Sở Khoa học và Công nghệ (sau đây viết tắt là Sở KHCN) mở lớp chuyển đổi số (CĐS).",
        "definition",
        [{"object": "Sở KHCN", "value": "Sở Khoa học và Công nghệ"}, {"object": "CĐS", "value": "chuyển đổi số"}],
        "short forms, said and shown",
    ),
    ("I. NHIỆM VỤ\n1. Xã (NTM) mở lớp.", "definition", [], "letters that are not those of the words before"),
    (
        "I. NHIỆM VỤ\n1. Công nhận danh hiệu “Xã xanh” cấp tỉnh, “Thôn xanh”.",
        "title",
        [{"object": "Xã xanh", "level": "cấp tỉnh"}, {"object": "Thôn xanh"}],
        "titles in a row",
    ),
    (
        "I. CĂN CỨ\n1. Nghị định số 15/2018/NĐ-CP ngày 02/02/2018 của Chính phủ.",
        "legal_basis",
        [{"actor": "Chính phủ", "object": "Nghị định", "value": "15/2018/NĐ-CP", "due": "02/02/2018"}],
        "number, date and issuer",
    ),
    (
        "I. DANH MỤC\n| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn |\n|---|---|---|---|---|\n| 1 | Mở lớp | Sở Y tế | Sở Nội vụ, UBND cấp xã | Quý II/2025 |",
        "responsibility",
        [
            {"actor": "Sở Y tế", "role": "lead", "action": "Mở lớp"},
            {"actor": "Sở Nội vụ", "role": "coordinate", "action": "Mở lớp"},
            {"actor": "UBND cấp xã", "role": "coordinate", "action": "Mở lớp"},
        ],
        "a row of a table of tasks",
    ),
]


@pytest.mark.parametrize(("body", "kind", "expected", "why"), OTHERS)
def test_other_kinds(body: str, kind: FactKind, expected: list[dict[str, str]], why: str) -> None:
    assert [said(fact) for fact in facts(body, kind)] == expected, why


@pytest.mark.parametrize("unit", ["đề nghị các sở ", "gửi báo cáo về Sở Y tế trước ngày 10/6 ", "đạt 60% ", "trong vòng 5 ngày, "])
def test_an_endless_sentence_is_left_alone(unit: str) -> None:
    """Patterns over bodies and dues take quadratic time."""
    assert all(not facts(f"I. NHIỆM VỤ\n1. {unit * 4000}\n2. Khác.", kind) for kind in ("deadline", "reporting", "target"))


def sound(plan: Plan) -> None:
    """Every fact stands where it says, in the words that it says; the body may stand above."""
    for fact in plan.facts:
        section = plan.section(fact.section)
        assert section is not None
        assert fact.plan == plan.id
        paragraphs = [p for p in section.paragraphs if (p.bullet, p.first_line, p.last_line) == (fact.bullet, fact.first_line, fact.last_line)]
        assert any(fact.quote in paragraph.text for paragraph in paragraphs), fact
        quote = " ".join(fact.quote.split())
        printed = [getattr(fact, name) for name in TEXTS] + ([fact.due.text] if fact.due else [])
        assert all(" ".join(text.split()) in quote for text in printed), fact
        lineage = [other for other in plan.sections if fact.section == other.address or fact.section.startswith(f"{other.address}.")]
        above = [p.text for other in lineage for p in other.paragraphs if p.first_line <= fact.first_line]
        assert any(fact.actor in " ".join(text.split()) for text in (quote, *section.path, *above)), fact
    assert plan.facts == facts_of(plan), "the same facts every time"
    assert len(plan.facts) == len(set(plan.facts)), "nothing twice"
    order = [(next(i for i, section in enumerate(plan.sections) if section.address == fact.section), fact.first_line) for fact in plan.facts]
    assert order == sorted(order), "in document order"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_facts_stand_in_their_sections(path: Path) -> None:
    plan = parse(read(path))
    assert {"deadline", "reporting", "responsibility"} <= {fact.kind for fact in plan.facts}
    sound(plan)


@pytest.mark.shared
def test_facts_of_real_plans_stand_in_their_sections() -> None:
    for path in sorted(shared_path("plans").glob("*.txt")):
        sound(parse(read(path)))


def test_the_quarters_that_a_clause_names_are_the_only_ones() -> None:
    """ "Tháng cuối quý" alone is that of every quarter."""
    found = facts("I. NHIỆM VỤ\n1. Trong quý I và quý III, các xã nhập số liệu trước ngày 20 của tháng cuối quý.\n2. Khác.", "deadline")
    assert [(fact.due.date, fact.due.every) for fact in found if fact.due] == [(Date(month=3, day=20), "year"), (Date(month=9, day=20), "year")]
