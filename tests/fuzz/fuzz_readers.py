"""Coverage-guided fuzzing of what reads foreign files: ``python tests/fuzz/fuzz_readers.py text|html|docx [libFuzzer's options]``.

Needs ``pip install -e ".[fuzz]"``; ``-max_total_time=300`` stops after five minutes. An input that breaks an invariant, raises anything
but ReadError, or takes long is written to the folder that ``-artifact_prefix=`` names; make it small and keep it as a row of
tests/ingest/hostile_text.py, hostile_html.py or hostile_word.py.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "ingest")]

with atheris.instrument_imports(include=["ingest", "xhht_qa"]):
    from invariants import chunks_within_sections, outline_sound, text_rebuilt_from_chunks
    from word_markup import word_file

    from ingest.chunks import chunk
    from ingest.parse import parse
    from ingest.read import read
    from xhht_qa.errors import ReadError

SLOW_SECONDS = 2.0  # of the processor, for less than ten kilobytes
LARGEST = 10_000

# One byte of an input is one of these, so that every change of a byte is another file and not broken markup.
PRINTED = (
    *("I. ", "II. ", "C. ", "A. ", "1. ", "2. ", "12. ", "1) ", "(2) ", "1.1. ", "2.1 ", "1.2.3 ", "a) ", "đ) ", "i) ", "ii) ", "c. ", "- ", "+ ", "* ", "• "),
    *("Phần thứ nhất", "Phần II. ", "Chương I", "Mục 1. ", "Điều 1. ", "PHỤ LỤC", "Phụ lục 2", "KẾ HOẠCH", "Nơi nhận:", "TM. ỦY BAN", "Lưu ý: ", "./."),
    *("Số: /KH-UBND", "| a | b |", "| |", "---", "**", "# ", "  ", "\t", "\u00a0", "\u200b", "trước ngày 15/6/2025", "Sở Y tế chủ trì", "việc " * 30, "MỤC "),
    *(
        "\n",
        "\n\n",
        "gồm:",
        ";",
        ". ",
        "(",
        ")",
        "“",
        "”",
        "/",
        "năm",
        "x",
        "CỘNG HÒA XÃ HỘI",
        "    ",
        "Độc lập - Tự do",
        ", ngày 1 tháng 2 năm 2025",
        "Căn cứ ",
    ),
    *("Quyết định số 1/QĐ-UBND", "của Ủy ban nhân dân", "quý I", "chậm nhất", "0", "9", "\u0301", "Đ", "đ", "id: x", "title: "),
)
PAGE = (
    *("<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=9>", "<td colspan=9>", "<th>", "<ol>", "</ol>"),
    *("<ol type=a start=30>", "<ul>", "</ul>", "<li>", "<li value=-1>", "</li>", "<pre>", "</pre>", "<article>", "</article>", "<main>", "<nav>", "<a href=x>"),
    *("</a>", "<font face=VNI-Times>", "<font face=.VnTimeH>", "</font>", "<b>", "</b>", "<br>", "<style>", "</style>", ".a{font-family:'VNI'}", "<p class=a>"),
    *(
        "<select>",
        "<svg>",
        "<math>",
        "<template>",
        "</template>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<plaintext>",
        "<form>",
        "<h1>",
        "&nbsp;",
        "&#0;",
        "\x00",
        "<",
        ">",
    ),
    *(
        "<p hidden>",
        "<p style='list-style:none;font:1'>",
        "aù",
        "oâ",
        "µ",
        "·",
        "ViÖt",
        "việc",
        "1. ",
        "a) ",
        "- ",
        " ",
        "\n",
        "\u2028",
        "charset=utf-16",
        "<meta ",
    ),
)
WORD = (
    *(
        "<w:p>",
        "<w:r>",
        "<w:t>",
        "<w:tbl>",
        "<w:tr>",
        "<w:tc>",
        "<w:tcPr>",
        "<w:pPr>",
        "<w:rPr>",
        "<w:numPr>",
        "<w:sdt>",
        "<w:sdtContent>",
        "<w:ins>",
        "<w:del>",
    ),
    *("<w:txbxContent>", "<mc:AlternateContent>", "<mc:Choice>", "<w:hyperlink>", "<w:trPr>", "<w:fldSimple>", "<m:t>", "<w:framePr w:dropCap='drop'>"),
    *(
        '<w:numId w:val="1"/>',
        '<w:numId w:val="2"/>',
        '<w:ilvl w:val="1"/>',
        '<w:ilvl w:val="99"/>',
        '<w:pStyle w:val="A"/>',
        '<w:gridSpan w:val="9"/>',
        "<w:vMerge/>",
    ),
    *('<w:vMerge w:val="restart"/>', '<w:gridBefore w:val="5"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', "<w:vanish/>"),
    *(
        '<w:fldChar w:fldCharType="end"/>',
        '<w:sym w:char="F0B7"/>',
        "<w:br/>",
        "<w:tab/>",
        "<w:softHyphen/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:rFonts w:ascii=".VnTime"/>',
    ),
    *('<w:shd w:fill="000000"/>', "<w:caps/>", "việc", "1. ", "a) ", "\uf0b7", "ViÖt", "aù", " ", "x", '<w:altChunk r="x"/>', "<w:cellDel/>", "<w:hidden/>"),
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
)
STYLES = '<w:style w:styleId="A" w:type="paragraph"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'


def spelled(data: bytes, words: tuple[str, ...]) -> str:
    return "".join(words[byte % len(words)] for byte in data)


def word_body(data: bytes) -> str:
    """Well-formed markup: a byte opens an element, closes the last one (above 200), or is a whole one."""
    pieces: list[str] = []
    opened: list[str] = []
    for byte in data:
        piece = WORD[byte % len(WORD)]
        if byte > 200 and opened:
            pieces.append(f"</{opened.pop()}>")
        elif piece.startswith("<") and not piece.endswith("/>"):
            opened.append(piece[1:-1].split()[0])
            pieces.append(piece)
        else:
            pieces.append(piece)
    return "".join(pieces) + "".join(f"</{name}>" for name in reversed(opened))


def text(data: bytes) -> tuple[str, bytes]:
    return ".txt", data[1:] if data[:1] < b"\x20" else spelled(data, PRINTED).encode()


def html(data: bytes) -> tuple[str, bytes]:
    return ".html", data[1:] if data[:1] < b"\x20" else spelled(data, PAGE).encode(errors="replace")


def docx(data: bytes) -> tuple[str, bytes]:
    return ".docx", word_file(word_body(data), NUMBERING, STYLES)


TARGETS: dict[str, Callable[[bytes], tuple[str, bytes]]] = {"text": text, "html": html, "docx": docx}


def main(target: str) -> None:
    folder = Path(tempfile.mkdtemp())

    def once(data: bytes) -> None:
        suffix, content = TARGETS[target](data)
        path = folder / f"a{suffix}"
        if len(content) > LARGEST:
            return
        began = time.process_time()
        try:
            path.write_bytes(content)
            document = read(path)
            plan = parse(document)
            outline_sound(document, plan.sections)
            chunks = chunk(plan)
            chunks_within_sections(plan, chunks)
            text_rebuilt_from_chunks(plan, chunks)
        except ReadError:
            pass
        assert time.process_time() - began < SLOW_SECONDS, "slow"

    atheris.Setup([sys.argv[0], f"-max_len={LARGEST}", "-timeout=60", *sys.argv[2:]], once)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in TARGETS:
        main(sys.argv[1])
    else:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(TARGETS)} [-max_total_time=300 …]")
