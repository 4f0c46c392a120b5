"""What the product asks of a model, read back from the request: the numbered passages and the question."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_HEAD = re.compile(r"^\[(\d{1,3})\][ \t]*(?:\(((?:[^()]|\([^()]*\))*)\))?[ \t]*(.*)$")
_DELIMITER = re.compile(r"^\s*(?:</?[^<>]+>|[<>=~`#-]{3,}.*|.*>{3})\s*$")
_TURN = re.compile(r"^Hỏi: (.*)$")
_LABEL = re.compile(r"^[^:?]{1,30}:\s*")  # "Câu hỏi: "


@dataclass(frozen=True)
class Given:
    """A passage as the model is given it: its number, the place in brackets behind that, and the text."""

    number: int
    place: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One request: ``attempt`` counts from 1 how often this very request has come."""

    model: str
    system: str
    user: str
    passages: tuple[Given, ...]
    question: str
    stream: bool
    usage: bool  # whether the stream is to end with the tokens that were used
    attempt: int = 1
    said: tuple[str, ...] = ()  # the questions before one that is to be written out; () where an answer is to be written


def read(body: bytes, attempt: int = 1) -> Asked:
    """The request of a body. Raises ValueError for what is no chat request."""
    request: Mapping[str, Any] = json.loads(body)
    said = {role: "\n".join(message["content"] for message in request["messages"] if message["role"] == role) for role in ("system", "user")}
    passages, question = _taken_apart(said["user"])
    turns = tuple(turn[1] for line in said["user"].split("\n") if (turn := _TURN.match(line))) if not passages else ()
    usage = bool((request.get("stream_options") or {}).get("include_usage"))
    return Asked(request["model"], said["system"], said["user"], passages, question, bool(request.get("stream")), usage, attempt, turns)


def _taken_apart(user: str) -> tuple[tuple[Given, ...], str]:
    """Passages begin with their number at the beginning of a line and end at the next one or at a delimiter; the question stands last."""
    passages: list[tuple[int, str, list[str]]] = []
    rest: list[str] = []
    inside = False
    for line in user.split("\n"):
        if head := _HEAD.match(line):
            passages.append((int(head[1]), head[2] or "", [head[3]]))
            inside, rest = True, []
        elif _DELIMITER.match(line):
            inside, rest = False, []
        elif inside:
            passages[-1][2].append(line)
        else:
            rest.append(line)
    question = next((line for line in reversed(rest) if line.strip()), "").strip()
    return tuple(Given(number, place, "\n".join(lines).strip()) for number, place, lines in passages), _LABEL.sub("", question)
