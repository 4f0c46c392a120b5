"""A program that builds an index by the toy encoder in children of its own and kills them.

It reads a JSON line a task, {"index", "plans", "only", "after"}: "plans" are built each by a child of its own at the same
time, and killed "after" so many seconds (never, if null). It answers each with a JSON line: the exit status of every child, and the seconds taken.
Children are forked before Chroma has opened anything, so that a build costs no start of Python.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

# Loaded here once, for all children.
import chromadb  # noqa: F401
import llama_index.vector_stores.chroma  # noqa: F401
from toy_encoder import ToyEncoder

from ingest.build import build


def child(index_dir: str, plans: str, only: bool) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            build([Path(plans)], Path(index_dir), ToyEncoder(), only)
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return pid


print("ready", flush=True)
for line in sys.stdin:
    task = json.loads(line)
    started = time.monotonic()
    pids = [child(task["index"], plans, task["only"]) for plans in task["plans"]]
    if task["after"] is not None:
        time.sleep(task["after"])
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    print(json.dumps({"statuses": statuses, "seconds": time.monotonic() - started}), flush=True)
