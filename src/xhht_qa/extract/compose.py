"""The line of composers: each knows one kind of question, and the first that has a draft answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from xhht_qa.extract import (
    agenda,
    assignment,
    cited,
    clarify,
    confirm,
    counting,
    definition,
    document,
    duties,
    grounds,
    guide,
    lookup,
    phases,
    refuse,
    report_claims,
    reporting_lines,
    table,
    twins,
    value,
)
from xhht_qa.extract.confidence import confidence
from xhht_qa.extract.material import Material, Search
from xhht_qa.index import Vocabulary
from xhht_qa.types import Draft, Passage, Plan, Query

_COMPOSERS: tuple[Callable[[Material], Draft | None], ...] = (
    guide.compose,
    refuse.outright,
    grounds.citing,
    cited.compose,
    document.compose,
    counting.compose,
    lookup.compose,
    assignment.compose,
    duties.compose,
    reporting_lines.compose,
    report_claims.compose,
    definition.compose,
    agenda.compose,
    refuse.unknown_subject,
    grounds.compose,
    table.compose,
    phases.compose,
    refuse.unheld,
    clarify.compose,
    confirm.compose,
    twins.compose,
)

_LEAST_SURE = 0.4  # of no answer that was less sure than this any was right


class Extractor:
    """Composes drafts from the plans of one index."""

    def __init__(self, plans: Mapping[str, Plan], vocabulary: Vocabulary | None = None) -> None:
        """``vocabulary`` is that of the plans; without one it is counted."""
        self._plans = plans
        self._vocabulary = vocabulary or Vocabulary.of(plans)

    def compose(self, query: Query, passages: Sequence[Passage], search: Search) -> Draft:
        """The draft that answers the query; ``search`` finds passages of one plan when several are compared."""
        material = Material(query, passages, self._plans, self._vocabulary, search)
        draft = next((draft for composer in _COMPOSERS if (draft := composer(material))), None) or value.compose(material)
        sure = draft.confidence or confidence(material, draft)  # some know better than the signs of the best piece
        if draft.status in ("answered", "corrected") and sure < _LEAST_SURE:
            draft, sure = refuse.not_found(material), 1.0 - sure
        return replace(draft, confidence=sure)
