"""What is kept of readings, and what is not."""

from __future__ import annotations

import pytest

from xhht_qa.text.remembered import remembered


@pytest.mark.parametrize(
    ("text", "readings", "why"),
    [
        ("trước ngày 15/6", 1, "a clause is read once"),
        ("", 1, "so is none"),
        ("x" * 1000, 1, "a long clause too"),
        ("x" * 1001, 2, "a whole section is not kept: a few thousand of them would fill the memory"),
    ],
)
def test_a_short_text_is_read_once(text: str, readings: int, why: str) -> None:
    read: list[str] = []

    @remembered
    def length(given: str) -> int:
        read.append(given)
        return len(given)

    assert [length(text), length(text)] == [len(text)] * 2
    assert len(read) == readings, why


def test_no_more_than_a_few_thousand_are_kept() -> None:
    read: list[str] = []

    @remembered
    def noted(given: str) -> None:
        read.append(given)

    for number in range(10_000):
        noted(str(number))
    noted("9999")
    noted("0")
    assert len(read) == 10_001, "the last one is still kept, the first one long gone"
