"""A real server in a thread, over small plans that tests may publish anew."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.api import create_app
from xhht_qa.api.conversations import add_conversations
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings
from xhht_qa.store import Store


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address at which an app answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)


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
