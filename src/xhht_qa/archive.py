"""Asking in a conversation that is kept: the question is stored before it is answered, the answer with the plans that it cites."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xhht_qa.editions import Editions
from xhht_qa.errors import ConversationsUnavailable
from xhht_qa.live import LiveEngine
from xhht_qa.store import Exchange, Store
from xhht_qa.types import Plan

_DAY_SECONDS = 24 * 3600

logger = logging.getLogger(__name__)


class Archive:
    """The conversations of all users, over the engine that answers them; safe to share between threads."""

    def __init__(self, engine: LiveEngine, store: Store, editions: Editions) -> None:
        self.engine = engine
        self.store = store
        self.editions = editions

    def ask(self, user: str, conversation: str, question: str, scope: Sequence[str] = ()) -> Exchange:
        """The question and its answer, both kept. Raises ConversationError; whatever fails in between, the question is kept without an answer."""
        history = self.store.turns(user, conversation, self.engine.settings.max_history_turns)
        asked = datetime.now(UTC)
        number = self.store.add_question(user, conversation, question, scope)
        with self.engine.hold() as engine:
            answer = engine.ask(question, history, scope)
            cited = {citation.plan: engine.plans[citation.plan] for citation in answer.citations}
            for plan in cited.values():
                self._keep(plan, engine.index.original(plan))
        editions = {plan.id: plan.digest for plan in cited.values()}
        self.store.add_answer(user, conversation, number, answer, engine.index.build, editions)
        return Exchange(number, question, asked, answer, engine.index.build, editions, tuple(scope))

    def cited_plans(self, exchanges: Sequence[Exchange]) -> Mapping[str, Plan]:
        """The plans that answers cite, as they were then, by the digests of their files; one that is gone is left out."""
        editions = {edition for exchange in exchanges for edition in exchange.editions.items()}
        found = {digest: self.edition(plan_id, digest) for plan_id, digest in editions}
        return {digest: plan for digest, plan in found.items() if plan is not None}

    def edition(self, plan_id: str, digest: str) -> Plan | None:
        """The plan as it was in the file of that digest, be it the present one or one before."""
        present = self.engine.plans.get(plan_id)
        return present if present and present.digest == digest else self.editions.plan(plan_id, digest)

    def tidy(self) -> None:
        """Delete what is over its time, and the editions that nothing cites any more. Raises ConversationsUnavailable."""
        self.store.purge()
        self.editions.prune(self.store.cited())

    def tidy_daily(self) -> None:
        """Tidy now and once a day from now on, in a thread of its own."""

        def tidy() -> None:
            while True:
                try:
                    self.tidy()
                except (ConversationsUnavailable, OSError):
                    logger.exception("old conversations were not deleted; it is tried again tomorrow")
                time.sleep(_DAY_SECONDS)

        threading.Thread(target=tidy, name="tidy-archive", daemon=True).start()

    def _keep(self, plan: Plan, original: Path) -> None:
        try:
            self.editions.keep(plan, original)
        except OSError:  # the quotes are in the answer itself
            logger.exception("the cited edition of %s was not kept", plan.id)
