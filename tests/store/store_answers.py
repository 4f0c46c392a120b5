"""Answers to keep, with every field that an answer may have, and a clock that never stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from xhht_qa.types import Answer, Citation

CITATION = Citation(
    1, "ubnd-huyen-doimay", "Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây", "III.5.3.a", "/-1", "điểm a khoản 5.3 mục 5 phần III",
    ("III. TỔ CHỨC", "5. Báo cáo", "5.3. Cấp xã", "a) Hằng năm"), "Gửi báo cáo trước ngày 15/6/2025.", 218, 219, 4,
)  # fmt: skip


def answer_to(question: str, text: str = "Trước ngày 15/6/2025. [1]", status: str = "answered") -> Answer:
    return Answer("a1", question, question, status, text, (CITATION,), ("Ý khác?",), 0.75, "extractive", {"total": 12.5})  # type: ignore[arg-type]


class Clock:
    """A second later at every look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment
