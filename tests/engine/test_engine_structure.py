"""What the form of a plan tells beside its words: cases under a lead-in, a paper's own list, units in the label of a row, items with a printed number."""

from __future__ import annotations

import pytest

from ingest.build import build
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.settings import load_settings
from xhht_qa.types import Turn

PLAN = """BỘ ĐƯỜNG THỦY VÀ CẢNG BIỂN

KẾ HOẠCH
Nạo vét luồng lạch năm 2031

Căn cứ Đề án khơi thông luồng lạch được phê duyệt tại Quyết định số 77/QĐ-TTg ngày 04 tháng 3 năm 2030;
I. MỤC ĐÍCH, YÊU CẦU
1. Giữ cho thuyền lớn ra vào an toàn quanh năm.
2. Không đổ bùn lên bãi tôm của dân.
II. GIẢI THÍCH TỪ NGỮ
1. Luồng cạn là đoạn luồng sơ kết độ sâu hằng tháng thấp hơn thiết kế.
III. THỰC HIỆN
1. Nhà thầu bị thu hồi mặt nước khi thuộc một trong các trường hợp sau:
a) Bùn rơi vãi quá 30 m3 mỗi ngày;
b) Tàu hút dừng quá 12 ngày không báo.
2. Tiến độ lũy kế:
Mốc | Luồng sông | Luồng biển
Hết quý I | 11% | 7%
Hết quý III | 64% | 52%
3. Khối lượng giao các cảng:
TT | Nội dung | Cảng Mũi Rồng | Cảng Vịnh Sò
1 | Luồng được đo sâu (km) | 41 | 18
2 | Phao tiêu thay mới (chiếc) | 120 | 75
4. Ba đợt cao điểm:
- Đợt 1 (từ 02/3 đến 20/3): hút bùn cửa sông.
- Đợt 2 (từ 05/9 đến 25/9): gia cố kè đá.
5. Tiền ăn của thủy thủ trực đêm: 95.000 đồng/người/ngày.
6. Nhà thầu nộp hồ sơ cho Cục Luồng lạch trước ngày 15/01/2031.
7. Hồ sơ xin đổ bùn gồm:
- Đơn theo mẫu.
- Bản đồ vị trí bãi.
8. Cục Luồng lạch trả lời trong thời hạn 09 ngày làm việc.
9. Sơ kết trong tháng 6/2031.
10. Tặng Bằng khen kèm 4.200.000 đồng cho tập thể và 1.700.000 đồng cho cá nhân có thành tích.
"""
OTHER = """SỞ GIAO THÔNG
TỈNH BẾN SƯƠNG

KẾ HOẠCH
Sơn lại cầu đường năm 2031

I. THỰC HIỆN
1. Đội Cầu trả lời phản ánh của dân trong thời hạn 04 ngày làm việc.
2. Cảng Bến Sương sơn cầu tàu trước ngày 30/4/2031.
"""
ASKED = [
    ("Bộ Đường thủy Cảng biển thu hồi mặt nước khi nào?", ["30 m3", "12 ngày"], [], "a name without its “và”; all cases under one lead-in"),
    ("Khi nào nhà thầu của Bộ Đường thủy và Cảng biển bị thu hồi mặt nước?", ["30 m3", "12 ngày"], [], "“khi nào” asks for the cases, not for a day"),
    ("Đến hết quý III năm 2031 Bộ Đường thủy và Cảng biển làm luồng biển bao nhiêu phần trăm?", ["52%"], ["7%"], "the year is said at the plan's head"),
    ("bo duong thuy va cang bien giao cang vinh so do sau bao nhieu km luong", ["18"], ["75"], "the measure stands in the row's label"),
    ("Đợt cao điểm thứ hai của Bộ Đường thủy và Cảng biển làm gì?", ["kè đá"], ["cửa sông"], "the item with that number in print"),
    ("Thủy thủ trực đêm của Bộ Đường thủy và Cảng biển ăn một ngày bao nhiêu?", ["95.000 đồng"], [], "“một ngày bao nhiêu” asks for no day"),
    ("Bộ giấy tờ xin đổ bùn nộp Bộ Đường thủy và Cảng biển gồm những gì?", ["Đơn theo mẫu", "Bản đồ"], ["15/01"], "the dossier's own list"),
    ("Bộ Đường thủy và Cảng biển sơ kết vào tháng mấy?", ["6/2031"], ["thiết kế"], "not the definition that has the word"),
    ("Bộ Đường thủy và Cảng biển nạo vét nhằm mục đích gì?", ["thuyền lớn"], ["bãi tôm"], "the first item under “mục đích, yêu cầu”"),
    ("Đề án khơi thông luồng lạch được phê duyệt bằng văn bản số mấy?", ["77/QĐ-TTg"], [], "the number of the scheme, not the plan's own"),
    ("Cá nhân được Bộ Đường thủy và Cảng biển thưởng bao nhiêu tiền kèm Bằng khen?", ["1.700.000"], ["4.200.000"], "a recipient is no actor"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("structure")
    (folder / "plans").mkdir()
    (folder / "plans" / "nao-vet.txt").write_text(PLAN, encoding="utf-8")
    (folder / "plans" / "son-cau.txt").write_text(OTHER, encoding="utf-8")
    build([folder / "plans"], folder / "index", load_encoder(load_settings()))
    return Engine.open(load_settings(index_dir=folder / "index"))


@pytest.mark.parametrize(("question", "said", "unsaid", "why"), ASKED)
def test_the_form_of_a_plan_tells_what_answers(engine: Engine, question: str, said: list[str], unsaid: list[str], why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered", (why, answer.answer)
    assert [text for text in said if text not in answer.answer] == [], (why, answer.answer)
    assert [text for text in unsaid if text in answer.answer] == [], (why, answer.answer)
    assert {citation.plan for citation in answer.citations} == {"nao-vet"}


def test_a_conversation_stays_with_its_plan_where_the_plan_goes_on_speaking_of_it(engine: Engine) -> None:
    history = [
        Turn("user", "Nhà thầu nộp hồ sơ cho Cục Luồng lạch của Bộ Đường thủy và Cảng biển trước ngày nào?"),
        Turn("assistant", "Trước ngày 15/01/2031."),
    ]
    answer = engine.ask("Sau khi nhận, Cục Luồng lạch phải trả lời trong mấy ngày?", history)
    assert "09 ngày làm việc" in answer.answer
    assert "04 ngày" not in answer.answer, answer.answer


def test_what_is_typed_with_its_accents_stays_as_typed(engine: Engine) -> None:
    assert engine.ask("Bộ Đường thủy và Cảng biển sơn tàu trời nắng").standalone_question == "Bộ Đường thủy và Cảng biển sơn tàu trời nắng"
