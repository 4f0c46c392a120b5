"""A drawn map of who reports to whom: senders on the left, receivers on the right, a line for each pair."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xhht_qa import messages

_LINE, _PADDING, _GAP = 20, 10, 14
_MARGIN = 2  # for the outlines of the boxes


@dataclass(frozen=True)
class Size:
    """Of a drawing, in pixels."""

    width: int
    box: int  # width of a name's box
    letters: int  # of a line in it
    indent: int  # of its lines


WIDE, NARROW = Size(720, 270, 32, 14), Size(340, 146, 16, 7)  # the other one is for a phone


@dataclass(frozen=True)
class Node:
    """An agency's box; ``x`` and ``y`` are its upper left corner."""

    name: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int

    @property
    def height(self) -> int:
        """As its lines need."""
        return _height(self.lines)

    @property
    def middle(self) -> int:
        """Where lines end at it."""
        return self.y + self.height // 2

    @property
    def baselines(self) -> tuple[tuple[int, str], ...]:
        """Where each line of the name is written."""
        return tuple((self.y + _PADDING + _LINE * number + 15, line) for number, line in enumerate(self.lines))


@dataclass(frozen=True)
class Link:
    """A line from a sender to a receiver."""

    sender: Node
    receiver: Node
    count: int  # of reports

    @property
    def path(self) -> str:
        """A curve that leaves and arrives level."""
        start, end = self.sender.x + self.sender.width, self.receiver.x - 7  # room for the head of the arrow
        bend = (start + end) // 2
        return f"M{start} {self.sender.middle} C{bend} {self.sender.middle} {bend} {self.receiver.middle} {end} {self.receiver.middle}"

    @property
    def width(self) -> float:
        """More reports, a thicker line."""
        return min(1 + self.count * 0.5, 4)

    @property
    def badge(self) -> tuple[int, int]:
        """Where the number of reports is written."""
        return (self.sender.x + self.sender.width + self.receiver.x - 7) // 2, (self.sender.middle + self.receiver.middle) // 2


@dataclass(frozen=True)
class Map:
    """The drawing."""

    senders: tuple[Node, ...]
    receivers: tuple[Node, ...]
    links: tuple[Link, ...]
    size: Size

    @property
    def height(self) -> int:
        """As the longer column needs."""
        return max(node.y + node.height for node in (*self.senders, *self.receivers)) + _MARGIN

    @property
    def words(self) -> str:
        """The drawing in a sentence."""
        return messages.map_in_words(len(self.senders), len(self.receivers))


def drawn(pairs: Sequence[tuple[str, str]], size: Size) -> Map:
    """The map of (sender, receiver) pairs, one for each report.

    Receivers keep the order of the text; a sender stands as near as it can to those it reports to, which keeps lines from crossing.
    """
    counts = Counter(pairs)
    receivers = list(dict.fromkeys(receiver for _, receiver in pairs))
    places = {receiver: place for place, receiver in enumerate(receivers)}
    senders = sorted(dict.fromkeys(sender for sender, _ in pairs), key=lambda sender: _mean([places[end] for start, end in counts if start == sender]))
    starts = {sender: place for place, sender in enumerate(senders)}
    receivers.sort(key=lambda receiver: _mean([starts[start] for start, end in counts if end == receiver]))
    left, right = _column(senders, _MARGIN, size), _column(receivers, size.width - size.box - _MARGIN, size)
    lower, upper = sorted((left, right), key=_bottom)
    shift = (_bottom(upper) - _bottom(lower)) // 2  # the shorter column stands in the middle of the longer one
    moved = {name: replace(node, y=node.y + shift) for name, node in lower.items()}
    left, right = (moved, right) if lower is left else (left, moved)
    links = tuple(Link(left[sender], right[receiver], count) for (sender, receiver), count in counts.items())
    return Map(tuple(left.values()), tuple(right.values()), links, size)


def _column(names: Sequence[str], x: int, size: Size) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    y = _MARGIN
    for name in names:
        nodes[name] = Node(name, tuple(textwrap.wrap(name, size.letters)), x, y, size.box)
        y += nodes[name].height + _GAP
    return nodes


def _bottom(nodes: Mapping[str, Node]) -> int:
    last = list(nodes.values())[-1]
    return last.y + last.height


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _PADDING


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places)
