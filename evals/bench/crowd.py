"""``python -m evals.bench.crowd``: many people who ask at once, through the page's own way and through the API."""

from __future__ import annotations

import asyncio
import html
import itertools
import json
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.bench.measure import Measure, keep, resident, table
from evals.bench.page import questions
from evals.bench.served import Server, served
from evals.score import percentile
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings

if TYPE_CHECKING:
    import httpx

ALONE = "one person, who has the server alone"
DIFFERENT = 60  # questions
PATIENCE_SECONDS = 60
ALONE_SECONDS = 10
_TOLD = re.compile(r'data-state="([^"]*)"')  # what the page's scripts read
FAILED = "Chưa trả lời được"  # as the page says it of a question that was refused or broke

Ask = Callable[[str], Awaitable[None]]


class Refused(Exception):
    """A question that was not answered."""


@dataclass
class Asked:
    """What came of a crowd's questions: milliseconds of each answer, the reasons why others have none, memory in MB on the way."""

    seconds: float
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def answers_per_second(self) -> float:
        """Over the whole time."""
        return len(self.times) / self.seconds

    def at(self, percent: int) -> float:
        """A percentile of the times; 100 is the longest."""
        return percentile(sorted(self.times), percent) or 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table and keep it in ``evals/runs/crowd.json``; exit code 1 when a question was not answered, 2 when something is missing."""
    parser = ArgumentParser(prog="python -m evals.bench.crowd", description="Measure the server while many ask at once.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--people", type=int, default=30, help="who ask at once, each again as soon as answered (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="for how long, each way (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=0, help="ask the API alone, of so many processes side by side (default: the page and the API of one)")
    given = parser.parse_args(arguments)
    try:
        asked = questions(given.gold, DIFFERENT)
        measures = list(_measure(given.plans, asked, max(given.people, 1), max(given.seconds, 1), max(given.processes, 0)))
    except XhhtError as error:
        print(f"evals.bench.crowd: {error}", file=sys.stderr)
        return 2
    keep("crowd", measures, plans=str(given.plans), people=given.people, seconds=given.seconds, processes=given.processes)
    print(table(measures))
    return int(any(measure.value for measure in measures if measure.unit == "errors"))


def _measure(plans: Path, asked: Sequence[str], people: int, seconds: float, processes: int) -> Iterator[Measure]:
    from ingest.build import build

    whole = [("the page", _page, ["all"]), ("/api/ask", _api, ["all"])]
    alone_api = [(f"/api/ask of {processes} processes", _api, ["api"] * processes)]

    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build([plans], index, load_encoder(load_settings()))
        for name, way, roles in alone_api if processes else whole:
            with ExitStack() as stack:
                servers = [stack.enter_context(served(index, role)) for role in roles]
                alone = asyncio.run(_crowd(servers, way, asked, 1, min(seconds, ALONE_SECONDS)))
                many = asyncio.run(_crowd(servers, way, asked, people, seconds))
            yield from _figures(f"{name}, {people} people", many, alone)
            for failure in sorted(set(many.failures + alone.failures)):
                print(f"evals.bench.crowd: {name}: {failure}", file=sys.stderr)


def _figures(name: str, many: Asked, alone: Asked) -> Iterator[Measure]:
    yield Measure(f"{name}: answers a second", many.answers_per_second, "", ALONE, alone.answers_per_second)
    for label, percent in (("p50", 50), ("p95", 95), ("longest", 100)):
        yield Measure(f"{name}: one answer, {label}", many.at(percent), "ms", ALONE, alone.at(percent))
    yield Measure(f"{name}: not answered", len(many.failures) + len(alone.failures), "errors")
    before, half, end = many.memory
    yield Measure(f"{name}: memory before", before, "MB")
    yield Measure(f"{name}: memory at half", half, "MB", "before", before)
    yield Measure(f"{name}: memory at the end", end, "MB", "at half", half)


async def _crowd(servers: Sequence[Server], way: Callable[[httpx.AsyncClient], Awaitable[Ask]], asked: Sequence[str], people: int, seconds: float) -> Asked:
    """Everyone asks one server one question after the other, all of them different from their neighbours', until the time is over."""
    import httpx

    done = Asked(seconds)
    limits = httpx.Limits(max_connections=None)
    chosen = itertools.islice(itertools.cycle(servers), people)
    clients = [httpx.AsyncClient(base_url=server.address, timeout=PATIENCE_SECONDS, limits=limits) for server in chosen]
    ways = [await way(client) for client in clients]
    for ask in ways[: len(servers)] * 3:
        await ask(asked[0])  # the first answers open files and load weights
    end = time.perf_counter() + seconds

    async def one(ask: Ask, place: int) -> None:
        for question in itertools.islice(itertools.cycle(asked), place * len(asked) // people, None):
            start = time.perf_counter()
            if start > end:
                return
            try:
                await ask(question)
                done.times.append(1000 * (time.perf_counter() - start))
            except (Refused, httpx.HTTPError) as error:
                done.failures.append(f"{type(error).__name__}: {error}")

    async def watch() -> None:
        done.memory.append(sum(resident(server.process) for server in servers))
        await asyncio.sleep(seconds / 2)
        done.memory.append(sum(resident(server.process) for server in servers))

    await asyncio.gather(watch(), *(one(ask, place) for place, ask in enumerate(ways)))
    done.memory.append(sum(resident(server.process) for server in servers))
    await asyncio.gather(*(client.aclose() for client in clients))
    return done


async def _api(client: httpx.AsyncClient) -> Ask:
    """A program with a history of its own."""
    history: list[dict[str, str]] = []

    async def ask(question: str) -> None:
        answer = _checked(await client.post("/api/ask", json={"question": question, "history": history[-10:]})).json()
        if answer["status"] == "failed":
            raise Refused(answer["answer"])
        history.extend(({"role": "user", "content": question}, {"role": "assistant", "content": answer["answer"]}))

    return ask


async def _page(client: httpx.AsyncClient) -> Ask:
    """A browser with the page open: a cookie, a session, each question put into Gradio's queue, its answer read from a stream of events."""
    _checked(await client.get("/chat/", headers={"accept": "text/html"}))
    config = _checked(await client.get("/chat/config")).json()
    names = {component["id"]: component["props"].get("elem_id") for component in config["components"]}
    asking = next(event for event in config["dependencies"] if [names.get(target) for target, _ in event["targets"]][:1] == ["box"])
    now = next(place for place, target in enumerate(asking["outputs"]) if names.get(target) == "now")
    queue, session = f"/chat{config['api_prefix']}/queue", secrets.token_hex(5)
    kept = ""  # the conversation, which the page sends back with each question

    async def ask(question: str) -> None:
        nonlocal kept
        given = {"box": question, "scope": "[]", "held": kept}
        data = [given.get(str(names.get(target))) for target in asking["inputs"]]
        event = {"data": data, "event_data": None, "fn_index": asking["id"], "trigger_id": asking["targets"][0][0], "session_hash": session}
        _checked(await client.post(f"{queue}/join", json=event))
        async with client.stream("GET", f"{queue}/data", params={"session_hash": session}) as stream:
            async for line in stream.aiter_lines():
                message: dict[str, Any] = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if FAILED in line:
                    raise Refused("an answer says that there is none")
                if message.get("msg") in ("process_generating", "process_completed"):
                    if not message.get("success"):
                        raise Refused(str(message.get("output")))
                    told = _TOLD.search(str((message["output"].get("data") or [""] * (now + 1))[now]))
                    kept = json.loads(html.unescape(told[1]))["held"] if told else kept
                if message.get("msg") == "process_completed":
                    return
        raise Refused("the stream ended before the answer")

    return ask


def _checked(response: httpx.Response) -> httpx.Response:
    if response.is_error:
        raise Refused(f"{response.status_code} {response.text[:200]}")
    return response


if __name__ == "__main__":
    raise SystemExit(main())
