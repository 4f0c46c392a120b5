"""A conversation as markdown and as a Word file that LibreOffice opens."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from prerequisites import missing

from xhht_qa import messages
from xhht_qa.export import Block, blocks, markdown, word
from xhht_qa.store import Exchange
from xhht_qa.types import Answer, Citation, Metadata, Plan

NOW = datetime(2026, 11, 5, 8, 5, tzinfo=UTC)
CITED = Citation(
    1, "doi-may", "Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây", "III.5.3.a", None, "điểm a khoản 5.3 mục 5 phần III", ("III. X",),
    "a) Gửi báo cáo trước ngày 15/6/2025.\n- Bản giấy;\n- Bản điện tử.", 218, 220, 4,
)  # fmt: skip
OTHER = replace(CITED, marker=2, plan="khe-moc", plan_title="Kế hoạch của UBND huyện Khe Mộc", label="phụ lục 1", quote="1 | Họp | Tháng 7", page=None)
PLANS = {
    "d1": Plan("doi-may", CITED.plan_title, "", "d1", Metadata(number="12/KH-UBND", date="20/1/2025"), ()),
    "d2": Plan("khe-moc", OTHER.plan_title, "", "d2", Metadata(number="/KH-UBND", date="/3/2025"), ()),
}
TABLE = "Đối chiếu giữa các kế hoạch:\n\n| Kế hoạch | Nội dung |\n| --- | --- |\n| Kế hoạch A | Họp \\| gặp **quý I** [1] |\n| Kế hoạch B | không nêu |\n"
LIST = "Có 2 mục được liệt kê:\n- Mở lớp <b>học</b> [1]\n  - Lớp một\n- Mở *thư viện* [tại xã](http://x)"


def exchange(question: str, text: str, *citations: Citation, understood: str = "") -> Exchange:
    answer = Answer("a", question, understood or question, "answered", text, citations)
    return Exchange(1, question, NOW, answer, "b", {"doi-may": "d1", "khe-moc": "d2"})


EXCHANGES = [
    exchange("Khi nào gửi báo cáo?", "Trước ngày **15/6/2025**. [1]", CITED),
    exchange("so sánh <script>\nhai kế hoạch?", TABLE, CITED, OTHER, understood="So sánh hai kế hoạch Đồi Mây và Khe Mộc?"),
    exchange("# Liệt kê?", LIST, CITED),
    Exchange(9, "Câu cuối?", NOW),
]


@pytest.mark.parametrize(
    ("answer", "expected", "why"),
    [
        ("Một.\nHai.", [Block("Một."), Block("Hai.")], "two paragraphs"),
        ("Có:\n- a\n  - b\n- c", [Block("Có:"), Block("a", 1), Block("b", 2), Block("c", 1)], "a list in a list"),
        ("| A | B |\n| --- | --- |\n| 1 \\| 2 | |\nHết.", [Block(rows=(("A", "B"), ("1 | 2", ""))), Block("Hết.")], "a bar inside a cell"),
        ("\n\n", [], "nothing"),
    ],
)
def test_blocks(answer: str, expected: list[Block], why: str) -> None:
    assert list(blocks(answer)) == expected, why


@pytest.mark.parametrize(
    ("label", "title", "number", "date", "page", "expected"),
    [
        ("điểm a phần I", "Kế hoạch số 12/KH-A của B", "12/KH-A", "20/1/2025", None, "Điểm a phần I Kế hoạch số 12/KH-A ngày 20/1/2025 của B: “Q”"),
        ("phần I", "Kế hoạch của B", "/KH-A", "/3/2025", 4, "Phần I Kế hoạch của B tháng 3/2025 (trang 4): “Q”"),
        ("phụ lục", "Kế hoạch số 12/KH-A của B", "12/KH-A", "", None, "Phụ lục Kế hoạch số 12/KH-A của B: “Q”"),
        ("phụ lục", "Kế hoạch “tệp”", "", "/2025", None, "Phụ lục Kế hoạch “tệp” năm 2025: “Q”"),
    ],
)
def test_a_quotation_names_its_place_as_documents_do(label: str, title: str, number: str, date: str, page: int | None, expected: str) -> None:
    assert messages.quotation(label, title, number, date, page, "Q") == expected


def test_markdown() -> None:
    text = markdown("Báo cáo", EXCHANGES, PLANS, NOW)
    assert text.startswith("# Báo cáo\n\n*Hội thoại gồm 4 câu hỏi, xuất lúc 8 giờ 05 phút ngày 05/11/2026.*\n\n## Câu hỏi 1. Khi nào gửi báo cáo?\n\n")
    assert (
        "Trước ngày **15/6/2025**. [1]\n\n### Trích dẫn\n\n[1] Điểm a khoản 5.3 mục 5 phần III Kế hoạch số 12/KH-UBND ngày 20/1/2025 của UBND huyện Đồi Mây (trang 4): “a) Gửi"
        in text
    )
    assert "[2] Phụ lục 1 Kế hoạch của UBND huyện Khe Mộc tháng 3/2025: “1 | Họp | Tháng 7”" in text
    assert "## Câu hỏi 2. so sánh \\<script> hai kế hoạch?\n\n*Hiểu là: So sánh hai kế hoạch Đồi Mây và Khe Mộc?*" in text
    assert "\n\n| Kế hoạch | Nội dung |\n| --- | --- |\n| Kế hoạch A | Họp \\| gặp **quý I** [1] |\n" in text
    assert "\n\n- Mở lớp \\<b>học\\</b> [1]\n  - Lớp một\n- Mở \\*thư viện\\* \\[tại xã](http://x)\n" in text, "what is no mark of ours is none"
    assert "## Câu hỏi 4. Câu cuối?\n\n*Câu hỏi này chưa được trả lời.*" in text


@pytest.mark.parametrize(("text", "links"), [("[1](http://x)", 0), ("[1]: http://x", 0), ("[1] [2]", 0), ("![a](http://x)", 0), ("<http://x>", 0)])
def test_no_text_becomes_a_link(text: str, links: int) -> None:
    written = markdown("", [exchange("Hỏi?", text)], {}, NOW)
    assert len(re.findall(r"(?<!\\)\[[^\]\\]*\](?:[(:\[])|(?<!\\)<", written)) == links


def test_a_plan_that_has_gone_is_cited_without_its_date() -> None:
    assert "phần III Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây (trang 4): “" in markdown("", EXCHANGES[:1], {}, NOW)


def test_the_word_file_is_an_official_page() -> None:
    document = docx.Document(io.BytesIO(word("Báo cáo", EXCHANGES, PLANS, NOW)))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert used == {"Title", "Subtitle", "Heading 1", "Heading 2", "Normal", "List Bullet", "List Bullet 2", "Quote"}
    for name in ("Normal", "Title", "Heading 1", "Quote"):
        font = document.styles[name].font  # type: ignore[attr-defined]
        assert font.name == "Times New Roman"
        assert font.size.pt in (13, 14, 16)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Kế hoạch", "Nội dung"], ["Kế hoạch A", "Họp | gặp quý I [1]"], ["Kế hoạch B", "không nêu"],
    ]  # fmt: skip
    assert [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold] == ["15/6/2025"]
    assert (document.core_properties.title, document.core_properties.author, document.core_properties.language) == ("Báo cáo", "", "vi-VN")


def test_signs_that_no_word_file_may_hold_are_left_out() -> None:
    given = [exchange("Ai\x00 \x0b gửi\ufffe?", "Xã \x1f gửi. [1]", replace(CITED, quote="Xã\x02 gửi"))]
    document = docx.Document(io.BytesIO(word("T\x01", given, PLANS, NOW)))
    assert [paragraph.text for paragraph in document.paragraphs if "gửi" in paragraph.text][1] == "Xã  gửi. [1]"


@pytest.fixture
def by_libreoffice(tmp_path: Path) -> Callable[[str], Path]:
    """Converts the Word file of the conversation."""
    if shutil.which("soffice") is None:
        missing("LibreOffice is not installed")
    (tmp_path / "kept.docx").write_bytes(word("Báo cáo", EXCHANGES, PLANS, NOW))

    def convert(kind: str) -> Path:
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "kept.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return tmp_path / f"kept.{kind[:3]}"

    return convert


def test_libreoffice_shows_all_of_it(by_libreoffice: Callable[[str], Path]) -> None:
    shown = "".join(by_libreoffice("txt:Text (encoded):UTF8").read_text(encoding="utf-8").split())
    expected = [
        "Báo cáo", "Hội thoại gồm 4 câu hỏi", "Câu hỏi 1. Khi nào gửi báo cáo?", "Trước ngày 15/6/2025. [1]", "Trích dẫn", "Câu hỏi này chưa được trả lời.",
        "[1] Điểm a khoản 5.3 mục 5 phần III Kế hoạch số 12/KH-UBND ngày 20/1/2025 của UBND huyện Đồi Mây (trang 4): “a) Gửi báo cáo trước ngày 15/6/2025.",
        "- Bản giấy;", "- Bản điện tử.”", "Hiểu là: So sánh hai kế hoạch", "Họp | gặp quý I [1]", "không nêu", "Mở lớp <b>học</b> [1]", "Lớp một", messages.CHECK_ORIGINAL,
    ]  # fmt: skip
    assert [words for words in expected if "".join(words.split()) not in shown] == []


def test_it_is_printed_on_a4(by_libreoffice: Callable[[str], Path]) -> None:
    with pypdfium2.PdfDocument(by_libreoffice("pdf")) as printed:
        assert [[round(size / 72 * 25.4) for size in page.get_size()] for page in printed] == [[210, 297]] * 2
        # A machine without Times New Roman prints other letters; figures are in every font.
        assert "15/6/2025" in printed[0].get_textpage().get_text_range()
