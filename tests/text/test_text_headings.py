"""The kind of part that a question asks for."""

from __future__ import annotations

import pytest

from xhht_qa.text.headings import kind_asked


@pytest.mark.parametrize(
    ("question", "kind", "why"),
    [
        ("Kế hoạch nhằm mục đích gì?", "muc dich", "its name"),
        ("kiem ke ao ho de lam gi", "muc dich", "what for"),
        ("Đắp đê nhằm gì?", "muc dich", "what for"),
        ("Mục tiêu chung là gì?", "muc tieu", "its name"),
        ("Để làm gì thì phải xin phép?", "", "a condition"),
        ("Ai chủ trì?", "", "no kind"),
    ],
)
def test_the_kind_of_part_asked_for(question: str, kind: str, why: str) -> None:
    assert kind_asked(question) == kind, why
