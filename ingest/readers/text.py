"""Plain text and markdown in any encoding of Vietnamese: lines without the markdown marks that contradict a plan's hierarchy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ingest.letterhead import LAYOUT_COLUMNS, is_of_letterhead
from ingest.markers import marker_of
from ingest.readers.legacy import decode_bytes, recode
from ingest.readers.reading import Reading
from ingest.readers.side_by_side import columns
from xhht_qa.errors import ReadError
from xhht_qa.text.normalise import compose
from xhht_qa.types import Line

_MARKS = re.compile(r"^\s*#{1,6}\s+|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|\*\*+|`+")
# A single asterisk is emphasis only when it touches a word; "* " opens a bullet and "(*)" points to a footnote.
_EMPHASIS = re.compile(r"(?<![(\w\\])\*(?=\S)|(?<=[^\s(\\])\*(?!\))|(?<![\w\\])_(?=[^\W_])|(?<=[^\W_])_(?!\w)")
_HARD_BREAK = re.compile(r"(?<=\S)\\$")  # markdown's line end inside a paragraph
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_PIPE = re.compile(r"(?<=[ \t])\|(?=[ \t])")
_TAB = re.compile(r" *\t *")
_TABLE_RULE = re.compile(r"(?=.*--)[\s:|-]*$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)  # of a line, within a cell
_LINES = re.compile(
    rf"{_BREAK.pattern}|(?<=\*\*)\s+(?=\*\*)|(?<=[;:*])\s+(?=- )", re.IGNORECASE
)  # the same in a cell of a letterhead, or as its bold parts and its items


def read_text(path: Path, data: bytes) -> Reading:
    """The lines of a text file, numbered as an editor numbers them. Raises ReadError for an unknown encoding or binary data."""
    text, warnings = _decode(path, data)
    raw_lines = re.split(r"\r\n|\n|\r", text)  # form feeds are not line ends in an editor
    parts = [columns(raw) for raw in raw_lines]
    rows, laid_out = dict(_bare_rows(raw_lines, parts)), dict(_laid_out(raw_lines))
    lines = tuple(
        _row(number, rows[number]) if number in rows else _marked_line(number, part)
        for number, printed in enumerate(parts, start=1)
        for part in laid_out.get(number, printed[:1] if number in rows else printed)
    )
    return Reading(lines, warnings)


def _laid_out(raw_lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a markdown table that only sets the head or the foot of a plan in columns: number of the line → the lines in its cells."""
    for is_table, run in groupby(enumerate(raw_lines, start=1), lambda numbered: numbered[1].lstrip().startswith("|")):
        rows = [(number, [] if _TABLE_RULE.match(raw) else [cell for cell in _cells(raw) if cell.strip()]) for number, raw in run] if is_table else []
        printed = {number: [line for cell in cells for line in _LINES.split(cell) if line.strip()] for number, cells in rows}
        few = max((len(cells) for _, cells in rows), default=0) <= LAYOUT_COLUMNS
        if few and any(is_of_letterhead(_unmark(line).strip()) for lines in printed.values() for line in lines):
            yield from printed.items()


def _bare_rows(raw_lines: Sequence[str], parts: Sequence[Sequence[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of tables whose cells are parted by " | " or by tabs alone: lines one below the other with as many cells each. Number of the line → cells."""
    for gap, least in ((_PIPE, 2), (_TAB, 3)):  # two texts and one tab are a line that is numbered, or two columns
        cells = [
            tuple(_unmark(cell.strip()) for cell in gap.split(raw.strip(" ")))
            if gap.search(raw) and not raw.lstrip().startswith("|") and len(split) == 1
            else ()
            for raw, split in zip(raw_lines, parts, strict=True)
        ]
        for count, run in groupby(range(len(cells)), [len(row) for row in cells].__getitem__):
            indices = list(run)
            if count >= least and len(indices) > 1 and not (gap is _TAB and marker_of(raw_lines[indices[0]].strip())):
                yield from ((index + 1, cells[index]) for index in indices)


def _decode(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    decoded = decode_bytes(data)
    if decoded is None:
        raise ReadError(f"{path}: the text is not UTF-8; open it in an editor and save it as UTF-8")
    text, warnings = decoded
    controls = sum(unicodedata.category(character) == "Cc" and not character.isspace() for character in text)
    if "\x00" in text or controls > len(text) * 0.01:
        raise ReadError(f"{path}: this is a binary file, not text; give it the suffix of its real format")
    recoded, recode_warnings = recode(text)
    return recoded, (*warnings, *recode_warnings)


def _marked_line(number: int, raw: str) -> Line:
    """A line without its markdown marks; they say nothing about the hierarchy of a plan and often contradict it."""
    if raw.strip().startswith("|"):
        return _row(number, () if _TABLE_RULE.match(raw) else tuple(_unmark(_BREAK.sub(" ", cell)) for cell in _cells(raw)))
    return Line(number, _unmark(raw))


def _cells(raw: str) -> list[str]:
    return raw.strip().strip("|").split("|")


def _row(number: int, cells: tuple[str, ...]) -> Line:
    return Line(number, " | ".join(cells) if any(cells) else "", cells if any(cells) else ())


def _unmark(text: str) -> str:
    return compose(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", _MARKS.sub("", _HARD_BREAK.sub("", text)))))
