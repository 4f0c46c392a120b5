"""Two processes over one folder of data: one that serves everything, and one that serves the API alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from installation import QUESTION, Installation, copied
from programs import free_port

from ingest.library import PlanFolder

TOKEN = "ma-quan-ly-cua-phong"


@pytest.fixture(scope="module")
def processes(pattern: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Clients of the two; both are one visitor."""
    whole = copied(pattern, tmp_path_factory.mktemp("processes") / "here")
    api = Installation(whole.folder, free_port())
    with ExitStack() as stack:
        stack.enter_context(whole.served(XHHT_ADMIN_TOKEN=TOKEN))
        headers = {"Authorization": f"Bearer {TOKEN}", "Cookie": f"xhht_visitor={'7' * 32}"}
        clients = [httpx.Client(base_url=f"http://127.0.0.1:{one.port}", timeout=60, headers=headers) for one in (whole, api)]
        for client in clients:
            stack.enter_context(client)
        waiting = clients[0].post("/api/library/proposals", files={"file": ("hai.txt", (whole.plans / "doc.txt").read_bytes())})
        assert waiting.status_code == 201, waiting.text
        stack.enter_context(api.served(XHHT_ADMIN_TOKEN=TOKEN, XHHT_ROLE="api"))
        yield clients[0], clients[1]


@pytest.mark.parametrize(
    ("path", "by_whole", "by_api", "why"),
    [
        ("/readiness", 200, 200, "a balancer asks both"),
        ("/api/plans", 200, 200, "the plans can be read from either"),
        ("/api/library", 200, 404, "files that wait are known to one process"),
        ("/chat/", 200, 404, "so are the open chats"),
        ("/metrics", 200, 200, "each tells its own figures"),
    ],
)
def test_what_each_serves(processes: tuple[httpx.Client, httpx.Client], path: str, by_whole: int, by_api: int, why: str) -> None:
    assert [client.get(path).status_code for client in processes] == [by_whole, by_api], why


def test_both_give_the_same_answers_and_keep_one_set_of_conversations(processes: tuple[httpx.Client, httpx.Client]) -> None:
    whole, api = processes
    answers = [client.post("/api/ask", json={"question": QUESTION}).json() for client in processes]
    assert answers[0]["answer"] == answers[1]["answer"]
    assert answers[0]["citations"] == answers[1]["citations"]
    conversation = whole.post("/api/conversations", json={"title": ""}).json()["id"]
    for client in (api, whole):
        assert client.post(f"/api/conversations/{conversation}/questions", json={"question": QUESTION}).status_code in (200, 201)
    kept = [client.get(f"/api/conversations/{conversation}").json()["exchanges"] for client in processes]
    assert [len(exchanges) for exchanges in kept] == [2, 2]


def test_a_process_that_starts_leaves_what_waits_at_another(processes: tuple[httpx.Client, httpx.Client]) -> None:
    waiting = processes[0].get("/api/library").json()["proposals"]
    assert [proposal["name"] for proposal in waiting] == ["hai.txt"]


def test_files_that_wait_belong_to_one_process_and_go_with_it(installation: Installation) -> None:
    def folder() -> PlanFolder:
        return PlanFolder(installation.settings, dict, lambda: None)

    def files() -> list[str]:
        return sorted(path.name for path in (installation.data / "proposals").glob("*/*/*"))

    def propose(library: PlanFolder, name: str) -> None:
        content = Path(installation.folder / name)
        content.write_bytes((installation.plans / "doc.txt").read_bytes())
        library.propose(name, content)

    first, second = folder(), folder()
    propose(first, "mot.txt")
    propose(second, "hai.txt")
    third = folder()
    assert files() == ["hai.txt", "mot.txt"]
    assert third.proposals() == []
    del second  # its process ends
    folder()
    assert files() == ["mot.txt"]
    assert [proposal.name for proposal in first.proposals()] == ["mot.txt"]
