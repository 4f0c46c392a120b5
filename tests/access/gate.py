"""A small house with a plan for everyone and a plan for one group, entered in whatever way its settings say."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.library import PlanFolder
from xhht_qa.access.trust import Proxies
from xhht_qa.api import create_app
from xhht_qa.api.address import Address
from xhht_qa.api.conversations import add_conversations
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings
from xhht_qa.store import Store

RULES = '[[rule]]\nplans = ["kin-01"]\ngroups = ["to-chuc"]\n[[rule]]\nplans = ["*"]\ngroups = ["*"]\n'
QUESTION = "Đồi Sương: hồ sơ luân chuyển gửi trước ngày nào?"
SECRET = "17/9/2025"  # stands in the closed plan alone


class Gate:
    """The house; ``comes`` gives the client of one who comes from an address."""

    def __init__(self, folder: Path, stack: ExitStack, **given: Any) -> None:
        self._stack = stack
        plans = folder / "plans"
        plans.mkdir(parents=True)
        for name, place, subject, day in (("mo", "Đồi Mây", "Đọc sách", "3/11/2025"), ("kin-01", "Đồi Sương", "Luân chuyển cán bộ", SECRET)):
            text = f"UBND HUYỆN {place.upper()}\nSố: 12/KH-UBND\n{place}, ngày 20 tháng 01 năm 2025\nKẾ HOẠCH\n{subject}\nI. HỒ SƠ\n1. Các xã gửi hồ sơ {subject.lower()} về Phòng Nội vụ trước ngày {day}.\n2. Phòng Nội vụ tổng hợp.\n"
            (plans / f"{name}.txt").write_text(text, encoding="utf-8")
        build([plans], folder / "index", ToyEncoder())
        self.rules = folder / "access.toml"
        self.rules.write_text(RULES, encoding="utf-8")
        self.settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            **{
                "index_dir": folder / "index",
                "data_dir": folder / "data",
                "plans_dir": plans,
                "feedback_file": folder / "feedback.jsonl",
                "access_file": self.rules,
                "questions_per_minute": 0,
                "questions_per_minute_address": 0,
                **given,
            },
        )
        self.engine = LiveEngine(self.settings, ToyEncoder())
        self.archive = Archive(self.engine, Store.open(self.settings), Editions(self.settings.data_dir / "editions"))
        self.app: FastAPI = create_app(
            self.engine, self.settings, self.archive, library=PlanFolder(self.settings, lambda: self.engine.plans, self.engine.refresh)
        )
        add_conversations(self.app, self.archive)
        self.app.add_middleware(Address, root_path="")

    @property
    def guarded(self) -> Proxies:
        """The app as the server runs it."""
        return Proxies(self.app, self.settings.trusted_proxies)

    def comes(self, address: str = "127.0.0.1", **headers: str) -> TestClient:
        client = TestClient(self.guarded, base_url="http://localhost", client=(address, 50_000), follow_redirects=False)
        client.headers.update({name: value.encode() for name, value in headers.items()})
        return self._stack.enter_context(client)


def sees(client: TestClient, **options: Any) -> set[str]:
    """The ids of the plans that the client is told of."""
    answer = client.get("/api/plans", **options)
    return {plan["id"] for plan in answer.json()["plans"]} if answer.status_code == 200 else set()
