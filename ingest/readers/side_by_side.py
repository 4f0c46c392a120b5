"""Two columns set side by side with tabs, spaces or a bar: the head and the foot of a plan that was typed without a table."""

from __future__ import annotations

import re

from ingest.letterhead import is_date_line, is_on_behalf, is_state_head
from ingest.markers import Kind, marker_of
from xhht_qa.text.normalise import is_upper

_GAP = re.compile(r"\s*\|\s*|\s+")
_WIDE = 4  # spaces; fewer part words, a tab or a bar always parts columns
_SHORTEST_LEFT = 4  # letters; "STT" heads a column of figures
_NAME = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+(?:\s[^\W\d_]+){1,4}$")


def columns(line: str) -> list[str]:
    """The left and the right text of a line that holds both, else the line: "Nơi nhận:\\tTM. ỦY BAN NHÂN DÂN" → two.

    What follows the gap must look like a right column: the state's name or motto, place and date, a capacity, or a person's name; or
    what stands before it is a dash that has ended, as a recipient does. A tab behind a printed number is no gap.
    """
    text = line.strip().strip("|").strip()
    wide = (gap for gap in _GAP.finditer(text) if "\t" in gap.group() or "|" in gap.group() or len(gap.group()) >= _WIDE)
    gaps = [gap for gap in wide if gap.start() >= _SHORTEST_LEFT]
    if not gaps:
        return [line]
    left, right = text[: gaps[0].start()], text[gaps[0].end() :]
    marker = marker_of(text)
    if not any(map(str.isalpha, left)) or (marker and marker.kind is not Kind.BULLET):
        return [line]
    if is_state_head(right) or is_date_line(right) or is_on_behalf(right):
        return [left, right]
    if "|" in line:  # the cells of a table hold names and capitals too
        return [line]
    named = bool(_NAME.match(right)) and all(word[:1].isupper() for word in right.split())
    ended = marker is not None and left.endswith((";", "."))
    return [left, right] if len(gaps) == 1 and (ended or named or is_upper(right)) else [line]
