"""A plan as a text file in each encoding, and as markdown whose marks contradict its hierarchy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from evals.variants.letters import to_cp1258, to_tcvn3, to_vni
from evals.variants.source import Item, Source
from ingest.markers import Kind

_WIDTH = 76  # characters of a line
_HEADING_MARKS = {Kind.ROMAN: "#### ", Kind.ARABIC: "## ", Kind.LETTER: "# ", Kind.PART: "##### ", Kind.MUC: "### "}


def utf8_with_mark(plan: Source, path: Path) -> None:
    """As Notepad saves it: a byte order mark, and two characters end a line."""
    path.write_bytes(_text(plan).replace("\n", "\r\n").encode("utf-8-sig"))


def wrapped(plan: Source, path: Path) -> None:
    """As an e-mail carries it: lines broken at a fixed width, no blank line between paragraphs."""
    lines = _with_tables(plan.items, ["\n".join(wrap(item.text, _WIDTH, break_long_words=False, break_on_hyphens=False)) for item in plan.items])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def utf16(plan: Source, path: Path) -> None:
    """What Notepad calls Unicode."""
    path.write_bytes(_text(plan).encode("utf-16"))


def decomposed(plan: Source, path: Path) -> None:
    """Each letter and its signs apart, as macOS writes them."""
    path.write_bytes(unicodedata.normalize("NFD", _text(plan)).encode())


def tcvn3(plan: Source, path: Path) -> None:
    """Text copied out of a document in .VnTime."""
    path.write_bytes(to_tcvn3(_text(plan)).encode("cp1252", errors="replace"))


def vni(plan: Source, path: Path) -> None:
    """Text copied out of a document in VNI-Times."""
    path.write_bytes(to_vni(_text(plan)).encode("cp1252", errors="replace"))


def cp1258(plan: Source, path: Path) -> None:
    """The code page of Windows for Vietnamese."""
    path.write_bytes(to_cp1258(_text(plan)))


def markdown(plan: Source, path: Path) -> None:
    """Marks as converters leave them: headings of the wrong level, bold numbers, escaped full stops and dashes."""
    lines = [_marked(item, at) if not item.cells else item.text for at, item in enumerate(plan.items)]
    path.write_text("\n\n".join(_with_tables(plan.items, lines)) + "\n", encoding="utf-8")


def _text(plan: Source) -> str:
    return "\n\n".join(_with_tables(plan.items, [item.text for item in plan.items])) + "\n"


def _with_tables(items: Sequence[Item], lines: Sequence[str]) -> Iterator[str]:
    """The blocks of a text; the rows of a table between bars, a rule below the first."""
    for is_table, block in groupby(zip(items, lines, strict=True), key=lambda pair: bool(pair[0].cells)):
        if not is_table:
            yield from (line for _, line in block)
            continue
        head, *rows = (f"| {' | '.join(item.cells)} |" for item, _ in block)
        yield "\n".join([head, "|" + "---|" * (head.count("|") - 1), *rows])


def _marked(item: Item, at: int) -> str:
    if item.marker is None:
        return f"**{item.text}**" if item.text.isupper() else item.text
    printed, rest = item.marker.printed, item.rest
    if item.text != f"{printed} {rest}" or not rest:
        return item.text
    if item.marker.kind is Kind.BULLET:
        return f"\\{printed} {rest}" if printed in "-+*" else item.text
    escaped = re.sub(r"([.)])$", r"\\\1", printed)
    if item.is_heading:
        return f"{_HEADING_MARKS.get(item.marker.kind, '### ')}**{escaped} {rest}**"
    return f"*{escaped}* {rest}" if at % 2 else f"**{escaped}** {rest}"
