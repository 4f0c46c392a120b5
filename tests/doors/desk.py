"""A real server in a thread, over small plans that tests may publish anew."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import httpx
from server_thread import served
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.api import create_app
from xhht_qa.api.conversations import add_conversations
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings
from xhht_qa.store import Store


class Desk:
    """The plan "doc", the server that answers from it, and people who ask there."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self.publish(3)
        self.settings = Settings(index_dir=folder / "index", data_dir=folder / "data", max_conversations=5)
        engine = LiveEngine(self.settings, ToyEncoder())
        self.archive = Archive(engine, Store.open(self.settings), Editions(self.settings.data_dir / "editions"))
        app = create_app(engine, self.settings, self.archive)
        add_conversations(app, self.archive)
        self.address = stack.enter_context(served(app))

    def publish(self, day: int) -> None:
        (self.folder / "plans").mkdir(exist_ok=True)
        text = f"UBND HUYỆN ĐỒI MÂY\nSố: 12/KH-UBND\nĐồi Mây, ngày 20 tháng 01 năm 2025\nKẾ HOẠCH\nĐọc sách\nI. BÁO CÁO\n1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày {day}/11/2025.\n2. Phòng Văn hóa tổng hợp.\n"
        (self.folder / "plans" / "doc.txt").write_text(text, encoding="utf-8")
        build([self.folder / "plans"], self.folder / "index", ToyEncoder())

    def visitor(self) -> httpx.Client:
        """Someone new, who keeps cookies."""
        return self._stack.enter_context(httpx.Client(base_url=self.address, timeout=60))
