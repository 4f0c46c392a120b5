"""An open page of the chat belongs to who opened it: its number alone, which a log or a proxy may show, opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from gate import QUESTION, Gate
from starlette.testclient import TestClient

from xhht_qa.ui import mount_chat

NUMBER = "trangdangmo1"  # of the open page
ASKED, ANSWERED = "hồ sơ luân chuyển gửi", "về Phòng Nội vụ trước ngày 17"  # as they stand in the page, where marks are escaped


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with ExitStack() as stack:
        made = Gate(tmp_path_factory.mktemp("page"), stack, sign_in="proxy")
        mount_chat(made.app, made.settings, made.archive)
        yield made


def person(gate: Gate, name: str, groups: str) -> TestClient:
    return gate.comes(**{"X-Remote-User": name, "X-Remote-Groups": groups})


def events(client: TestClient) -> dict[str, dict[str, Any]]:
    """What the page can ask for at once, by the component that is pressed; ``ask`` waits for its answer."""
    config = client.get("/chat/config").json()
    names = {component["id"]: component["props"].get("elem_id") for component in config["components"]}
    found = {f"{names.get(event['targets'][0][0])} {event['targets'][0][1]}": event for event in config["dependencies"] if event["targets"]}
    ask = next(event for event in config["dependencies"] if "send" in [names.get(target) for target, _ in event["targets"]])
    return {name: event for name, event in found.items() if not event["queue"]} | {"ask": ask}


def pressed(client: TestClient, event: dict[str, Any]) -> str:
    data = {"data": [None] * len(event["inputs"]), "fn_index": event["id"], "session_hash": NUMBER, "trigger_id": event["targets"][0][0]}
    return client.post("/chat/gradio_api/run/predict", json=data).text


def test_nobody_else_is_told_of_an_open_page(gate: Gate) -> None:
    own, other = person(gate, "binh", "to-chuc"), person(gate, "an", "khac")
    parts = events(own)
    given = {"data": [QUESTION, "{}", "-", None], "fn_index": parts["ask"]["id"], "session_hash": NUMBER, "trigger_id": 1}
    assert own.post("/chat/gradio_api/queue/join", json=given).status_code == 200
    with own.stream("GET", "/chat/gradio_api/queue/data", params={"session_hash": NUMBER}) as stream:
        told = ""
        for line in stream.iter_lines():
            told += line
            if "process_completed" in line:
                break
    assert ANSWERED in told
    at_once = {name: event for name, event in parts.items() if name != "ask"}
    assert {"keep click", "stop click", "thread undo"} <= set(at_once)
    assert ANSWERED in pressed(own, parts["keep click"])
    for name, event in at_once.items():
        said = pressed(other, event)
        assert ANSWERED not in said, name
        assert ASKED not in said, name
