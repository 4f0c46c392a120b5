"""Asking in a conversation that is kept: the question is stored before it is answered, the answer with the plans that it cites."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from xhht_qa import messages
from xhht_qa.conversation import Conversation
from xhht_qa.editions import Editions
from xhht_qa.engine import Engine, Told, untold
from xhht_qa.errors import ConversationsUnavailable, UnknownConversation
from xhht_qa.live import LiveEngine, PartEngine
from xhht_qa.store import Exchange, KeptConversation, Store, found_in
from xhht_qa.types import Answer, Plan

_DAY_SECONDS = 24 * 3600

logger = logging.getLogger(__name__)


class Archive:
    """The conversations of all users; safe to share between threads.

    Whoever reads or asks brings their own ``engine``: of plans that it may not hold nothing is told, neither by an answer of before nor by an edition.
    """

    def __init__(self, engine: LiveEngine, store: Store, editions: Editions) -> None:
        self.engine = engine
        self.store = store
        self.editions = editions

    def ask(self, engine: Engine, user: str, conversation: str, question: str, scope: Sequence[str] = (), told: Told = untold) -> Exchange:
        """The question and its answer, both kept, but for what of it may not be shown; ``told`` as in ``Engine``. Raises ConversationError; whatever fails in between, the question is kept without an answer."""
        limit = engine.settings.max_history_turns
        before = tuple(exchange.answer for exchange in self.exchanges(engine, user, conversation, limit) if exchange.answer)
        history = Conversation(before).turns(limit)
        asked = datetime.now(UTC)
        number = self.store.add_question(user, conversation, question, scope)
        with engine.hold() as engine:
            answer = engine.ask(question, history, scope, told)
            cited = {citation.plan: engine.plans[citation.plan] for citation in answer.citations}
            for plan in cited.values():
                self._keep(plan, engine.index.original(plan))
            plans = told_of(answer, engine.plans)
            contents = engine.index.contents
        editions = {plan.id: plan.digest for plan in cited.values()}
        self.store.add_answer(user, conversation, number, answer.published(), contents, editions, plans)
        return Exchange(number, question, asked, answer, contents, editions, tuple(scope), plans)

    def exchanges(self, engine: Engine, user: str, conversation: str, last: int | None = None) -> list[Exchange]:
        """See ``Store.exchanges``; without what may not be seen any more."""
        kept = self.store.exchanges(user, conversation, last)
        answers = [exchange.answer or Answer("", exchange.question, exchange.question, "failed", "") for exchange in kept]
        seen = visible(engine, answers, {exchange.answer.id: exchange.plans for exchange in kept if exchange.answer})
        return [_as_seen(exchange, before, now) for exchange, before, now in zip(kept, answers, seen, strict=True)]

    def find(self, engine: Engine, user: str, words: str = "", limit: int = 30, offset: int = 0) -> list[KeptConversation]:
        """See ``Store.find``; words that stand only in what may not be seen any more find nothing."""
        if not words or not isinstance(engine, PartEngine):
            return self.store.find(user, words, limit, offset)
        found = self.store.find(user, words, engine.settings.max_conversations, 0)
        return [kept for kept in found if self._says(engine, user, kept, words)][offset : offset + limit]

    def _says(self, engine: Engine, user: str, kept: KeptConversation, words: str) -> bool:
        try:
            exchanges = self.exchanges(engine, user, kept.id)
        except UnknownConversation:  # it was deleted meanwhile
            return False
        return found_in(words, [kept.title, *(text for one in exchanges for text in (one.question, one.answer.answer if one.answer else ""))])

    def cited_plans(self, engine: Engine, exchanges: Sequence[Exchange]) -> Mapping[str, Plan]:
        """The plans that answers cite, as they were then, by the digests of their files; one that is gone or may not be seen is left out."""
        editions = {edition for exchange in exchanges for edition in exchange.editions.items()}
        found = {digest: self.edition(engine, plan_id, digest) for plan_id, digest in editions}
        return {digest: plan for digest, plan in found.items() if plan is not None}

    def edition(self, engine: Engine, plan_id: str, digest: str) -> Plan | None:
        """The plan as it was in the file of that digest, be it the present one or one before; None also for one that may not be seen."""
        if not engine.may_hold(plan_id):
            return None
        present = engine.plans.get(plan_id)
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


def told_of(answer: Answer, plans: Mapping[str, Plan]) -> tuple[str, ...]:
    """The ids of those of ``plans`` that the answer cites or names."""
    told = "\n".join((answer.answer, answer.standalone_question, *answer.options))
    by_title: dict[str, list[str]] = {}
    for plan in plans.values():
        by_title.setdefault(plan.title, []).append(plan.id)
    found = {citation.plan for citation in answer.citations}
    for title in sorted(by_title, key=len, reverse=True):  # one title may stand inside another
        if title and title in told:
            found.update(by_title[title])
            told = told.replace(title, "\n")
    return tuple(sorted(found))


def visible(engine: Engine, answers: Sequence[Answer], plans: Mapping[str, Sequence[str]]) -> tuple[Answer, ...]:
    """The answers of a conversation from its beginning, with sentences in the place of what says something of a plan that may not be seen any more.

    ``plans``, by the ids of the answers, are those of which each says something; the plans of now are not looked at. By them a title that the asker
    has written would tell whether there is a plan of that title.
    """
    seen: list[Answer] = []
    offered: set[str] = set()  # by what is withheld: to pick one of these options is to ask in its words
    is_whole = True
    for answer in answers:
        question = messages.WITHHELD_QUESTION if answer.question in offered else answer.question
        if all(engine.may_hold(plan) for plan in (*plans.get(answer.id, ()), *(citation.plan for citation in answer.citations))):
            # How a follow-up was understood is said in words of what was asked before.
            seen.append(answer if is_whole else replace(answer, question=question, standalone_question=question))
            continue
        is_whole = False
        offered.update(answer.options)
        seen.append(Answer(answer.id, question, question, "failed", messages.WITHHELD, mode=answer.mode))
    return tuple(seen)


def _as_seen(exchange: Exchange, before: Answer, now: Answer) -> Exchange:
    if now is before:
        return exchange
    question = exchange.question if now.question == before.question else now.question
    if exchange.answer is None or now.answer == before.answer:
        return replace(exchange, question=question, answer=exchange.answer and now)
    return replace(exchange, question=question, answer=now, build="", editions={}, plans=())
