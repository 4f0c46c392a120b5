"""The plans as a form offers them: by level, and by who issued them, so that a letter typed in the list leads to a name."""

from __future__ import annotations

from collections.abc import Iterable

from xhht_qa import messages
from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan
from xhht_qa.views.documents import LEVELS, level_of

_MOST_CHARS = 110  # of a choice; browsers make the list as wide as the longest one


def choices(plans: Iterable[Plan]) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(level, [(plan id, what is shown)])], levels from the top down, names by their letters."""
    found: dict[str, list[tuple[str, str]]] = {level: [] for level in LEVELS}
    for plan in plans:
        found[level_of(plan.metadata.issuer)].append((plan.id, _shown(plan)))
    return [(LEVELS[level], sorted(offered, key=lambda choice: fold(choice[1]))) for level, offered in found.items() if offered]


def _shown(plan: Plan) -> str:
    metadata = plan.metadata
    name = messages.plan_choice(metadata.issuer, metadata.number if metadata.number[:1].isdigit() else "", metadata.subject) if metadata.issuer else plan.title
    return name if len(name) <= _MOST_CHARS else f"{name[:_MOST_CHARS].rpartition(' ')[0]}…"
