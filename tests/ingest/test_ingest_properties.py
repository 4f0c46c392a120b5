"""What holds for outlines that nobody thought of: generated ones are found again, and no lines break the parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import chunks_within_sections, outline_sound, text_rebuilt_from_chunks

from ingest.chunks import chunk
from ingest.outline import parse_outline
from ingest.parse import parse
from ingest.read import read, read_text
from xhht_qa.errors import ReadError
from xhht_qa.types import Document, Line

POINTS = "abcdđeghiklmnopq"
ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
TEXTS = st.sampled_from(
    [
        "Mở lớp buổi tối ở xã.",
        "Sở Nội vụ tổng hợp, báo cáo trước ngày 15/6.",
        "Mục tiêu",
        "Thư viện mở cửa cả tuần; trường học cho mượn bàn.",
        "1.500 cuốn sách.",
    ]
)


@dataclass
class Item:
    """A numbered item as it is printed, with what stands in it."""

    text: str
    bullets: list[str]
    children: list[Item] = field(default_factory=list)


def trees(depth: int) -> st.SearchStrategy[list[Item]]:
    children = trees(depth - 1) if depth > 1 else st.just([])
    return st.lists(st.builds(Item, TEXTS, st.lists(TEXTS, max_size=2), children), max_size=4)


def printed(items: list[Item], forms: list[str], address: str = "", figures: str = "") -> Iterator[tuple[str, str]]:
    """(line, address that it opens) of a tree whose levels are numbered in the given forms."""
    form = forms[0] if forms else ""
    for number, item in enumerate(items, start=1):
        decimal = f"{figures}.{number}" if figures else str(number)
        marker, token = {
            "I.": (f"{ROMANS[number - 1]}.", ROMANS[number - 1]),
            "A.": (f"{'ABCDE'[number - 1]}.", "ABCDE"[number - 1]),
            "Phần": (f"Phần {ROMANS[number - 1]}.", f"P{number}"),
            "Mục": (f"Mục {number}.", str(number)),
            "1.": (f"{number}.", str(number)),
            "1)": (f"{number})", str(number)),
            "1.1": (f"{decimal}.", str(number)),
            "a)": (f"{POINTS[number - 1]})", POINTS[number - 1]),
        }[form]
        own = f"{address}.{token}" if address else token
        yield f"{marker} {item.text}", own
        yield from ((f"- {bullet}", "") for bullet in item.bullets)
        yield from printed(item.children, forms[1:], own, decimal if form in ("1.", "1.1", "Mục") else "")


FORMS = st.sampled_from(
    [
        ["I.", "1.", "1.1", "a)"],
        ["I.", "1.", "a)", "1)"],
        ["I.", "a)"],
        ["A.", "I.", "1.", "a)"],
        ["Phần", "I.", "1.", "a)"],
        ["Mục", "1.1", "a)"],
        ["1.", "1.1", "1.1", "a)"],
    ]
)


@given(FORMS.flatmap(lambda forms: st.tuples(st.just(forms), trees(len(forms)))))
@settings(max_examples=150, deadline=None)
def test_a_generated_outline_is_found_again(case: tuple[list[str], list[Item]]) -> None:
    forms, items = case
    lines = [("KẾ HOẠCH", "mo-dau"), ("Học tập suốt đời", ""), *printed(items, forms)]
    document = Document("p", "p.txt", "", tuple(Line(number, text) for number, (text, _) in enumerate(lines, start=1)))
    sections, warnings = parse_outline(document.lines)
    assert [section.address for section in sections] == [address for _, address in lines if address]
    assert warnings == ()
    outline_sound(document, sections)


PIECES = st.sampled_from(
    [
        *(
            "I.",
            "II. ",
            "C. ",
            "V. ",
            "X. ",
            "A. ",
            "B. ",
            "Đ. ",
            "1. ",
            "2. ",
            "12. ",
            "1) ",
            "(2) ",
            "1.1. ",
            "2.1 ",
            "1.2.3 ",
            "a) ",
            "b) ",
            "đ) ",
            "i) ",
            "ii) ",
            "c. ",
        ),
        *(
            "- ",
            "+ ",
            "* ",
            "• ",
            "– ",
            "Phần thứ nhất",
            "Phần II. ",
            "Chương I",
            "Chương II. ",
            "Mục 1. ",
            "Mục 2. ",
            "Điều 1. ",
            "Điều 2. ",
            "PHỤ LỤC",
            "Phụ lục 2",
        ),
        *(
            "KẾ HOẠCH",
            "Nơi nhận:",
            "TM. ỦY BAN NHÂN DÂN",
            "Lưu ý: ",
            "Trên đây là Kế hoạch./.",
            "Số: /KH-UBND",
            "| a | b |",
            "| |",
            "---",
            "**",
            "# ",
            "  ",
            "\t",
            "\u00a0",
            "\u200b",
        ),
    ]
)
WORDS = st.sampled_from(
    ["Sở Y tế chủ trì", "mở lớp", "trước ngày 15/6/2025", "MỤC TIÊU", "Báo cáo.", "danh sách;", "gồm:", "Nguyễn Văn A", "x" * 130, "việc " * 300]
)
SOUP = st.lists(st.lists(PIECES | WORDS | st.text(max_size=8), max_size=4).map("".join), max_size=40).map("\n".join)


@given(SOUP)
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_line_from_text_to_chunks(text: str) -> None:
    try:
        document = read_text("soup.txt", text)
    except ReadError:
        return
    plan = parse(document)
    outline_sound(document, plan.sections)
    chunks = chunk(plan)
    chunks_within_sections(plan, chunks)
    text_rebuilt_from_chunks(plan, chunks)


@given(st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"---\n", "I. Mục đích\n".encode()]), st.binary(max_size=200))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_reader(tmp_path: Path, head: bytes, data: bytes) -> None:
    path = tmp_path / "soup.txt"
    path.write_bytes(head + data)
    try:
        document = read(path)
    except ReadError:
        return
    outline_sound(document, parse(document).sections)


def test_generated_outlines_are_no_single_line() -> None:
    """The generator itself: three levels, addresses as GOLD writes them."""
    tree = [Item("Một", ["Gạch"], [Item("Hai", [], [Item("Ba", [])])]), Item("Bốn", [])]
    assert list(islice(printed(tree, ["I.", "1.", "1.1"]), 5)) == [("I. Một", "I"), ("- Gạch", ""), ("1. Hai", "I.1"), ("1.1. Ba", "I.1.1"), ("II. Bốn", "II")]
