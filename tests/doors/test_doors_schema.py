"""The API is asked whatever its description allows, and what it does not: it never fails, and answers as described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk
from server_thread import served

from ingest.library import PlanFolder
from xhht_qa.access.visitors import COOKIE
from xhht_qa.api import create_app
from xhht_qa.api.conversations import add_conversations
from xhht_qa.service import Service

CHANGING = "library/(read|plans|proposals/.*/publish)"  # they would take away what the others ask for


def test_the_api_is_as_it_is_described(own_desk: Desk, tmp_path: Path) -> None:
    archive = own_desk.archive
    given = {"questions_per_minute": 0, "questions_per_minute_address": 0, "admin_on_loopback": True, "max_conversations": 100_000}
    settings = own_desk.settings.model_copy(update=given | {"feedback_file": tmp_path / "feedback.jsonl", "plans_dir": own_desk.folder / "plans"})
    library = PlanFolder(settings, lambda: archive.engine.plans, archive.engine.refresh)
    app = create_app(archive.engine, settings, archive, Service(settings, archive), library)
    add_conversations(app, archive)
    with served(app) as address:
        command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(Path(__file__).with_name("schemathesis.toml")), "run"]
        options = ["--exclude-path-regex", CHANGING, "--max-examples", "10", "--max-time", "40", "--seed", "1", "--no-color"]
        options += ["--request-timeout", "30", "--continue-on-failure", "--header", f"Cookie: {COOKIE}={'0' * 32}", "--generation-database", "none"]
        ended = subprocess.run([*command, f"{address}/openapi.json", *options], cwd=tmp_path, capture_output=True, text=True, timeout=240)
    if ended.returncode:
        pytest.fail(ended.stdout[-12_000:] + ended.stderr[-2000:])
