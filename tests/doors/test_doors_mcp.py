"""The tools of the Model Context Protocol, called by the official kit's own client over both transports."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from desk import Desk
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from xhht_qa import messages
from xhht_qa.types import Answer

ROOT = Path(__file__).parents[2]
QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"


async def journey(client: Client, plan: str, address: str) -> dict[str, Any]:
    """What each tool gave."""
    names = sorted(tool.name for tool in (await client.list_tools()).tools)
    assert names == ["ask", "deadlines", "search", "section"]
    told: dict[str, Any] = {}
    for name, given in (
        ("ask", {"question": QUESTION, "plans": [plan]}),
        ("search", {"question": QUESTION, "k": 2}),
        ("section", {"plan": plan, "address": address}),
        ("deadlines", {"plans": [plan], "actor": "ubnd cac xa"}),
    ):
        result = await client.call_tool(name, given)
        assert not result.is_error, result.content
        told[name] = result.structured_content
    return told


def test_the_tools_over_http(desk: Desk) -> None:
    async def run() -> dict[str, Any]:
        async with Client(f"{desk.address}/mcp") as client:
            return await journey(client, "doc", "I.1")

    told = anyio.run(run)
    assert list(told["ask"]) == list(Answer.__dataclass_fields__)
    assert (told["ask"]["status"], told["ask"]["citations"][0]["section"]) == ("answered", "I.1")
    assert told["search"]["results"][0]["section"] == "I.1"
    assert told["section"]["link"] == f"{desk.address}/doc/doc#I.1"
    assert told["deadlines"]["facts"][0]["due"]["text"] == "trước ngày 3/11/2025"


@pytest.mark.parametrize(
    ("name", "given", "sentence", "why"),
    [
        ("ask", {"question": " "}, messages.EMPTY_QUESTION, "nothing asked"),
        ("search", {"question": QUESTION, "plans": ["khong-co"]}, messages.unknown_plan("khong-co"), "no such plan"),
        ("section", {"plan": "khong-co", "address": "I"}, messages.no_plan("khong-co"), "no such plan"),
        ("section", {"plan": "doc", "address": "IX"}, messages.no_section("doc", "IX"), "no such section"),
        ("deadlines", {"first": "hôm nay"}, messages.no_such_day("from"), "no such day"),
    ],
)
def test_a_tool_refuses_in_the_words_of_the_api(desk: Desk, name: str, given: dict[str, Any], sentence: str, why: str) -> None:
    async def run() -> Any:
        async with Client(f"{desk.address}/mcp") as client:
            return await client.call_tool(name, given)

    result = anyio.run(run)
    assert result.is_error, why
    assert sentence in result.content[0].text


def test_a_page_of_others_may_not_call_a_tool(desk: Desk) -> None:
    refused = httpx.post(f"{desk.address}/mcp", json={}, headers={"Origin": "http://xau.example", "Sec-Fetch-Site": "cross-site"})
    assert (refused.status_code, refused.json()) == (403, {"detail": messages.OTHER_ORIGIN})


def test_the_tools_on_stdin_and_stdout(sample_index: Path) -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "xhht_qa", "mcp", "--index", str(sample_index)], env=dict(os.environ), cwd=ROOT)

    async def run() -> dict[str, Any]:
        async with Client(stdio_client(server)) as client:
            return await journey(client, "ubnd-huyen-suoimay-cds", "IV.b")

    told = anyio.run(run)
    assert told["ask"]["citations"][0]["section"] == "IV.b"
    assert told["section"]["link"] == "/doc/ubnd-huyen-suoimay-cds#IV.b"
    assert told["deadlines"]["total"] > 0
