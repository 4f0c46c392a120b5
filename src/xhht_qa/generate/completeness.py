"""Whether a model's sentences say what the extractive answer says."""

from __future__ import annotations

from collections.abc import Sequence

from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.text.dates import dates_in
from xhht_qa.types import Query


def is_complete(query: Query, excerpts: Sequence[Excerpt], shown: Sequence[str]) -> bool:
    """Whether nothing that was asked for is left out."""
    said = dates_in("\n".join(shown))
    return all(date in said for excerpt in excerpts for date in dates_in(excerpt.text))
