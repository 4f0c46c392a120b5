"""Whatever is done in whatever order, the store holds what a dictionary would."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from store_answers import Clock, answer_to

from xhht_qa.errors import ConversationLimit, UnknownConversation
from xhht_qa.store import Store
from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import Answer

USERS = ("an", "binh")
MOST = 4
TEXTS = st.text(st.sampled_from("aăâđốớ ĐẬ%_?'\"\\\ud83d\0\n🙂"), max_size=30) | st.sampled_from(("Ai gửi báo cáo?", "Trước ngày nào?", "từ " * 40))


@dataclass
class Kept:
    """A conversation as the model has it."""

    user: str
    title: str
    exchanges: list[tuple[int, str, Answer | None]] = field(default_factory=list)


def plain(text: str) -> str:
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def opening(text: str) -> str:
    """The most whole words that eighty characters hold."""
    if len(text) <= 80:
        return text
    prefixes = [text[:end] for end in range(1, 81) if text[end] == " "]
    return f"{prefixes[-1] if prefixes else text[:80]}…"


class Conversations(RuleBasedStateMachine):
    """Ids of both users' conversations are used by both."""

    ids = Bundle("ids")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'kept.sqlite'}"
        self.clock = Clock()
        self.store = Store(self.url, max_conversations=MOST, now=self.clock)
        self.model: dict[str, Kept] = {}  # the newest last

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def own(self, user: str, id_: str) -> Kept | None:
        return kept if (kept := self.model.get(id_)) and kept.user == user else None

    def newest(self, id_: str) -> None:
        self.model[id_] = self.model.pop(id_)

    @rule(target=ids, user=st.sampled_from(USERS))
    def create(self, user: str) -> object:
        if sum(kept.user == user for kept in self.model.values()) >= MOST:
            with pytest.raises(ConversationLimit):
                self.store.create(user)
            return multiple()
        made = self.store.create(user)
        self.model[made.id] = Kept(user, "")
        return made.id

    @rule(id_=ids, user=st.sampled_from(USERS), text=TEXTS)
    def ask(self, id_: str, user: str, text: str) -> None:
        kept = self.own(user, id_)
        if kept is None:
            with pytest.raises(UnknownConversation):
                self.store.add_question(user, id_, text)
            return
        number = self.store.add_question(user, id_, text)
        kept.exchanges.append((number, plain(text), None))
        self.newest(id_)
        kept.title = kept.title or opening(compose(plain(text)))

    @rule(id_=ids, user=st.sampled_from(USERS), place=st.integers(0, 3), text=TEXTS)
    def answer(self, id_: str, user: str, place: int, text: str) -> None:
        kept = self.own(user, id_)
        number, question, before = kept.exchanges[place] if kept and place < len(kept.exchanges) else (10**6, "", None)
        answer = answer_to(question, plain(text))
        if kept is None or number == 10**6 or before is not None:
            with pytest.raises(UnknownConversation):
                self.store.add_answer(user, id_, number, answer)
            return
        self.store.add_answer(user, id_, number, answer)
        kept.exchanges[place] = (number, question, answer)
        self.newest(id_)

    @rule(id_=ids, user=st.sampled_from(USERS), title=TEXTS.filter(lambda text: compose(plain(text))))
    def rename(self, id_: str, user: str, title: str) -> None:
        kept = self.own(user, id_)
        if kept is None:
            with pytest.raises(UnknownConversation):
                self.store.rename(user, id_, title)
            return
        kept.title = self.store.rename(user, id_, title).title
        assert kept.title == compose(plain(title))

    @rule(id_=ids, user=st.sampled_from(USERS))
    def delete(self, id_: str, user: str) -> None:
        if self.own(user, id_) is None:
            with pytest.raises(UnknownConversation):
                self.store.delete(user, id_)
            return
        self.store.delete(user, id_)
        del self.model[id_]

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = Store(self.url, max_conversations=MOST, now=self.clock)

    @rule(user=st.sampled_from(USERS), words=TEXTS)
    def search(self, user: str, words: str) -> None:
        wanted = fold(compose(plain(words))).split()[:10]
        expected = []
        for id_, kept in reversed(self.model.items()):
            texts = [kept.title, *(text for _, question, answer in kept.exchanges for text in (question, answer.answer if answer else ""))]
            folded = [fold(compose(text)) for text in texts]
            if kept.user == user and all(any(word in text for text in folded) for word in wanted):
                expected.append(id_)
        assert [found.id for found in self.store.find(user, words)] == expected

    @invariant()
    def everything_is_there_and_nothing_else(self) -> None:
        if not hasattr(self, "store"):
            return
        for user in USERS:
            kept = [(id_, kept) for id_, kept in reversed(self.model.items()) if kept.user == user]
            assert [(found.id, found.title) for found in self.store.find(user)] == [(id_, one.title) for id_, one in kept]
            for id_, one in kept:
                found = [(exchange.question_id, exchange.question, exchange.answer) for exchange in self.store.exchanges(user, id_)]
                assert found == one.exchanges


Conversations.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TestConversations = Conversations.TestCase
