"""Imported by every Python that finds this folder in PYTHONPATH: writes each attempt to reach another host to a file.

It sees what goes through Python's sockets.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_MESSAGES = ("socket.connect", "socket.sendto", "socket.sendmsg")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _LOOKUPS:
        host = arguments[0]
    elif event in _MESSAGES and isinstance(arguments[1], tuple):  # a path or nothing: a local socket, or one connected before
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name and name not in ("localhost", "::1", "0.0.0.0", "::") and not name.startswith("127."):
        with Path(os.environ["WATCHED"]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {name} by {' '.join(sys.orig_argv)}\n")


if "WATCHED" in os.environ:
    sys.addaudithook(_watch)
