"""Questions that the page offers: the first ones, and those that could follow an answer. Each can be answered."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from xhht_qa import messages
from xhht_qa.conversation import Conversation
from xhht_qa.engine import Engine
from xhht_qa.types import Citation, Fact, Plan

EXAMPLES = (  # what a plan must say of itself → the question that it then answers
    ("signer", messages.ASK_SIGNER),
    ("recipients", messages.ASK_RECIPIENTS),
    ("legal_bases", messages.ASK_BASES),
)
_MOST_NEXT = 3
_MOST_TRIED = 6  # each is asked of the engine
_MOST_SECONDS = 0.4  # for all of them: the answer waits for so long
_MOST_CHARS = 110  # of a question on a button


def example_questions(plans: Mapping[str, Plan], count: int = 3) -> list[str]:
    """Questions that the plans at hand can answer, each of another kind and about another plan while there are enough."""
    known = [plan.metadata for plan in plans.values() if plan.metadata.issuer]
    questions = []
    for shift in range(len(EXAMPLES)):
        for number, metadata in enumerate(known):
            needed, form = EXAMPLES[(number + shift) % len(EXAMPLES)]
            if getattr(metadata, needed):
                questions.append(form.format(metadata.issuer))
    return list(dict.fromkeys(questions))[:count]


def next_questions(engine: Engine, conversation: Conversation, history_turns: int) -> tuple[str, ...]:
    """Up to three questions about what stands near the last answer's source; each was asked, and its answer rests on the section it is drawn from."""
    last = conversation.exchanges[-1]
    if last.status not in ("answered", "corrected") or len({citation.plan for citation in last.citations}) != 1:
        return ()
    plan = engine.plans.get(last.citations[0].plan)
    if plan is None:
        return ()
    said = {answer.question for answer in conversation.exchanges}
    history = conversation.turns(history_turns)
    found: dict[str, tuple[str, str]] = {}  # question → (kind, section)
    enough = time.monotonic() + _MOST_SECONDS
    for tried, (question, fact) in enumerate(_candidates(plan, last.citations[0])):
        if tried == _MOST_TRIED or len(found) == _MOST_NEXT or time.monotonic() > enough:
            break
        if question in said or (fact.kind, fact.section) in found.values():
            continue
        answer = engine.extract(question, history, conversation.held_to(engine.plans))
        if answer.status == "answered" and any((citation.plan, citation.section) == (plan.id, fact.section) for citation in answer.citations):
            found[question] = (fact.kind, fact.section)
    return tuple(found)


def _candidates(plan: Plan, cited: Citation) -> Iterator[tuple[str, Fact]]:
    """Questions with the facts that answer them: what stands beside the cited section first, one of each kind before another of the same."""
    apart = [fact for fact in plan.facts if (fact.section, fact.bullet) != (cited.section, cited.bullet or "") and fact.quote not in cited.quote]
    near = sorted(apart, key=lambda fact: (-_shared(fact.section, cited.section), abs(fact.first_line - cited.first_line)))
    asked: dict[str, tuple[str, Fact]] = {}
    for fact in near:
        question = _question(fact)
        if question and len(question) <= _MOST_CHARS:
            asked.setdefault(question, (question, fact))
    kinds: dict[str, list[tuple[str, Fact]]] = {}
    for pair in asked.values():
        kinds.setdefault(pair[1].kind, []).append(pair)
    for turn in range(max(map(len, kinds.values()), default=0)):
        yield from (pairs[turn] for pairs in kinds.values() if turn < len(pairs))


def _question(fact: Fact) -> str:
    """The question that a fact answers, "" for a fact that gives none worth asking."""
    actor = fact.actor if fact.actor and not fact.actor.isupper() else ""
    report = fact.object if fact.object.casefold().startswith("báo cáo") else ""
    if fact.kind == "reporting" and actor and report and fact.due:
        return messages.ASK_REPORT.format(_opening(actor), _inside(report))
    if fact.kind == "responsibility" and actor and fact.role == "lead":
        return messages.ASK_LED.format(_opening(actor))
    if fact.kind == "responsibility" and actor and fact.role == "perform":
        return messages.ASK_DUTY.format(_opening(actor))
    if fact.kind == "criterion" and actor:
        return messages.ASK_CRITERIA.format(_inside(actor))
    if fact.kind == "award" and fact.object:
        return messages.ASK_AWARD.format(_inside(fact.object))
    if fact.kind == "budget":
        return messages.ASK_BUDGET
    if fact.kind == "phase" and fact.object:
        return messages.ASK_PHASES
    if fact.kind == "legal_basis":
        return messages.ASK_BASES_OF_THIS
    if fact.kind == "metadata" and fact.actor:
        return messages.ASK_SIGNER_OF_THIS
    return ""


def _opening(name: str) -> str:
    return name[:1].upper() + name[1:]


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]


def _shared(section: str, other: str) -> int:
    """How many numbers two addresses have in common from the top."""
    pairs: Sequence[tuple[str, str]] = list(zip(section.split("."), other.split("."), strict=False))
    return next((depth for depth, (one, two) in enumerate(pairs) if one != two), len(pairs))
