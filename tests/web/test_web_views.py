"""The views over the sample plans: what they show, filter, give away and refuse."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook
from prerequisites import ROOT
from selectolax.lexbor import LexborHTMLParser, LexborNode
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.parse import parse
from ingest.read import read_text
from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.engine import Engine
from xhht_qa.index import open_index
from xhht_qa.settings import Settings
from xhht_qa.types import Paragraph, Plan, Section
from xhht_qa.views.comparison import row
from xhht_qa.views.documents import level_of
from xhht_qa.views.map import NARROW, WIDE, Size, drawn
from xhht_qa.views.names import grouped
from xhht_qa.views.pairing import Side
from xhht_qa.views.table import Table

IN_SEPTEMBER = (
    r"^(?:Tuần (?:\d\d/08 – )?\d\d/09|\d\d/0[5-9](?:/2025)? – \d\d/(?:09|1\d)/2025|(?:\d\d/0|Tháng )9/2025|Quý III/2025|Tháng \d/2025 – tháng (?:9|1\d)/2025)"
)
VIEWS = ("thoi-han", "dau-moi", "tieu-chi", "so-sanh", "van-ban")
PROVINCE, DISTRICT, SCHOOLS, SAFETY = "ubnd-tinh-lamkhe-cds", "ubnd-huyen-suoimay-cds", "so-gddt-hoaikhe-xhht", "chicuc-attp-vanchau"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder, encoder = tmp_path_factory.mktemp("views") / "index", ToyEncoder()
    build([ROOT / "ingest" / "plans"], folder, encoder)
    return Engine(open_index(folder, encoder.name), encoder, Settings(index_dir=folder))


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine, engine.settings)) as opened:
        yield opened


def page(client: TestClient, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def words(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def rows(client: TestClient, address: str) -> list[str]:
    return [words(found) for found in page(client, address).css("table.sheet tbody tr")]


@pytest.mark.parametrize(
    ("address", "expected", "link", "why"),
    [
        (f"/thoi-han?ke_hoach={PROVINCE}&ngay=2025-06-01", "08/12/2025", f"/doc/{PROVINCE}#IV.2.b", "a day as printed"),
        (f"/thoi-han?ke_hoach={SCHOOLS}&ngay=2025-06-01", "Quý IV/2027", f"/doc/{SCHOOLS}#IV.1", "a quarter stays a quarter"),
        (f"/thoi-han?ke_hoach={DISTRICT}&ngay=2025-06-01", "Tháng 6/2025", f"/doc/{DISTRICT}#phu-luc", "a month stays a month"),
        (f"/thoi-han?ke_hoach={SAFETY}&ngay=2025-06-26", "25/09/2025", f"/doc/{SAFETY}#C.1", "what recurs stands with its next time"),
        (f"/thoi-han?ke_hoach={SAFETY}&ngay=26/6/2025", "25/09/2025", f"/doc/{SAFETY}#C.1", "a day as people write it"),
        (f"/thoi-han?ke_hoach={SAFETY}&ngay=2025-06-26", "kể từ ngày nhận đủ hồ sơ", f"/doc/{SAFETY}#B.III.2", "what is counted from an event keeps it"),
        ("/thoi-han?co_quan=van%20phong%20so", "Văn phòng Sở", "#", "an agency without accents"),
        (f"/dau-moi?ke_hoach={SAFETY}", "Sở Y tế và Cục An toàn thực phẩm", f"/doc/{SAFETY}#C.3", "who is reported to"),
        ("/tieu-chi?tim=ca%20nhan", "sáng kiến", f"/doc/{SCHOOLS}#III.1.2", "criteria of a subject"),
        ("/van-ban?tim=152/KH", "Cải cách hành chính", "/doc/so-noi-vu-lamkhe-cchc", "a plan by its number"),
        (f"/so-sanh?mot={PROVINCE}&hai={DISTRICT}", "30/11/2025", f"/doc/{DISTRICT}#II", "two plans side by side"),
    ],
)
def test_a_view_states_what_the_plan_does_and_links_to_it(client: TestClient, address: str, expected: str, link: str, why: str) -> None:
    main = page(client, address).css_first("main")
    assert main is not None
    holders = [node for node in main.css("tr, article") if expected in words(node)]
    assert holders, why
    links = [target for node in holders for found in node.css("a") if (target := found.attributes["href"])]
    assert any(link in target for target in links), why


def test_every_link_of_a_view_leads_somewhere(client: TestClient, engine: Engine) -> None:
    for address in ("/thoi-han", "/dau-moi", "/tieu-chi", "/van-ban", f"/so-sanh?mot={PROVINCE}&hai={DISTRICT}"):
        for found in page(client, address).css("main a"):
            target = found.attributes["href"] or ""
            plan, _, section = target.removeprefix("/doc/").partition("#") if target.startswith("/doc/") else ("", "", "")
            if section:
                assert f'id="{unquote(section)}"' in client.get(f"/doc/{plan}").text, target
            elif not target.startswith("/chat"):
                assert client.get(f"{address.partition('?')[0]}{target}" if target.startswith("?") else target).status_code == 200, target


@pytest.mark.parametrize(
    ("address", "every", "why"),
    [
        (f"/thoi-han?ke_hoach={PROVINCE}", "UBND tỉnh Lam Khê", "one plan"),
        ("/thoi-han?co_quan=van+phong+so", "Văn phòng Sở", "one agency, as actor or recipient"),
        ("/thoi-han?co_quan=VP+S%E1%BB%9F", "Văn phòng Sở", "one agency by its short form"),
        ("/dau-moi?co_quan=TT+Y+t%E1%BA%BF", "Trung tâm Y tế", "one agency, half of it in short"),
        ("/thoi-han?thang=2025-09&ngay=2025-01-01", IN_SEPTEMBER, "one month, what recurs with its time in it"),
        ("/thoi-han?thang=9/2025&ngay=2025-01-01", IN_SEPTEMBER, "a month as people write it"),
        ("/thoi-han?tinh_trang=da-qua&ngay=2025-06-01", "đã qua", "what is past"),
        ("/thoi-han?tinh_trang=sap-toi&ngay=2025-06-01", "òn|tuần sau", "what is ahead"),
        ("/dau-moi?co_quan=Trung+t%C3%A2m+Y+t%E1%BA%BF", "Trung tâm Y tế", "one agency"),
        ("/van-ban?cap=huyen", "Cấp huyện", "one level"),
        ("/van-ban?nam=2028", "2030", "a year within a span"),
        ("/van-ban?co_quan=so+noi+vu", "Sở Nội vụ", "one issuer"),
        (f"/so-sanh?mot={PROVINCE}&hai={DISTRICT}&loai=giong", "Giống nhau", "what is alike"),
    ],
)
def test_a_filter_leaves_what_it_names_and_nothing_else(client: TestClient, address: str, every: str, why: str) -> None:
    shown, unfiltered = rows(client, address), rows(client, address.partition("&" if address.startswith("/so-sanh") else "?")[0])
    assert shown, why
    assert [found for found in shown if not re.search(every, found)] == [], why
    if not address.startswith("/so-sanh"):
        assert len(shown) < len(unfiltered), why


@pytest.mark.parametrize(
    ("day", "week", "left", "why"),
    [
        ("2025-06-04", "Tuần 02/06 – 08/06/2025", "trong tuần này", "no day of the week is printed, so none is counted to"),
        ("2025-06-07", "Tuần 09/06 – 15/06/2025", "tuần sau", "its Friday is over"),
        ("2024-06-04", "Tuần", "còn", "the plan has not begun"),
    ],
)
def test_a_week_is_counted_in_weeks(client: TestClient, day: str, week: str, left: str, why: str) -> None:
    weekly = [found for found in rows(client, f"/thoi-han?ke_hoach={PROVINCE}&ngay={day}") if "hằng tuần" in found]
    assert weekly, why
    assert all(found.startswith(week) and left in found for found in weekly), why


@pytest.mark.parametrize(
    ("day", "left", "why"),
    [
        ("2025-05-01", messages.days_left(60), "a month that is ahead is counted to its last day"),
        ("2025-06-10", messages.under_way(20), "and so is the month of today"),
        ("2025-06-30", messages.under_way(0), "its last day"),
        ("2025-07-01", messages.days_ago(1), "over"),
    ],
)
def test_a_month_is_counted_to_its_end(client: TestClient, day: str, left: str, why: str) -> None:
    monthly = [found for found in rows(client, f"/thoi-han?ke_hoach={DISTRICT}&ngay={day}") if found.startswith("Tháng 6/2025") and "hằng tháng" not in found]
    assert monthly, why
    assert [found for found in monthly if left not in found.lower()] == [], why


def test_a_file_is_shown_under_its_own_format(client: TestClient, engine: Engine) -> None:
    shown = {plan: next(found for found in rows(client, "/van-ban") if engine.plans[plan].title in found) for plan in (PROVINCE, SCHOOLS)}
    assert "(TXT)" in shown[PROVINCE]
    assert "(MD)" in shown[SCHOOLS]


def test_what_was_asked_for_stays_in_the_form(client: TestClient) -> None:
    form = page(client, f"/thoi-han?ke_hoach={PROVINCE}&co_quan=S%E1%BB%9F&thang=2025-06&ngay=2025-06-01").css_first("form.filters")
    assert form is not None
    chosen = {select.attributes["name"]: option.attributes["value"] for select in form.css("select") for option in select.css("option[selected]")}
    typed = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")}
    assert chosen | typed == {"ke_hoach": PROVINCE, "thang": "2025-06", "co_quan": "Sở", "ngay": "2025-06-01"}


@pytest.mark.parametrize(
    "query", ["", f"?ke_hoach={PROVINCE}&ngay=2025-06-01", "?co_quan=van+phong+so&thang=2025-09", "?tinh_trang=da-qua&ngay=2025-06-01", "?co_quan=khong+co"]
)
def test_the_files_hold_what_the_page_shows(client: TestClient, query: str) -> None:
    first, second = (page(client, f"/thoi-han{query}{'&' if query else '?'}trang={number}") for number in (1, 2))
    shown = first.css("table.sheet tbody tr")
    if first.css_first("nav[aria-label='Dòng, theo trang']"):
        shown += second.css("table.sheet tbody tr")
    table = csv_of(client, f"/thoi-han.csv{query}")
    assert len(table) == len(shown) + 1
    for node, cells in zip(shown, table[1:], strict=True):
        day, left, _, agency, task, recipient, plan, label = cells
        for cell in (day, left, agency, task, recipient, plan, label):
            assert " ".join(cell.split()).lower() in words(node).lower()
    days = client.get(f"/thoi-han.ics{query}")
    assert days.headers["content-type"].startswith("text/calendar")
    assert len(Calendar.from_ical(days.content).walk("VEVENT")) == sum(bool(cells[0]) for cells in table[1:]), "a calendar holds what has a day"


@pytest.mark.parametrize("view", ["thoi-han", "dau-moi", "tieu-chi", "van-ban"])
def test_both_tables_hold_the_same(client: TestClient, view: str) -> None:
    table = csv_of(client, f"/{view}.csv")
    response = client.get(f"/{view}.xlsx")
    assert response.headers["content-disposition"] == f'attachment; filename="{view}.xlsx"'
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert [[cell.value or "" for cell in line] for line in sheet.iter_rows()] == [[cell.removeprefix("'") for cell in line] for line in table]
    assert sheet.freeze_panes == "A2"


def csv_of(client: TestClient, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("thoi-han?ngay=31/6/2025", messages.wrong_day("31/6/2025")),
        ("thoi-han?ngay=2025-13-01", messages.wrong_day("2025-13-01")),
        ("thoi-han?ngay=6/2025", messages.wrong_day("6/2025")),
        ("thoi-han?ngay=%00%0A", ""),
        ("thoi-han?thang=13/2025", messages.wrong_month("13/2025")),
        ("thoi-han?thang=%D9%A3/2025", messages.wrong_month("٣/2025")),
        ("thoi-han?thang=0001-01", messages.wrong_month("0001-01")),
        ("thoi-han?nam=99999", messages.wrong_year("99999")),
        ("thoi-han?nam=2099", ""),
        ("thoi-han?tinh_trang=%27%20OR%201=1", messages.unknown_choice("&#39; OR 1=1")),
        ("thoi-han?ke_hoach=../../etc/passwd", messages.unknown_plan("../../etc/passwd")),
        ("thoi-han.csv?ke_hoach=x", messages.unknown_plan("x")),
        ("thoi-han.ics?ngay=x", messages.wrong_day("x")),
        ("dau-moi?ke_hoach=%3Cscript%3E", messages.unknown_plan("&lt;script&gt;")),
        ("dau-moi?co_quan=" + "x" * 201, messages.long_value(200)),
        ("tieu-chi?loai=x&loai=y", messages.unknown_choice("y")),
        ("so-sanh?mot=x&hai=y", messages.unknown_plan("x")),
        (f"so-sanh?mot={PROVINCE}&hai={PROVINCE}", messages.SAME_PLAN_TWICE),
        ("van-ban?cap=x", messages.unknown_choice("x")),
        ("van-ban?nam=-1", messages.wrong_year("-1")),
        ("van-ban?tim=%FF%FE&la=gi", ""),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(client: TestClient, query: str, sentence: str) -> None:
    response = client.get(f"/{query}")
    assert response.status_code == (400 if sentence else 200)
    assert "text/html" in response.headers["content-type"]
    text = response.text.replace("&#34;", '"')
    assert sentence in text
    if sentence:
        assert [words(found) for found in LexborHTMLParser(text).css("main p")][1:] == ["Mở lại trang này không lọc"]


@pytest.mark.parametrize("view", VIEWS)
def test_typed_markup_is_text(client: TestClient, view: str) -> None:
    typed = '"><script>alert(1)</script>'
    response = client.get(f"/{view}", params={"tim": typed, "co_quan": typed, "la": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    ("address", "words_said"),
    [
        ("/thoi-han?co_quan=zzz", "bỏ lọc"),
        ("/dau-moi?co_quan=zzz", "bỏ lọc"),
        ("/tieu-chi?tim=zzz", "bỏ lọc"),
        ("/van-ban?tim=zzz", "bỏ lọc"),
        ("/so-sanh", "chọn hai kế hoạch"),
    ],
)
def test_an_empty_view_says_what_to_do(client: TestClient, address: str, words_said: str) -> None:
    assert words_said in words(page(client, address).css_first(".empty"))


@pytest.mark.parametrize("address", [*(f"/{view}" for view in VIEWS), f"/doc/{PROVINCE}", "/khong-co", "/thoi-han?ngay=x"])
def test_every_page_links_to_the_others_below_its_root(engine: Engine, address: str) -> None:
    with TestClient(create_app(engine, engine.settings), root_path="/cong/tro-ly") as below:
        text = below.get(f"/cong/tro-ly{address}").text
    parsed = LexborHTMLParser(text)
    assert [(link.attributes["href"], words(link)) for link in parsed.css("header.site a")] == [
        (f"/cong/tro-ly/{target}", name) for target, name in messages.PAGES
    ]
    current = [words(link) for link in parsed.css("header.site [aria-current=page]")]
    name = dict(messages.PAGES).get(address.partition("?")[0].lstrip("/"))
    assert current == ([name] if name else [])
    assert re.findall(r'(?:href|src|action)="(/(?!cong/tro-ly/)[^"]*)"', text) == []
    skip = parsed.css_first("a.skip")
    assert skip is not None
    assert parsed.css_first(skip.attributes["href"] or "") is not None


class Over(Engine):
    """An engine that only holds plans; it is asked nothing."""

    def __init__(self, *plans: Plan) -> None:
        self._held, self.settings = {plan.id: plan for plan in plans}, Settings()

    @property
    def plans(self) -> Mapping[str, Plan]:
        return self._held

    def agency(self, name: str) -> str:
        return name


def test_markup_in_a_plan_is_text() -> None:
    text = (
        "UBND HUYỆN <b>MÂY</b>\nKẾ HOẠCH\n<script>alert(1)</script> năm 2025\n\nI. BÁO CÁO <img src=x onerror=alert(2)>\n"
        "1. Phòng Nội vụ gửi báo cáo quý về UBND huyện <i>Mây</i> trước ngày 05/12/2025.\n2. Hết <b>rồi</b>.\n"
    )
    evil = Over(parse(read_text("evil.txt", text)), parse(read_text("other.txt", text.replace("05/12", "06/12"))))
    with TestClient(create_app(evil, evil.settings)) as client:
        for address in (*VIEWS, "so-sanh?mot=evil&hai=other"):
            text = client.get(f"/{address}").text
            assert not re.search(r"<(?:script>alert|img|[bi]>)", text), address
            assert "&lt;script&gt;" in text or address == "so-sanh?mot=evil&hai=other", address
        for address in ("thoi-han", "dau-moi", "so-sanh?mot=evil&hai=other"):
            assert "&lt;i&gt;" in client.get(f"/{address}").text


def test_no_cell_of_a_file_is_calculated() -> None:
    table = Table("Bảng", ("A", "B"), (("=1+1", "-2"), ("@x", "\x00\x1b\r")))
    sheet = load_workbook(io.BytesIO(table.as_xlsx())).active
    assert sheet is not None
    assert [cell.data_type for line in sheet.iter_rows() for cell in line] == ["s"] * 6
    assert [line[0][:1] for line in csv.reader(io.StringIO(table.as_csv().decode("utf-8-sig")))] == ["A", "'", "'"]


def test_an_empty_catalogue_says_so() -> None:
    with TestClient(create_app(Over(), Settings())) as client:
        for view in VIEWS:
            assert page(client, f"/{view}").css_first(".empty") is not None, view


@pytest.mark.parametrize(
    ("printed", "name", "why"),
    [
        ("Sở KHCN", "Sở Khoa học và Công nghệ", "initials that the plans spell out"),
        ("Phòng VHKHTT", "Phòng Văn hóa, Khoa học và Thông tin", "also of a long name"),
        ("UBND tỉnh", "UBND tỉnh", "a name with one form"),
        ("Tổ hòa giải", "Tổ hòa giải", "a name that no plan knows"),
    ],
)
def test_an_agency_has_one_name(engine: Engine, printed: str, name: str, why: str) -> None:
    assert engine.agency(printed) == name, why


def test_forms_of_a_name_are_one_group() -> None:
    names = grouped(["TRUNG TÂM Y TẾ", "Trung tâm Y tế", "các phòng", "Các phòng", "các các phòng", "Uỷ ban nhân dân xã", "UBND xã"], lambda name: name)
    assert set(names.values()) == {"Trung tâm Y tế", "Các phòng", "UBND xã"}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_map_draws_each_pair_once_and_no_box_over_another(size: Size) -> None:
    found = drawn([("A", "X"), ("A", "X"), ("B", "X"), ("C", "Y " * 15), ("A", "Một tên cơ quan rất dài cần được chia thành nhiều dòng")], size)
    assert {(link.sender.name, link.receiver.name[:1]): link.count for link in found.links} == {("A", "X"): 2, ("B", "X"): 1, ("C", "Y"): 1, ("A", "M"): 1}
    for column in (found.senders, found.receivers):
        for upper, lower in itertools.pairwise(column):
            assert upper.y + upper.height < lower.y
        assert all(node.x >= 0 and node.x + node.width <= size.width and node.y + node.height <= found.height for node in column)
    assert max(len(line) for node in found.receivers for line in node.lines) <= size.letters


def side(*paragraphs: str) -> Side:
    section = Section("I", None, "phần I", "T", False, ("I. T",), tuple(Paragraph(text, "", 1, 1) for text in paragraphs), 1, 1)
    return Side(Plan("p", "P", "", "", None, (section,)), section)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "note", "marked", "why"),
    [
        ("1. Gửi báo cáo", "2. Gửi báo cáo", "Giống nhau", [], "the printed number is no difference"),
        ("1. Gửi trước ngày 15/6/2025", "1. Gửi trước ngày 20/6/2025", "Khác số liệu", ["15/6/2025"], "a date"),
        ("1. Mở 05 lớp", "1. Mở 5 lớp", "Khác lời văn", ["05"], "a leading zero is no other number"),
        ("1. Đạt 85% số hộ", "1. Đạt 90% số hộ", "Khác số liệu", ["85%"], "a share"),
        ("1. Sở chủ trì gửi báo cáo năm", "1. Phòng chủ trì gửi báo cáo năm", "Khác lời văn", ["Sở"], "a word of texts that are nearly alike"),
        ("1. Tổ chức hội nghị tổng kết", "1. Rà soát văn bản cũ", "Khác lời văn", [], "words of other texts are not marked one by one"),
        ("1. Chi 1.000.000 đồng", "1. Chi 2.000.000 đồng", "Khác số liệu", ["1.000.000"], "a sum is one value"),
    ],
)
def test_what_differs_is_marked(left: str, right: str, note: str, marked: list[str], why: str) -> None:
    found = row(side(left), side(right))
    assert found.left is not None
    assert found.note == note, why
    assert [piece.text.strip() for paragraph in found.left.paragraphs for piece in paragraph if piece.mark] == marked, why
    assert "".join(piece.text for paragraph in found.left.paragraphs for piece in paragraph) == left[3:], "nothing is lost"


def test_every_section_of_both_plans_is_shown_once(client: TestClient, engine: Engine) -> None:
    shown = page(client, f"/so-sanh?mot={PROVINCE}&hai={DISTRICT}").css("table.pairs tbody a.place")
    links = [link.attributes["href"] for link in shown]
    assert len(links) == len(set(links))
    text = words(page(client, f"/so-sanh?mot={PROVINCE}&hai={DISTRICT}").css_first("table.pairs"))
    for plan in (PROVINCE, DISTRICT):
        missing = [
            section.address
            for section in engine.plans[plan].sections
            if section.is_numbered and " ".join(section.paragraphs[-1].text.split())[8:40] not in text
        ]
        assert missing == []


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("UBND tỉnh A", "tinh"),
        ("Sở Lao động - Thương binh và Xã hội tỉnh A", "tinh"),
        ("Phòng Văn hóa - Xã hội quận B", "huyen"),
        ("UBND xã C, huyện B", "xa"),
        ("Huyện ủy B", "huyen"),
        ("Ban Quản lý các khu công nghiệp", "don-vi"),
        ("Bộ Phát triển miền núi", "trung-uong"),
        ("", "don-vi"),
    ],
)
def test_level_of(issuer: str, level: str) -> None:
    assert level_of(issuer) == level


def test_warnings_are_told_in_vietnamese(engine: Engine) -> None:
    warnings = [warning for plan in engine.plans.values() for warning in plan.warnings]
    assert warnings
    told = [
        messages.reading_warning(warning)
        for warning in (*warnings, "each of pages 1-2, 4 is a picture and was read by OCR; compare numbers and dates with the page")
    ]
    assert "Trang 1-2, 4 là ảnh" in told[-1]
    assert not [sentence for sentence in (*told, messages.reading_warning("something new")) if re.search(r"\b(?:the|is|was|page)\b", sentence)]
