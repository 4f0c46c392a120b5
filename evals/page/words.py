"""What the report calls things, in Vietnamese; the keys are those of ``report.json`` and of gold questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evals.baselines import BASELINES
from evals.report import OURS


class Word(NamedTuple):
    """A name, and one sentence that tells what it means."""

    name: str
    means: str


METRICS: Mapping[str, Word] = {
    "right": Word("Đúng", "Có trả lời, đủ ý, không lẫn ý sai và dẫn đúng mục; với câu kế hoạch không nêu: nói rõ là không nêu."),
    "facts": Word("Đủ ý", "Mọi ý bắt buộc đều có trong câu trả lời."),
    "clean": Word("Không lẫn ý sai", "Không nêu điều thuộc về mục khác."),
    "citation": Word("Dẫn đúng mục", "Có dẫn mục đúng, mục ngay dưới hoặc ngay trên nó."),
    "strict": Word("Dẫn sát mục", "Như trên, nhưng không tính mục ngay trên."),
    "citation_precision": Word("Dẫn không thừa", "Phần trích dẫn có liên quan đến mục đúng."),
    "verbatim": Word("Trích nguyên văn", "Mọi đoạn trích đều có trong văn bản, đúng từng chữ."),
    "recall@1": Word("Mục đúng đứng đầu", "Mục đầu tiên tìm được là mục đúng."),
    "recall@3": Word("Mục đúng trong 3", "Mục đúng nằm trong 3 mục đầu tiên tìm được."),
    "recall@5": Word("Mục đúng trong 5", "Mục đúng nằm trong 5 mục đầu tiên tìm được."),
    "recall@10": Word("Mục đúng trong 10", "Mục đúng nằm trong 10 mục đầu tiên tìm được."),
    "nDCG@10": Word("nDCG@10", "Thứ hạng của các mục đúng trong 10 mục đầu tiên; 100 là xếp đúng hoàn toàn."),
    "RR@10": Word("MRR@10", "Trung bình nghịch đảo thứ hạng của mục đúng đầu tiên."),
    "wrong_plan": Word("Dẫn nhầm kế hoạch", "Có dẫn kế hoạch khác với kế hoạch được hỏi."),
    "refusal_precision": Word("Từ chối đúng chỗ", "Trong những lần nói không nêu, phần mà kế hoạch quả thật không nêu."),
    "refusal_recall": Word("Từ chối đủ", "Trong những câu kế hoạch không nêu, phần được nói rõ là không nêu."),
    "refusal_f1": Word("Từ chối, F1", "Trung bình điều hòa của hai số trên."),
    "invented": Word("Trả lời điều không nêu", "Trong những câu kế hoạch không nêu, phần vẫn được trả lời."),
    "wrong_at_90": Word("Sai khi giữ 90 %", "Phần sai trong 90 % câu trả lời có độ tin cậy cao nhất."),
    "words": Word("Số từ", "Trung vị số từ của một câu trả lời."),
    "latency_p50_ms": Word("Thời gian", "Một nửa số câu được trả lời trong thời gian này, trên máy đã chạy."),
}
TYPES: Mapping[str, str] = {
    "deadline": "Thời hạn",
    "reports_to": "Báo cáo cho ai",
    "responsible": "Ai thực hiện",
    "criteria": "Tiêu chí, điều kiện",
    "award": "Khen thưởng",
    "procedure": "Trình tự, thủ tục",
    "phase": "Giai đoạn",
    "budget": "Kinh phí",
    "legal_basis": "Căn cứ pháp lý",
    "content": "Nội dung",
    "solution": "Giải pháp",
    "purpose": "Mục đích, yêu cầu",
    "metadata": "Thông tin văn bản",
    "compare": "So sánh",
    "aggregate": "Tổng hợp",
    "unanswerable": "Kế hoạch không nêu",
    "false_premise": "Giả định sai",
    "ambiguous": "Chưa rõ kế hoạch nào",
}
STYLES: Mapping[str, str] = {
    "formal": "Trang trọng",
    "casual": "Thân mật",
    "no_diacritics": "Không dấu",
    "typo": "Gõ sai",
    "abbrev": "Viết tắt",
}
STATUSES: Mapping[str, str] = {
    "answered": "Đã trả lời",
    "corrected": "Đã đính chính",
    "clarify": "Hỏi lại",
    "not_found": "Nói là không nêu",
    "guide": "Hướng dẫn",
    "failed": "Lỗi",
}
MODES: Mapping[str, str] = {"extractive": "trích từ kế hoạch", "llm": "mô hình ngôn ngữ viết lại"}
ROWS: Mapping[str, str] = {
    **TYPES,
    **STYLES,
    **{f"{style}: originals": f"Câu gốc của: {name.lower()}" for style, name in STYLES.items()},
    "single": "Hỏi một lượt",
    "multi": "Hỏi nối tiếp",
    "several plans": "Nhiều kế hoạch",
    "no plan": "Không kế hoạch nào",
    "in conversation": "Trong hội thoại",
    "standing alone": "Chính câu ấy, viết đầy đủ",
    OURS: "Trợ lý này",
    BASELINES["stock"]: "LlamaIndex mặc định",
    BASELINES["bm25"]: "Chỉ tìm theo từ (BM25)",
    BASELINES["dense"]: "Chỉ tìm theo véc-tơ",
    BASELINES["scope"]: "Không lọc theo kế hoạch",
    BASELINES["restoration"]: "Không khôi phục dấu",
    BASELINES["path"]: "Không dùng đề mục cha",
    BASELINES["facts"]: "Không dùng dữ kiện tách sẵn",
    BASELINES["verify"]: "Không kiểm tra lại",
}
REASONS: Mapping[str, str] = {
    "refused": "Từ chối nhầm",
    "invented": "Trả lời điều không nêu",
    "unanswered": "Không trả lời",
    "facts": "Thiếu ý",
    "clean": "Lẫn ý sai",
    "citation": "Dẫn sai mục",
}
