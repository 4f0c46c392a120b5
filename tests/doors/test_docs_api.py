"""Every example of docs/api.md is asked of a real server; a failure prints what to write."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_thread import served

from xhht_qa.api import create_app
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLES = re.findall(r"```http\n(\S+) (\S+)\n(.*?)```\n```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
CHANGING = ("id", "timings_ms")  # of an answer: other at each time
QUESTION = "UBND các xã huyện Suối Mây nộp báo cáo năm trước ngày nào?"


@pytest.fixture(scope="module")
def address(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("docs")
    settings = Settings(index_dir=sample_index, data_dir=folder, feedback_file=folder / "feedback.jsonl")
    with served(create_app(LiveEngine.open(settings), settings)) as at:
        yield at


@pytest.mark.parametrize(("method", "path", "body", "printed"), EXAMPLES, ids=[path.partition("?")[0] for _, path, _, _ in EXAMPLES])
def test_an_example_is_as_it_is_printed(address: str, method: str, path: str, body: str, printed: str) -> None:
    got = httpx.request(method, address + path, content=body.encode() or None, headers={"Content-Type": "application/json"}, timeout=60).json()
    right = json.dumps(got, ensure_ascii=False, indent=1)
    assert printed.strip(), f"write this:\n{right}"
    assert _still(json.loads(printed)) == _still(got), f"write this:\n{right}"


def test_the_client_of_the_page_works(address: str, tmp_path: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[-1]
    script = tmp_path / "hoi.py"
    script.write_text(code, encoding="utf-8")
    told = subprocess.run([sys.executable, script, address, QUESTION], capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    assert "28/11/2025" in told.stdout
    assert "[1] điểm b phần IV" in told.stdout
    plans = runpy.run_path(str(script))["Plans"](address)
    events = list(plans.stream(QUESTION))
    assert [name for name, _ in events][-2:] == ["answer", "done"]
    assert plans.deadlines(actor="ubnd cac xa", plan="ubnd-huyen-suoimay-cds")
    with pytest.raises(RuntimeError, match="Xin Anh/Chị nhập câu hỏi"):
        plans.ask(" ")


def _still(answer: Any) -> Any:
    return {name: value for name, value in answer.items() if name not in CHANGING}
