"""What happens to a conversation on the page; knows nothing of widgets."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xhht_qa import messages as words
from xhht_qa.access import Asker
from xhht_qa.archive import Archive, told_of, visible
from xhht_qa.conversation import Conversation
from xhht_qa.engine import Engine
from xhht_qa.errors import ConversationError, Refused
from xhht_qa.service import Service, Waiting
from xhht_qa.settings import Settings
from xhht_qa.store import Exchange
from xhht_qa.types import Answer, Plan, Sentence
from xhht_qa.ui.markdown import escape, render
from xhht_qa.ui.questions import next_questions

PRIVATE = "-"  # in the place of an id, for a conversation of which nothing is kept
_TOLD_SECONDS = 1.0  # between two places in the queue that one is told: a crowd would be busy with nothing else

logger = logging.getLogger(__name__)


class Chat:
    """What one asker does, over the plans that they may see; nothing is kept for one without an id.

    Every method returns or yields conversations and never raises.
    """

    def __init__(self, engine: Engine, settings: Settings, archive: Archive | None = None, service: Service | None = None, asker: Asker | None = None) -> None:
        self.engine = engine
        self.settings = settings
        self.archive = archive
        self.service = service or Service(settings, archive)
        self.asker = asker or Asker("")

    async def ask(self, question: str, conversation: Conversation, address: str = "") -> AsyncIterator[Conversation]:
        """The question taken in, its places in the queue, then answered; the conversation as it is for a blank one."""
        # One character more than allowed is enough for the engine to see that it is too long.
        question = question.strip()[: self.settings.max_question_chars + 1]
        conversation = replace(conversation, notice="")
        if not question:
            yield conversation  # Gradio empties whatever is not given back
            return
        if conversation.editing:
            conversation = await asyncio.to_thread(self._without_last, conversation)
        conversation = replace(conversation, next_questions=())
        yield replace(conversation, pending=question)
        told = -_TOLD_SECONDS
        async for step in self._answered(question, conversation, address):
            conversation = step
            if step.pending and (step.said or time.monotonic() - told >= _TOLD_SECONDS):
                told = time.monotonic()
                yield step
        yield await asyncio.to_thread(self._with_next_questions, conversation)  # at once: nothing moves under the reader's hand

    async def ask_again(self, conversation: Conversation, address: str = "") -> AsyncIterator[Conversation]:
        """The last question once more, in the place of the last answer."""
        last = conversation.exchanges[-1:]
        async for step in self.ask(last[0].question if last else "", replace(conversation, editing=bool(last)), address):
            yield step

    def give_up(self, conversation: Conversation) -> Conversation:
        """The conversation without the question that is being answered."""
        self._withdraw(conversation, conversation.pending)
        return replace(conversation, pending="")

    def open(self, conversation: str) -> Conversation:
        """A conversation that is kept, as it was left; a new one with a notice where there is none."""
        if not (self.archive and self.asker.id and conversation):
            return Conversation()
        try:
            kept = self.archive.exchanges(self.engine, self.asker.id, conversation)
        except ConversationError as error:
            return Conversation(notice=str(error))
        answers = tuple(exchange.answer or Answer("", exchange.question, exchange.question, "failed", words.UNANSWERED) for exchange in kept)
        editions = {exchange.answer.id: exchange.editions for exchange in kept if exchange.answer}
        plans = {exchange.answer.id: exchange.plans for exchange in kept if exchange.answer}
        cited = {citation.plan: citation.plan_title for answer in answers for citation in answer.citations}
        known = cited | {id_: plan.title for id_, plan in self.engine.plans.items()}
        scope = {plan: known.get(plan, plan) for plan in (kept[-1].scope if kept else ())}
        return Conversation(answers, id=conversation, scope=scope, editions=editions, plans=plans)

    def resumed(self, conversation: Conversation, held: str) -> Conversation:
        """The asker's conversation that the page holds by ``held``, also after the server was started anew and has forgotten it; without what may not be seen any more."""
        conversation = conversation.told_to(self.asker.id)
        if conversation.id or conversation.exchanges or not held:
            seen = visible(self.engine, conversation.exchanges, conversation.plans)
            return conversation if seen == conversation.exchanges else replace(conversation, exchanges=seen, next_questions=())
        return Conversation(private=True) if held == PRIVATE else self.open(held)

    async def _answered(self, question: str, conversation: Conversation, address: str) -> AsyncIterator[Conversation]:
        plans = self.engine.plans
        held = conversation.held_to(plans)
        if conversation.scope and not held:  # to answer from all of them would not be what was asked
            yield replace(conversation, exchanges=(*conversation.exchanges, Answer("", question, question, "failed", words.NO_CHOSEN_PLAN_LEFT)))
            return
        gone = [title for plan, title in conversation.scope.items() if plan not in held]
        notice = words.chosen_plans_gone(gone) if gone else ""
        try:
            if self.archive and self.asker.id and not conversation.private:
                try:
                    if not conversation.id:
                        conversation = replace(conversation, id=(await asyncio.to_thread(self.archive.store.create, self.asker.id)).id)
                    asking = self.service.asking_kept(self.asker, self.engine, conversation.id, question, held, "chat", address)
                    so_far: Answer | None = None
                    async for step in asking:
                        if isinstance(step, Sentence):
                            so_far = _with_sentence(so_far, question, step)
                            yield replace(conversation, pending=question, said=so_far)
                        else:
                            yield (
                                _waits(conversation, question, step) if isinstance(step, Waiting) else _answered_by(replace(conversation, notice=notice), step)
                            )
                    return
                except ConversationError as error:
                    notice = f"{words.UNKEPT.format(error)} {notice}".strip()
                except Refused:
                    raise
                except Exception:  # it is asked once more below, where a defect is told courteously
                    logger.exception("question failed")
            history = conversation.turns(self.settings.max_history_turns)
            so_far = None
            async for answer in self.service.asking(self.asker, self.engine, question, history, held, "chat", address):
                if isinstance(answer, Waiting):
                    yield _waits(conversation, question, answer)
                elif isinstance(answer, Sentence):
                    so_far = _with_sentence(so_far, question, answer)
                    yield replace(conversation, pending=question, said=so_far)
                else:
                    told = {**conversation.plans, answer.id: told_of(answer, plans)}
                    yield replace(conversation, exchanges=(*conversation.exchanges, answer), plans=told, notice=notice)
        except Exception as error:  # the page must stay usable whatever breaks underneath
            if not isinstance(error, Refused):
                logger.exception("question failed")
            said = str(error) if isinstance(error, Refused) else words.UNEXPECTED
            yield replace(conversation, exchanges=(*conversation.exchanges, Answer("", question, question, "failed", said)), notice=notice)

    def _with_next_questions(self, conversation: Conversation) -> Conversation:
        if any(self.service.queue.load):  # to try them takes as long as several answers, and somebody waits for one
            return conversation
        try:
            return replace(conversation, next_questions=next_questions(self.engine, conversation, self.settings.max_history_turns))
        except Exception:  # an answer does not depend on them
            logger.exception("no next questions were found")
            return conversation

    def _without_last(self, conversation: Conversation) -> Conversation:
        if conversation.exchanges:
            self._withdraw(conversation, conversation.exchanges[-1].question)
        return replace(conversation, exchanges=conversation.exchanges[:-1], editing=False)

    def _withdraw(self, conversation: Conversation, question: str) -> None:
        if not (self.archive and self.asker.id and conversation.id and question):
            return
        try:
            self.archive.store.withdraw(self.asker.id, conversation.id, question)
        except ConversationError:
            logger.exception("a question that was replaced is still kept")


def _waits(conversation: Conversation, question: str, waiting: Waiting) -> Conversation:
    return replace(conversation, pending=question, waits=waiting.said)


def _with_sentence(said: Answer | None, question: str, sentence: Sentence) -> Answer:
    """What has been said so far, as an answer that can be shown."""
    before = said or Answer("", question, question, "answered", "", mode="llm")
    return replace(before, answer=before.answer + sentence.text, citations=before.citations + sentence.citations)


def _answered_by(conversation: Conversation, exchange: Exchange) -> Conversation:
    assert exchange.answer is not None
    editions = {**conversation.editions, exchange.answer.id: exchange.editions}
    plans = {**conversation.plans, exchange.answer.id: exchange.plans}
    return replace(conversation, exchanges=(*conversation.exchanges, exchange.answer), editions=editions, plans=plans)


def shown(conversation: Conversation, plans: Mapping[str, Plan]) -> list[dict[str, Any]]:
    """The conversation as Gradio's thread shows it, in markdown; the last answer with what can be chosen under it."""
    thread: list[dict[str, Any]] = []
    for answer in conversation.exchanges:
        thread.append({"role": "user", "content": escape(answer.question)})
        thread.append({"role": "assistant", "content": render(answer, plans, conversation.editions.get(answer.id))})
    if conversation.pending:
        thread.append({"role": "user", "content": escape(conversation.pending)})
        so_far = f"{render(conversation.said, plans)}\n\n" if conversation.said else ""
        thread.append({"role": "assistant", "content": so_far + (conversation.waits or words.PENDING)})
    elif thread:
        said = conversation.exchanges[-1].question.rstrip(" ?")
        thread[-1]["options"] = [{"value": question, "label": _label(question, said)} for question in choices(conversation)]
    return thread


def choices(conversation: Conversation) -> Sequence[str]:
    """The readings among which the last answer asks to choose, or else the questions that could follow it."""
    return (conversation.exchanges[-1].options if conversation.exchanges else ()) or conversation.next_questions


def _label(question: str, said: str) -> str:
    """What a button says: of a reading, which is the question with a plan's name behind it, the name alone."""
    return question.removeprefix(f"{said} (").removesuffix(")?") if question.startswith(f"{said} (") else question
