"""A small installation in a folder of its own: a plan, its index by the bundled encoder, a folder of data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prerequisites import ROOT
from programs import free_port

from xhht_qa.settings import Settings

PLAN = (
    "UBND HUYỆN ĐỒI MÂY\nSố: 12/KH-UBND\nĐồi Mây, ngày 20 tháng 01 năm 2025\nKẾ HOẠCH\nĐọc sách\n"
    "I. BÁO CÁO\n1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 3/11/2025.\n2. Phòng Văn hóa tổng hợp.\n"
)
QUESTION = "UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày nào?"


@dataclass(frozen=True)
class Installation:
    folder: Path
    port: int

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def plans(self) -> Path:
        return self.folder / "plans"

    @property
    def settings(self) -> Settings:
        return Settings(index_dir=self.index, data_dir=self.data, plans_dir=self.plans, feedback_file=self.data / "feedback.jsonl", port=self.port)

    @property
    def variables(self) -> dict[str, str]:
        """The settings as a process gets them."""
        return {
            "XHHT_INDEX_DIR": str(self.index),
            "XHHT_DATA_DIR": str(self.data),
            "XHHT_PLANS_DIR": str(self.plans),
            "XHHT_FEEDBACK_FILE": str(self.data / "feedback.jsonl"),
            "XHHT_PORT": str(self.port),
        }

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        """A command of the product in this installation."""
        command = [sys.executable, "-m", "xhht_qa", *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, env=self.environment(**more), capture_output=True, text=True, timeout=120)

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | self.variables | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))} | more

    @contextmanager
    def served(self, **more: str) -> Iterator[subprocess.Popen[str]]:
        """A running server; its process is ended afterwards if it still runs."""
        log = self.folder / "server.log"
        with log.open("a") as output:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py")], cwd=self.folder, env=self.environment(**more), stdout=output, stderr=output, text=True
            )
        try:
            deadline = time.monotonic() + 120
            while not self.answers():
                assert process.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False


def install(folder: Path) -> Installation:
    """A sound installation below ``folder``; the index is built by another process, so that this one has nothing of it in memory."""
    made = Installation(folder, free_port())
    made.plans.mkdir(parents=True)
    (made.plans / "doc.txt").write_text(PLAN, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ingest", str(made.plans)], cwd=folder, env=made.environment(), check=True, capture_output=True, timeout=120)
    return made


def copied(pattern: Installation, folder: Path) -> Installation:
    """The same installation as if it had been made in ``folder``."""
    shutil.copytree(pattern.folder, folder)
    for plans in folder.glob("index/builds/*/plans.jsonl"):
        plans.write_text(plans.read_text(encoding="utf-8").replace(str(pattern.folder), str(folder)), encoding="utf-8")
    return Installation(folder, free_port())
