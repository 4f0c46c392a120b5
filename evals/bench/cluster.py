"""``python -m evals.bench.cluster``: a whole installation of several processes on this machine, and what people see while its parts fail.

A Chroma server, PostgreSQL, a process with the page, two of the API alone and nginx with the file of ``deploy/``. While questions are asked through
nginx, by programs and by people at the page in Chromium, each process is killed, Chroma and PostgreSQL are killed and started anew, and an index is
published. Every answer is compared with those that one process gives over the vectors on disk.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.bench.measure import CHECKOUT, BenchError, resident
from evals.bench.page import chromium, questions
from evals.bench.served import READY_SECONDS, UNLIMITED, free_port
from evals.bench.window import Shown, Window
from evals.score import percentile
from xhht_qa.command_line import ArgumentParser
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings

DIFFERENT = 12  # questions
PATIENCE_SECONDS = 60
_TAGS = re.compile(r"<title>.*?</title>|<[^>]+>")
WINDOWS = 3  # with the page open
_COOKIE = "xhht_visitor"
_PROGRAM, *_PEOPLE = (f"{number:032x}" for number in range(WINDOWS + 1))  # who asks


@dataclass(frozen=True)
class Seen:
    """What came of one question: the answer, or the sentence of a refusal; "" where neither was to be read."""

    phase: str
    question: str
    answer: str
    sentence: str
    milliseconds: float


class Part:
    """A program that is killed and started anew, always with the same arguments."""

    def __init__(self, name: str, arguments: Sequence[str | Path], environment: Mapping[str, str], log: Path, ready: str = "") -> None:
        self.name = name
        self._arguments, self._environment, self._log, self._ready = arguments, environment, log, ready
        self.start()

    def start(self) -> None:
        """Raises BenchError when it does not become ready."""
        with self._log.open("ab") as log:
            environment = os.environ | dict(self._environment)
            self.process = subprocess.Popen(self._arguments, cwd=CHECKOUT, env=environment, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + READY_SECONDS
        while self._ready and _get(self._ready)[0] != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise BenchError(f"{self.name} was not ready: {self._log.read_text(encoding='utf-8', errors='replace')[-300:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """As a power cut does it."""
        self.process.kill()
        self.process.wait()


@dataclass
class Crowd:
    """Who ask one question after the other, all the time, one who keeps a conversation, and people at the page."""

    address: str
    asked: Sequence[str]
    phase: str = "before"
    seen: list[Seen] = field(default_factory=list)
    kept: list[Seen] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    are_looking: threading.Event = field(default_factory=threading.Event)
    is_over: bool = False

    def ask(self, place: int) -> None:
        """Until it is over."""
        for question in itertools.islice(itertools.cycle(self.asked), place, None):
            if self.is_over:
                return
            self.seen.append(self._put("/api/ask", question, lambda told: told["answer"]))

    def keep(self) -> None:
        """Ask in a conversation until it is over."""
        id_ = json.loads(_get(f"{self.address}/api/conversations", {"title": ""})[1])["id"]
        for question in itertools.cycle(self.asked):
            if self.is_over:
                break
            self.kept.append(self._put(f"/api/conversations/{id_}/questions", question, lambda told: told["answer"]["answer"]))
        exchanges = json.loads(_get(f"{self.address}/api/conversations/{id_}")[1])["exchanges"]
        self.held = sum(exchange["answer"] is not None for exchange in exchanges)

    def look(self) -> None:
        """Ask at the page in turn, until it is over."""
        with chromium() as browser:
            windows = [Window(browser, self.address, _COOKIE, person) for person in _PEOPLE]
            self.are_looking.set()
            for question, window in zip(itertools.cycle(self.asked), itertools.cycle(windows), strict=False):
                if self.is_over:
                    return
                self.shown.append(window.ask(question, lambda: self.phase))

    def _put(self, path: str, question: str, answer_of: Callable[[Any], str]) -> Seen:
        phase, started = self.phase, time.perf_counter()
        status, body = _get(f"{self.address}{path}", {"question": question})
        took = 1000 * (time.perf_counter() - started)
        try:
            told = json.loads(body)
            if status in (200, 201):
                return Seen(phase, question, answer_of(told), "", took)
            return Seen(phase, question, "", str(told["detail"]), took)
        except (ValueError, KeyError, TypeError):
            return Seen(phase, question, "", "", took)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a log and a table; exit code 1 when an answer was wrong, lost or missing without a sentence, 2 when something does not run."""
    parser = ArgumentParser(prog="python -m evals.bench.cluster", description="Run several processes on this machine and let parts of them fail.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--people", type=int, default=4, help="who ask at once (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="for how long each state is looked at (default: %(default)s)")
    given = parser.parse_args(arguments)
    try:
        with ExitStack() as stack:
            return _run(stack, given.plans, questions(given.gold, DIFFERENT), max(given.people, 1), given.seconds)
    except (XhhtError, OSError, subprocess.SubprocessError) as error:
        print(f"evals.bench.cluster: {error}", file=sys.stderr)
        return 2


def _run(stack: ExitStack, plans: Path, asked: Sequence[str], people: int, seconds: float) -> int:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xhht-cluster-", dir="/tmp")))  # a socket's path has to be short
    folder.chmod(0o755)
    shutil.copytree(plans, folder / "plans")
    last = max((path for path in (folder / "plans").iterdir() if path.suffix == ".txt"), key=lambda path: path.name)
    last.rename(folder / last.name)
    ports = {name: free_port() for name in ("chroma", "page", "api 1", "api 2", "nginx")}
    log = folder / "log"
    postgres = stack.enter_context(_postgres(folder))
    chroma_url = f"http://127.0.0.1:{ports['chroma']}"
    environment = {
        "XHHT_INDEX_DIR": str(folder / "index"), "XHHT_DATA_DIR": str(folder / "data"), "XHHT_PLANS_DIR": str(folder / "plans"),
        "XHHT_FEEDBACK_FILE": str(folder / "data" / "feedback.jsonl"), "XHHT_CHROMA_URL": chroma_url, "XHHT_QUESTIONS_AT_ONCE": "2",
        "XHHT_DATABASE_URL": f"postgresql+psycopg://xhht@/postgres?host={folder}", "ANONYMIZED_TELEMETRY": "False", **UNLIMITED,
    }  # fmt: skip
    program = str(Path(sys.executable).with_name("chroma"))
    chroma = Part(
        "Chroma",
        [program, "run", "--path", folder / "chroma", "--host", "127.0.0.1", "--port", str(ports["chroma"])],
        environment,
        log,
        f"{chroma_url}/api/v2/heartbeat",
    )
    stack.callback(chroma.kill)
    _publish(folder, environment)
    settings = load_settings(index_dir=folder / "index", data_dir=folder / "data")
    right = _answers(settings, asked)
    parts = {}
    for name in ("page", "api 1", "api 2"):
        role = {"XHHT_ROLE": "all" if name == "page" else "api"}
        parts[name] = Part(name, [sys.executable, "app.py", "--port", str(ports[name])], environment | role, log, f"http://127.0.0.1:{ports[name]}/readiness")
        stack.callback(parts[name].kill)
    nginx = Part("nginx", _nginx(folder, ports), environment, log, f"http://127.0.0.1:{ports['nginx']}/health")
    stack.callback(nginx.process.terminate)
    crowd = Crowd(f"http://127.0.0.1:{ports['nginx']}", asked)
    pool = stack.enter_context(ThreadPoolExecutor(people + 2))
    stack.callback(setattr, crowd, "is_over", True)
    busy = [pool.submit(crowd.ask, place * len(asked) // people) for place in range(people)] + [pool.submit(crowd.keep), pool.submit(crowd.look)]
    crowd.are_looking.wait(PATIENCE_SECONDS)
    begun = time.monotonic()

    def enter(phase: str, act: Callable[[], object] = lambda: None) -> None:
        print(f"{time.monotonic() - begun:6.1f} s  {phase}", flush=True)
        crowd.phase = phase
        act()
        time.sleep(seconds)

    enter("all parts run")
    enter("the page's process is killed", parts["page"].kill)
    print(f"          who opens the page meanwhile reads: {_TAGS.sub('', _get(f'{crowd.address}/chat/', accept='text/html')[1])}")
    enter("the page is started again", parts["page"].start)
    enter("an API process is killed", parts["api 1"].kill)
    enter("the API is started again", parts["api 1"].start)
    enter("Chroma is killed", chroma.kill)
    enter("Chroma is started again", chroma.start)
    enter("PostgreSQL is restarted", lambda: postgres("pg_ctl", "restart", "-w", "-m", "immediate"))
    (folder / last.name).rename(last)
    enter("an index is published", lambda: _publish(folder, environment))
    enter("all parts run on")
    crowd.is_over = True
    for future in busy:
        future.result()
    told_at_the_page = [exchange for person in _PEOPLE for exchange in _kept_by(person, crowd.address)]
    right = [{*before, *after} for before, after in zip(right, _answers(settings, asked), strict=True)]
    memory = {part.name: resident(part.process.pid) for part in (*parts.values(), chroma)}
    collections = len(json.loads(_get(f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections")[1]))
    known = dict(zip(asked, right, strict=True))
    return max(_told(crowd, known, memory, collections), _told_of_the_page(crowd.shown, told_at_the_page, known))


def _told(crowd: Crowd, right: Mapping[str, set[str]], memory: Mapping[str, float], collections: int) -> int:
    """The table; 1 when something is not as it should be."""
    print(f"\n{'':<28}{'asked':>7}{'answered':>10}{'refused':>9}{'wrong':>7}{'unclear':>9}{'p50 ms':>8}{'p95 ms':>8}{'longest':>9}")
    wrong = unclear = 0
    for phase in dict.fromkeys(seen.phase for seen in crowd.seen):
        ours = [seen for seen in crowd.seen if seen.phase == phase]
        times = sorted(seen.milliseconds for seen in ours if seen.answer)
        bad, blank = sum(bool(seen.answer) and seen.answer not in right[seen.question] for seen in ours), sum(not seen.answer + seen.sentence for seen in ours)
        at = [f"{percentile(times, percent) or 0:.0f}" for percent in (50, 95, 100)]
        print(f"{phase:<28}{len(ours):>7}{len(times):>10}{sum(bool(seen.sentence) for seen in ours):>9}{bad:>7}{blank:>9}{at[0]:>8}{at[1]:>8}{at[2]:>9}")
        wrong, unclear = wrong + bad, unclear + blank
    answered = sum(bool(seen.answer) for seen in crowd.kept)
    blank = sum(not seen.answer + seen.sentence for seen in crowd.kept)
    print(f"\none conversation in PostgreSQL: {len(crowd.kept)} questions, {answered} answered, {crowd.held} answers kept, {blank} unclear")
    for sentence, count in Counter(seen.sentence for seen in (*crowd.seen, *crowd.kept) if seen.sentence).items():
        print(f"refused {count} times: {sentence}")
    print(f"memory: {', '.join(f'{name} {megabytes:.0f} MB' for name, megabytes in memory.items())}; {collections} collections are left in Chroma")
    return int(bool(wrong or unclear or blank or crowd.held < answered))


def _told_of_the_page(shown: Sequence[Shown], kept: Sequence[Mapping[str, Any]], right: Mapping[str, set[str]]) -> int:
    """What people at the page have seen; 1 when an answer was wrong or is not kept."""
    print(f"\n{'at the page, in Chromium':<30}{'asked':>7}{'answered':>10}{'after a notice':>16}{'p50 ms':>8}{'longest':>9}")
    for phase in dict.fromkeys(each.phase for each in shown):
        ours = [each for each in shown if each.phase == phase]
        times = sorted(each.milliseconds for each in ours if each.milliseconds is not None)
        told = sum(bool(each.notices) for each in ours)
        print(f"{phase:<30}{len(ours):>7}{len(times):>10}{told:>16}{percentile(times, 50) or 0:>8.0f}{percentile(times, 100) or 0:>9.0f}")
    for sentence, count in Counter(notice for each in shown for notice in each.notices).items():
        print(f"told {count} times: {sentence}")
    wrong = sum(exchange["answer"]["answer"] not in right[exchange["question"]] for exchange in kept)
    answered = sum(each.milliseconds is not None for each in shown)
    print(f"{answered} answers were shown, {len(kept)} are kept, {wrong} of them wrong")
    return int(bool(wrong) or len(kept) < answered or answered < len(shown))


def _kept_by(person: str, address: str) -> list[dict[str, Any]]:
    """Every answered exchange of a person's conversations."""
    ids: list[str] = []
    while page := json.loads(_get(f"{address}/api/conversations?offset={len(ids)}", who=person)[1])["conversations"]:
        ids += [each["id"] for each in page]
    found = (json.loads(_get(f"{address}/api/conversations/{id_}", who=person)[1])["exchanges"] for id_ in ids)
    return [exchange for exchanges in found for exchange in exchanges if exchange["answer"] is not None]


def _answers(settings: Any, asked: Sequence[str]) -> list[set[str]]:
    """What one process answers from the vectors on disk."""
    engine = Engine.open(settings)
    found = [{engine.ask(question).answer} for question in asked]
    engine.index.close()
    return found


def _publish(folder: Path, environment: Mapping[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "ingest", folder / "plans"], cwd=CHECKOUT, env=os.environ | dict(environment), check=True, capture_output=True, timeout=600
    )


def _nginx(folder: Path, ports: Mapping[str, int]) -> list[str | Path]:
    """The command that serves the file of ``deploy/`` with the ports of this run."""
    text = (CHECKOUT / "deploy" / "nginx-processes.conf").read_text(encoding="utf-8")
    for printed, name in (("127.0.0.1:7860", "page"), ("127.0.0.1:7861", "api 1"), ("127.0.0.1:7862", "api 2")):
        text = text.replace(printed, f"127.0.0.1:{ports[name]}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{ports['nginx']};")
    temporary = "; ".join(f"{kind}_temp_path {folder}/{kind}" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.geteuid() == 0 else ""
    whole = f"{user}daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}} http {{ access_log off; {temporary}; {text} }}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-p", folder, "-c", folder / "nginx.conf"]


@contextmanager
def _postgres(folder: Path) -> Iterator[Callable[..., object]]:
    """A PostgreSQL that listens on a socket in the folder; what runs a program of its. Raises BenchError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise BenchError("PostgreSQL is not installed; apt-get install postgresql brings it")
    home = folder / "postgres"
    home.mkdir()
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        shutil.chown(home, user)
        folder.chmod(0o777)

    def run(program: str, *arguments: str) -> None:
        with (folder / "postgres.log").open("ab") as log:
            subprocess.run([found[-1] / program, "-D", home / "data", *arguments], user=user, cwd="/", stdout=log, stderr=log, check=True, timeout=120)

    run("initdb", "--no-sync", "--auth=trust", "--username=xhht", "--encoding=UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "start", "-w", "-o", f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=100")
    try:
        yield run
    finally:
        run("pg_ctl", "stop", "-m", "immediate")


def _get(address: str, given: object = None, who: str = _PROGRAM, accept: str = "application/json") -> tuple[int, str]:
    """The status and the body of an answer, 0 where nobody answers; ``given`` is sent as JSON."""
    content = None if given is None else json.dumps(given).encode()
    request = urllib.request.Request(address, content, {"Content-Type": "application/json", "Accept": accept, "Cookie": f"{_COOKIE}={who}"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)


if __name__ == "__main__":
    raise SystemExit(main())
