"""Tokens as language models count them; tables that are at hand give a figure near enough for a budget, whichever model it is for."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken


def count_tokens(text: str) -> int:
    """Tokens of the table that llama-index-core ships; its folder is named to tiktoken, which would download the table otherwise."""
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> tiktoken.Encoding:
    package = importlib.util.find_spec("llama_index.core")
    assert package
    assert package.origin
    os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(package.origin).parent / "_static" / "tiktoken_cache")
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
