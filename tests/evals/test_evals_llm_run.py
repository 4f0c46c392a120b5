"""``python -m evals llm`` as a person runs it, over a plan and questions of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.llm.behaviours import BEHAVIOURS, UNREACHABLE
from evals.llm.tally import WITHOUT

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒI SIM

Số: 17/KH-UBND

Đồi Sim, ngày 09 tháng 4 năm 2025

KẾ HOẠCH
Chăm sóc rừng phòng hộ huyện Đồi Sim năm 2025

I. NỘI DUNG
1. Trồng rừng
- Trồng mới 40 ha rừng phòng hộ tại xã Đồi Sim.
- Mỗi hộ nhận tối đa 02 ha; hộ nghèo không phải nộp tiền cây giống.
2. Tuần tra
Hạt Kiểm lâm huyện Đồi Sim chủ trì, phối hợp với Công an huyện Đồi Sim tuần tra ít nhất 03 lần mỗi tháng.
II. BÁO CÁO
1. Báo cáo năm
Chủ tịch UBND xã Đồi Sim phải gửi báo cáo năm về Phòng Nông nghiệp huyện Đồi Sim trước ngày 28/11/2025; các thôn gửi UBND xã Đồi Sim trước ngày 15/11/2025.
2. Báo cáo cháy rừng
Trong thời hạn 05 giờ kể từ khi phát hiện cháy, Trạm Bảo vệ rừng báo cáo Hạt Kiểm lâm huyện Đồi Sim.
"""
QUESTIONS = [
    ("deadline", "UBND xã gửi báo cáo năm trước ngày nào?", ["28/11/2025"], "II.1"),
    ("deadline", "Các thôn gửi báo cáo năm cho UBND xã trước ngày nào?", ["15/11/2025"], "II.1"),
    ("deadline", "Phát hiện cháy rừng thì báo cáo trong thời hạn bao lâu?", ["05 giờ"], "II.2"),
    ("responsible", "Cơ quan nào chủ trì tuần tra?", ["Hạt Kiểm lâm"], "I.2"),
    ("content", "Trồng mới bao nhiêu ha rừng phòng hộ?", ["40 ha"], "I.1"),
    ("unanswerable", "Tiền công tuần tra mỗi ngày là bao nhiêu?", [], ""),
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The arguments that name plans, questions and runs; the index is built once."""
    folder = tmp_path_factory.mktemp("llm")
    (folder / "plans").mkdir()
    (folder / "plans" / "doi-sim.txt").write_text(PLAN, encoding="utf-8")
    records = [
        {"id": f"q{number}", "plans": ["doi-sim"] if section else [], "scope": ["doi-sim"], "type": kind, "style": "formal", "question": question}
        | {"facts": [facts] if facts else [], "sections": [["doi-sim", section]] if section else []}
        for number, (kind, question, facts, section) in enumerate(QUESTIONS, start=1)
    ]
    (folder / "gold.jsonl").write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return ["llm", "--gold", str(folder / "gold.jsonl"), "--plans", str(folder / "plans"), "--runs", str(folder / "runs")]


def report(asked: list[str], name: str) -> dict[str, dict[str, object]]:
    lines = (Path(asked[-1]) / name / "report.jsonl").read_text(encoding="utf-8").splitlines()
    return {one["system"]: one for one in map(json.loads, lines)}


def test_an_honest_model_answers_as_well_as_none(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*asked, "--behaviours", "honest", "--name", "honest"]) == 0
    told = report(asked, "honest")
    none, honest = told[WITHOUT], told["honest"]
    assert none["right"] == honest["right"] == none["questions"], "every question of this file can be answered without a model"
    assert none["by_model"] == 0
    assert honest["by_model"] == len([kind for kind, *_ in QUESTIONS if kind != "unanswerable"]), "refusals stay as they are"
    assert honest["claims"] == honest["supported"] != 0
    assert 0 < honest["first_p50_ms"] <= honest["total_p50_ms"]  # type: ignore[operator]
    assert honest["prompt_tokens"] > honest["completion_tokens"] > 0  # type: ignore[operator]
    shown = capsys.readouterr().out
    assert "every model was harmless" in shown
    assert "Kept in " in shown
    answers = (Path(asked[-1]) / "honest" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["mode"] for line in answers].count("llm") == honest["by_model"]


def test_a_server_of_one_s_own_can_be_asked(asked: list[str]) -> None:
    assert main([*asked, "--server", "http://127.0.0.1:9/v1", "--model", "nobody", "--questions", "2", "--name", "nobody"]) == 0
    told = report(asked, "nobody")["nobody"]
    assert told["questions"] == 2
    assert set(told["fallback"]) <= {"down", "open_circuit"}  # type: ignore[call-overload]


def test_a_name_that_is_none_is_refused(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*asked, "--behaviours", "no-such-thing"])
    assert left.value.code == 2
    assert "no-such-thing" in capsys.readouterr().err


def test_no_model_does_harm(asked: list[str]) -> None:
    """Every behaviour, over every question: nothing is shown that the plan does not say, and no answer is worse than without a model."""
    main([*asked, "--name", "all"])
    told = report(asked, "all")
    assert set(told) == {WITHOUT, *BEHAVIOURS, UNREACHABLE}
    assert {name: one["kinds"] for name, one in told.items() if not one["holds"] or (one["kinds"] and name != WITHOUT)} == {}
