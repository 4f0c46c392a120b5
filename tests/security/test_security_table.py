"""The table of threats for security officers: every threat has a test, and every test that it names is there."""

from __future__ import annotations

import ast
import re

import pytest
from prerequisites import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "an-ninh.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Mối đe dọa |")
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
THREATS = (
    "Giả tiêu đề", "Bịa lịch sử", "Mã độc trong kế hoạch", "Mã độc trong tên tệp", "Mã độc trong câu hỏi", "Lệnh cài", "Đi ngược thư mục", "SSRF", "Lộ khóa", "clickjacking",
    "CSRF", "Hội thoại của người khác", "ngoài nhóm: hỏi", "ngoài nhóm: tìm kiếm", "ngoài nhóm: bảng, lịch", "ngoài nhóm: mọi cửa", "ngoài nhóm: đo thời gian", "đã lưu từ khi còn quyền", "OIDC", "session fixation", "open redirect", "Khóa truy cập", "Bom nén", "cố ý chậm", "Mười nghìn yêu cầu",
)  # fmt: skip


def test_no_threat_is_forgotten() -> None:
    assert [threat for threat in THREATS if not any(threat in row[0] for row in ROWS)] == []


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_threat_names_tests_that_exist(row: list[str]) -> None:
    threat, stopped_by, tests = row
    assert stopped_by, threat
    named = NAMED.findall(tests)
    assert named, threat
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, f"{file}::{test}"
