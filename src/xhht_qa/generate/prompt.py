"""What a model is told and given; its words stand in ``prompts/``, where they are read, changed and compared as any other text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.text.turns import beginning
from xhht_qa.types import Turn

VERSION = 2  # of the words in prompts/, to be raised with each change of them
_MARK = re.compile(r"\[(\d+)\]")
_SIGNS = re.compile(r"<{2,}|>{2,}")
_MOST_TURNS = 6  # of a conversation, the last ones
_SAID_BY = {"user": "said_by_user.md", "assistant": "said_by_assistant.md"}


def system() -> str:
    """What it is told."""
    return _read("answer.md")


def user(question: str, excerpts: Sequence[Excerpt]) -> str:
    """What it is given: the excerpts between their signs, then the question."""
    given = "\n".join(f"[{excerpt.number}] ({_plain(excerpt.place)}) {_plain(excerpt.text)}" for excerpt in excerpts)
    return _filled("question.md", given, _plain(question))


def reader() -> str:
    """What it is told that writes a follow-up out."""
    return _read("reading.md")


def conversation(question: str, turns: Sequence[Turn]) -> str:
    """What it is given: what was said before, a line a turn between its signs, then the question. Turns of nobody that it knows are left out."""
    known = [turn for turn in turns if turn.role in _SAID_BY][-_MOST_TURNS:]
    said = "\n".join(_filled(_SAID_BY[turn.role], _plain(beginning(turn.content))) for turn in known)
    return _filled("conversation.md", said, _plain(" ".join(question.split())))


def _filled(name: str, *given: str) -> str:
    """The words of a file with what is given in the place of its names, one after the other."""
    first, *rest = re.split(r"\{\w+\}", _read(name))
    return first + "".join(one + words for one, words in zip(given, rest, strict=True))


def _plain(text: str) -> str:
    """The text without what would pass for a mark or a sign of ours."""
    return _SIGNS.sub(" ", _MARK.sub(r"(\1)", text))


@cache
def _read(name: str) -> str:
    return files("xhht_qa.generate").joinpath("prompts", name).read_text(encoding="utf-8").strip()
