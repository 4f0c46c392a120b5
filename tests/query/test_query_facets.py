"""Period and level of questions, which say them in fewer words than plans do."""

from __future__ import annotations

import pytest

from xhht_qa.query.facets import facets_asked


@pytest.mark.parametrize(
    ("question", "expected", "why"),
    [
        ("Báo cáo năm gửi khi nào?", {"period": {"year"}}, "the plain words"),
        ("Hạn nộp báo cáo chuyển đổi số năm", {"period": {"year"}}, "what is reported stands in between"),
        ("báo cáo chuyển đổi số năm 2025", {}, "a year is no period"),
        ("báo cáo đợt Tháng hành động", {}, "a name is no period"),
        ("báo cáo trước tháng nào", {}, "a date is asked for"),
        ("Xã phải ra kế hoạch khi nào", {"level": {"commune"}}, "a level that acts"),
        ("cuối năm thì xã báo cáo khi nào", {"period": {"year"}, "level": {"commune"}}, "behind the time"),
        ("Huyện ở đó phê duyệt khi nào", {"level": {"district"}}, "at the beginning"),
        ("phòng ban huyện nộp khi nào", {}, "a part of an agency's name"),
        ("xã Lũng Vàng có bao nhiêu người", {}, "a commune by its name"),
    ],
)
def test_facets_of_a_question(question: str, expected: dict[str, set[str]], why: str) -> None:
    assert {facet: set(values) for facet, values in facets_asked(question).items()} == expected, why
