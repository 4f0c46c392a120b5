"""Two columns set side by side with tabs or spaces: the head and the foot of a plan that was typed without a table."""

from __future__ import annotations

import re

from ingest.markers import Kind, marker_of
from xhht_qa.text.normalise import is_upper

_GAP = re.compile(r"\t+| {4,}")
_RIGHT_HEAD = re.compile(r"cộng h[oò][aà] xã hội|độc lập\s*-|[^\d\s][^,]{1,40},\s*ngày\b|(?:tm|kt|tl|tuq)\.", re.IGNORECASE)
_NAME = re.compile(r"(?:[^\W\d_]+\.)*(?:\s?[^\W\d_]+){2,5}$")


def columns(line: str) -> list[str]:
    """The left and the right text of a line that holds both, else the line: "Nơi nhận:\\tTM. ỦY BAN NHÂN DÂN" → two.

    What follows the gap must look like a right column: the state's name or motto, place and date, a capacity, or a person's name; or
    what stands before it is a dash that has ended, as a recipient does. A tab behind a printed number is no gap.
    """
    parts = _GAP.split(line.strip())
    if len(parts) != 2 or not any(map(str.isalpha, parts[0])):
        return [line]
    marker = marker_of(line.strip())
    if marker and marker.kind is not Kind.BULLET:
        return [line]
    right = parts[1].strip()
    named = bool(_NAME.match(right)) and all(word[:1].isupper() for word in right.split())
    ended = marker is not None and parts[0].rstrip().endswith((";", "."))
    return parts if ended or _RIGHT_HEAD.match(right) or is_upper(right) or named else [line]
