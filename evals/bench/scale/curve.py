"""Figures over the size of an archive, drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP = 760, 300, 60, 30
_COLOURS = ("#0b6e99", "#c2410c", "#4d7c0f", "#7c3aed")


def curves(title: str, unit: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float]]) -> str:
    """An SVG of its own: sizes to the right by their logarithm, the figures of each line upwards from nought."""
    highest = max((value for values in lines.values() for value in values), default=1.0) or 1.0
    logs = [math.log10(size) for size in sizes]
    span = (max(logs) - min(logs)) or 1.0
    across = [_LEFT + (_WIDTH - 2 * _LEFT) * (log - min(logs)) / span for log in logs]

    def up(value: float) -> float:
        return _TOP + (_HEIGHT - 2 * _TOP) * (1 - value / highest)

    drawn = [f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(title)}</text>']
    for share in (0.0, 0.5, 1.0):
        drawn.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _LEFT}" y1="{up(share * highest):.0f}" y2="{up(share * highest):.0f}" stroke="#ddd"/>')
        drawn.append(f'<text x="{_LEFT - 6}" y="{up(share * highest) + 4:.0f}" text-anchor="end">{share * highest:.3g} {escape(unit)}</text>')
    drawn += [f'<text x="{x:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">{size:,}</text>' for x, size in zip(across, sizes, strict=True)]
    for colour, (name, values) in zip(_COLOURS, lines.items(), strict=False):
        points = " ".join(f"{x:.0f},{up(value):.0f}" for x, value in zip(across, values, strict=True))
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(f'<text x="{across[-1] + 4:.0f}" y="{up(values[-1]) + 4:.0f}" fill="{colour}">{escape(name)}</text>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + 90} {_HEIGHT}" font-family="sans-serif" font-size="12">{"".join(drawn)}</svg>'
