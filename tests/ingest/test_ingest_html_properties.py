"""What holds for any markup: it is read or refused, quickly, and no visible word is lost or doubled outside of merged cells."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.readers.html import read_html
from xhht_qa.errors import ReadError

TAGS = ["p", "div", "span", "b", "ol", "ul", "li", "table", "tr", "td", "th", "article", "main", "pre", "section", "font face=VNI-Times", "form", "h1"]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        ["<br>", "<!--x-->", "<td colspan=3>", "<td rowspan=2>", "<td rowspan=0>", "<li value=-5>", "<ol type=I start=4000>", "<ol type=a>", "<ol reversed>"]
    ),
    st.sampled_from(["&nbsp;", "&#0;", "&#x110000;", "\x00", "\x0c", "<![if !x]>", "<![CDATA[x]]>", "<?php", "<svg><p>", "<style>", "<template>", "\u2028"]),
)


@settings(max_examples=150, deadline=1000)
@given(st.lists(PIECES, max_size=40))
@example(["<table>", "<tr>", "<td rowspan=2>", "<td rowspan=0>", "<tr>", "<tr>", "</table>", "<td>"])
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    with suppress(ReadError):
        lines = read_html(Path("p.html"), "".join(pieces).encode()).lines
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@settings(max_examples=150, deadline=1000)
@given(st.lists(st.sampled_from([f"<{tag}>" for tag in TAGS if "font" not in tag] + [f"</{tag}>" for tag in TAGS]), max_size=30))
def test_every_word_is_read_once(pieces: list[str]) -> None:
    words = [f"từ{index}" for index in range(len(pieces))]
    # so much text before them that no article among them holds more than half
    body = "<div>" + "<p>nền nền nền nền</p>" * 100 + "</div>" + "".join(f"{piece} {word} " for piece, word in zip(pieces, words, strict=True))
    read = Counter(word for line in read_html(Path("p.html"), body.encode()).lines for word in line.text.split())
    assert {word: read[word] for word in words} == dict.fromkeys(words, 1)


@settings(max_examples=100, deadline=1000)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(ReadError):
        assert all(line.text for line in read_html(Path("p.html"), data).lines)
