"""What a model is told and given; its words stand in ``prompts/``, where they are read, changed and compared as any other text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from xhht_qa.generate.excerpts import Excerpt

VERSION = 1  # of the words in prompts/, to be raised with each change of them
_MARK = re.compile(r"\[(\d+)\]")
_SIGNS = re.compile(r"<{2,}|>{2,}")


def system() -> str:
    """What it is told."""
    return _read("answer.md")


def user(question: str, excerpts: Sequence[Excerpt]) -> str:
    """What it is given: the excerpts between their signs, then the question."""
    given = "\n".join(f"[{excerpt.number}] ({_plain(excerpt.place)}) {_plain(excerpt.text)}" for excerpt in excerpts)
    before, between, behind = re.split(r"\{\w+\}", _read("question.md"))
    return f"{before}{given}{between}{_plain(question)}{behind}"


def _plain(text: str) -> str:
    """The text without what would pass for a mark or a sign of ours."""
    return _SIGNS.sub(" ", _MARK.sub(r"(\1)", text))


@cache
def _read(name: str) -> str:
    return files("xhht_qa.generate").joinpath("prompts", name).read_text(encoding="utf-8").strip()
