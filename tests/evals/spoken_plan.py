"""A plan that says a little of everything, for those who judge what a model makes of it."""

from __future__ import annotations

from typing import Any

from evals.llm.asked import Asked, Given
from xhht_qa.types import Metadata, Paragraph, Plan, Section

SENTENCES = {
    "II.1": "Phó Chủ tịch UBND xã Đồi Sim phải gửi báo cáo năm về Phòng Nội vụ huyện Đồi Sim trước ngày 28/11/2025; các thôn gửi trước ngày 15/11/2025.",
    "II.2": "Chậm nhất 05 ngày làm việc, Trạm Thủy lợi Đồi Sim cấp tối đa 02 bản cho 40 hộ; không thu tiền của hộ nghèo.",
    "II.3": "Hằng năm Công an huyện Đồi Sim, Ủy ban Mặt trận Tổ quốc huyện Đồi Sim được mời dự họp vào tháng 6, trước ngày 30/6.",
}
PLANS = {
    "doi-sim": Plan(
        "doi-sim",
        "Kế hoạch số 17/KH-UBND của UBND huyện Đồi Sim",
        "doi-sim.txt",
        "",
        Metadata(issuer="UBND huyện Đồi Sim", number="17/KH-UBND", date="9/4/2025"),
        tuple(
            Section(address, "II", f"mục {address[-1]} phần II", "", False, ("II. BÁO CÁO",), (Paragraph(text, "", line, line),), line, line)
            for line, (address, text) in enumerate(SENTENCES.items(), start=1)
        ),
    )
}
CITATIONS: list[dict[str, Any]] = [
    {"marker": marker, "plan": "doi-sim", "section": address, "quote": text} for marker, (address, text) in enumerate(SENTENCES.items(), start=1)
]


def asked(model: str, stream: bool = True, attempt: int = 1) -> Asked:
    """A request for an answer from all three sections."""
    given = tuple(Given(citation["marker"], "", citation["quote"]) for citation in CITATIONS)
    return Asked(model, "Bạn là người biên tập.", "", given, "Xã gửi báo cáo trước ngày nào?", stream, False, attempt)
