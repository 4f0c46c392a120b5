"""``python -m evals.bench.page``: the chat in a real browser, against Gradio's own chat page over the same engine."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.bench.measure import BenchError, Measure, keep, table
from evals.bench.served import Server, answering, free_port, served
from evals.gold import load
from evals.score import percentile
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings

STOCK = "gradio's ChatInterface"
# What anyone gets in a few lines: the same answers, without citations, conversations or sources.
STOCK_PAGE = (
    "import sys, gradio; from xhht_qa.engine import Engine; from xhht_qa.settings import load_settings;"
    "engine = Engine.open(load_settings(index_dir=sys.argv[2]));"
    "gradio.ChatInterface(lambda message, history: engine.ask(message).answer).launch(server_port=int(sys.argv[1]))"
)
WARM_UP = 3  # the first answers open files and load weights
LEAST_QUESTIONS = 20
SETTLED_MILLISECONDS = 1500  # after a page is usable: what it still loads, and what still moves
ANSWER_MILLISECONDS = 60_000
KINDS = {"Document": "pages", "Script": "scripts", "Stylesheet": "styles", "Font": "fonts"}
# Layout shift as browsers report it, outside of half a second after a key or a click.
WATCH_SHIFT = """
  window.shift = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value })
    .observe({ type: 'layout-shift', buffered: true });
"""
# From the key to the next picture that the browser paints with an answer in it.
WATCH_ANSWER = """() => {
  const answers = () => document.querySelectorAll('[data-testid=bot]');
  const before = answers().length;
  window.answered = new Promise(resolve => addEventListener('keydown', () => {
    const start = performance.now();
    const watch = new MutationObserver(() => {
      const text = answers().length > before ? [...answers()].at(-1).innerText.trim() : '';
      if (!text || text.startsWith('Đang tìm')) return;
      watch.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - start));
    });
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  }, { once: true, capture: true }));
}"""
READY_AGAIN = "() => { const send = document.querySelector('#send'); return !send || send.offsetParent }"


@dataclass
class Load:
    """One load of a page: milliseconds until a question can be typed, bytes by kind, how far things moved (0 is still)."""

    usable: float = 0.0
    shift: float = 0.0
    requests: int = 0
    wire: Counter[str] = field(default_factory=Counter)
    decoded: Counter[str] = field(default_factory=Counter)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table and keep it in ``evals/runs/page.json``; exit code 2 when something is missing."""
    parser = ArgumentParser(prog="python -m evals.bench.page", description="Measure the chat page in Chromium.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--questions", type=int, default=30, help=f"how many of them are asked, at least {LEAST_QUESTIONS} (default: %(default)s)")
    given = parser.parse_args(arguments)
    try:
        measures = list(_measure(given.plans, questions(given.gold, max(given.questions, LEAST_QUESTIONS) + WARM_UP)))
    except XhhtError as error:
        print(f"evals.bench.page: {error}", file=sys.stderr)
        return 2
    keep("page", measures, plans=str(given.plans))
    print(table(measures))
    return 0


def questions(gold: Sequence[Path], count: int) -> list[str]:
    """Different questions that need no history, from all parts of the sets. Raises BenchError when there are too few."""
    found = list(dict.fromkeys(question.question for question in load(gold) if not question.history))
    if len(found) < count:
        raise BenchError(f"there are {len(found)} questions without a history, and {count} are needed; give more with --gold")
    return [found[place * len(found) // count] for place in range(count)]


@contextmanager
def chromium() -> Iterator[Any]:
    """Playwright's browser, to be used by the thread that opens it. Raises BenchError."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        raise BenchError("Chromium is not installed; install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _measure(plans: Path, asked: Sequence[str]) -> Iterator[Measure]:
    from ingest.build import build

    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        index = Path(folder) / "index"
        build([plans], index, load_encoder(load_settings()))
        port = free_port()
        quiet = {"GRADIO_ANALYTICS_ENABLED": "False"}
        with served(index) as server, answering(["-c", STOCK_PAGE, str(port), str(index)], port, "/", quiet) as stock:
            yield from _figures(_visit(browser, server, "/chat/", asked), _visit(browser, stock, "/", asked))


def _figures(ours: tuple[list[Load], list[float]], stock: tuple[list[Load], list[float]]) -> Iterator[Measure]:
    for name, own, other in zip(("first visit", "next visit"), ours[0], stock[0], strict=True):
        yield Measure(f"{name}: over the wire", own.wire.total() / 1024, "KB", STOCK, other.wire.total() / 1024)
        for kind in (*KINDS.values(), "data"):
            yield Measure(f"{name}: {kind}", own.wire[kind] / 1024, "KB", STOCK, other.wire[kind] / 1024)
        yield Measure(f"{name}: unpacked", own.decoded.total() / 1024, "KB", STOCK, other.decoded.total() / 1024)
        yield Measure(f"{name}: requests", own.requests, "", STOCK, other.requests)
        yield Measure(f"{name}: until one can type", own.usable, "ms", STOCK, other.usable)
        yield Measure(f"{name}: layout shift", own.shift, "", STOCK, other.shift)
    for percent in (50, 95):
        own_time, other_time = (percentile(sorted(times), percent) or 0.0 for times in (ours[1], stock[1]))
        yield Measure(f"from Enter to the answer, p{percent}", own_time, "ms", STOCK, other_time)


def _visit(browser: Any, server: Server, path: str, asked: Sequence[str]) -> tuple[list[Load], list[float]]:
    """The page loaded by a browser that has nothing of it and again by one that has, then questions; milliseconds of each answer."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH_SHIFT)
    page = context.new_page()
    loads = [_load(context, page, f"{server.address}{path}") for _ in range(2)]
    box = page.locator("textarea:visible").first
    times = []
    for question in asked:
        page.wait_for_function(READY_AGAIN, timeout=ANSWER_MILLISECONDS)
        box.fill(question)
        page.evaluate(WATCH_ANSWER)
        box.press("Enter")
        times.append(float(page.evaluate("() => window.answered")))
    context.close()
    return loads, times[WARM_UP:]


def _load(context: Any, page: Any, address: str) -> Load:
    done = Load()
    kinds: dict[str, str] = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = KINDS.get(event["type"], "data")

    def received(event: dict[str, Any]) -> None:
        done.decoded[kinds.get(event["requestId"], "data")] += event["dataLength"]

    def finished(event: dict[str, Any]) -> None:
        bytes_ = int(event["encodedDataLength"])  # with the headers; 0 for what the browser still has
        done.requests += bytes_ > 0
        done.wire[kinds.get(event["requestId"], "data")] += bytes_

    network.on("Network.responseReceived", answered)
    network.on("Network.dataReceived", received)
    network.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="commit")
    page.locator("textarea:visible").first.wait_for(timeout=ANSWER_MILLISECONDS)
    done.usable = float(page.evaluate("() => performance.now()"))
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    done.shift = float(page.evaluate("() => window.shift"))
    network.detach()
    return done


if __name__ == "__main__":
    raise SystemExit(main())
