"""Conversations: what comes back is what was kept, and only for those whose it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from store_answers import CITATION, Clock, answer_to

from xhht_qa import messages
from xhht_qa.conversation import Conversation
from xhht_qa.errors import ConversationError, ConversationLimit, ConversationsUnavailable, SettingsError, UnknownConversation
from xhht_qa.settings import Settings
from xhht_qa.store import TITLE_CHARS, Store
from xhht_qa.types import Answer, Turn

ME, OTHER = "an", "binh"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    opened = Store(url, max_conversations=5, retention_days=30, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path: Path, clock: Clock) -> Store:
    return Store(f"sqlite:///{tmp_path / 'kept.sqlite'}", max_conversations=5, now=clock)


def asked(store: Store, *questions: str, user: str = ME) -> str:
    kept = store.create(user)
    for question in questions:
        number = store.add_question(user, kept.id, question)
        store.add_answer(user, kept.id, number, answer_to(question), "b1", {CITATION.plan: "d1"})
    return kept.id


@pytest.mark.parametrize(
    ("asked", "withdrawn", "left", "title", "why"),
    [
        (["một", "hai"], "hai", ["một"], "một", "the last one goes, with its answer"),
        (["một", "hai"], "một", ["một", "hai"], "một", "only the last one can be asked anew"),
        (["một"], "một", [], "", "a conversation without a question has no title from it"),
        ([], "một", [], "", "nothing to take back"),
    ],
)
def test_a_question_is_withdrawn(store: Store, asked: list[str], withdrawn: str, left: list[str], title: str, why: str) -> None:
    kept = store.create("an").id
    for question in asked:
        number = store.add_question("an", kept, question, ["a"])
        store.add_answer("an", kept, number, Answer("1", question, question, "answered", "…"))
    store.withdraw("an", kept, withdrawn)
    assert [(exchange.question, exchange.scope) for exchange in store.exchanges("an", kept)] == [(question, ("a",)) for question in left], why
    assert store.conversation("an", kept).title == title, why


def test_an_exchange_comes_back_as_it_was(store: Store) -> None:
    id_ = asked(store, "Ai gửi báo cáo?")
    (exchange,) = store.exchanges(ME, id_)
    assert (exchange.question, exchange.answer, exchange.build, exchange.editions) == (
        "Ai gửi báo cáo?",
        answer_to("Ai gửi báo cáo?"),
        "b1",
        {CITATION.plan: "d1"},
    )
    assert store.cited() == {(CITATION.plan, "d1")}


def test_an_answer_goes_through_json_and_back() -> None:
    answer = answer_to("Hỏi?")
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


def test_a_conversation_outlives_the_program(store: Store, url: str) -> None:
    id_ = asked(store, "Một?", "Hai?")
    store.close()
    again = Store(url)
    assert [exchange.question for exchange in again.exchanges(ME, id_)] == ["Một?", "Hai?"]
    assert again.conversation(ME, id_).title == "Một?"


@pytest.mark.parametrize(
    ("question", "title", "why"),
    [
        ("  Ai   gửi? ", "Ai gửi?", "spaces of no meaning"),
        ("từ " * 40, "từ " * 26 + "từ…", "cut behind a whole word"),
        ("x" * 100, "x" * 80 + "…", "one endless word"),
    ],
)
def test_the_first_question_is_the_title(store: Store, question: str, title: str, why: str) -> None:
    id_ = asked(store, question, "Câu sau?")
    assert store.conversation(ME, id_).title == title, why


def test_the_newest_stands_first_a_page_at_a_time(store: Store) -> None:
    first, second, third = asked(store, "Một?"), asked(store, "Hai?"), asked(store, "Ba?")
    assert [kept.id for kept in store.find(ME)] == [third, second, first]
    store.add_question(ME, first, "Bốn?")
    assert [kept.id for kept in store.find(ME)] == [first, third, second], "a question makes it the newest"
    store.rename(ME, second, "Tên")
    assert [kept.id for kept in store.find(ME, limit=2, offset=1)] == [third, second], "a name does not"


@pytest.mark.parametrize(
    ("words", "found", "why"),
    [
        ("bao cao", True, "typed without accents"),
        ("BÁO CÁO", True, "in capitals"),
        ("báo  ngày", True, "words far from each other, of the question and of the answer"),
        ("báo khong", False, "one of the words is not there"),
        ("tiêu đề", True, "of the title"),
        ("%", False, "a sign that is none for us"),
        ("_áo", False, "another"),
        ("", True, "everything"),
        ("đ", True, "đ is d"),
    ],
)
def test_search(store: Store, words: str, found: bool, why: str) -> None:
    id_ = asked(store, "Ai gửi báo cáo?")
    store.rename(ME, id_, "Tiêu đề")
    assert bool(store.find(ME, words)) is found, why
    assert store.find(OTHER, words) == []


CALLS: list[Callable[[Store, str, str], object]] = [
    lambda store, user, id_: store.conversation(user, id_),
    lambda store, user, id_: store.exchanges(user, id_),
    lambda store, user, id_: store.add_question(user, id_, "Hỏi?"),
    lambda store, user, id_: store.add_answer(user, id_, 1, answer_to("Hỏi?")),
    lambda store, user, id_: store.rename(user, id_, "Tên"),
    lambda store, user, id_: store.delete(user, id_),
]


@pytest.mark.parametrize("call", CALLS)
def test_what_belongs_to_another_is_not_there(store: Store, call: Callable[[Store, str, str], object]) -> None:
    id_ = asked(store, "Hỏi?")
    with pytest.raises(UnknownConversation) as others:
        call(store, OTHER, id_)
    with pytest.raises(UnknownConversation) as missing:
        call(store, ME, "0" * 32)
    assert str(others.value) == str(missing.value) == messages.UNKNOWN_CONVERSATION
    assert len(store.exchanges(ME, id_)) == 1, "and nothing was done"


def test_a_question_is_answered_once_and_in_its_own_conversation(store: Store) -> None:
    one, other = asked(store, "Một?"), asked(store, "Hai?")
    number = store.add_question(ME, one, "Ba?")
    with pytest.raises(UnknownConversation):
        store.add_answer(ME, other, number, answer_to("Ba?"))
    store.add_answer(ME, one, number, answer_to("Ba?"))
    with pytest.raises(UnknownConversation):
        store.add_answer(ME, one, number, answer_to("Ba?"))


def test_turns_leave_out_what_was_not_answered(store: Store) -> None:
    id_ = asked(store, "Một?")
    store.add_answer(ME, id_, store.add_question(ME, id_, "Hỏng?"), answer_to("Hỏng?", status="failed"))
    store.add_question(ME, id_, "Chưa ai trả lời?")
    store.add_answer(ME, id_, store.add_question(ME, id_, "Hai?"), answer_to("Hai?", "Tháng 3."))
    kept = store.exchanges(ME, id_)
    turns = Conversation(tuple(exchange.answer for exchange in kept if exchange.answer)).turns(3)
    assert turns == (Turn("assistant", "Trước ngày 15/6/2025. [1]"), Turn("user", "Hai?"), Turn("assistant", "Tháng 3."))
    assert [exchange.answer is None for exchange in kept] == [False, False, True, False]
    assert [store.exchanges(ME, id_, last) for last in (0, 1, 3, 9)] == [[], kept[-1:], kept[-3:], kept], "the last ones, in the order in which they were asked"


@pytest.mark.parametrize(
    ("do", "error", "why"),
    [
        (lambda store, id_: [store.create(ME) for _ in range(5)], ConversationLimit, "a sixth conversation"),
        (lambda store, id_: store.rename(ME, id_, "x" * (TITLE_CHARS + 1)), ConversationLimit, "a long name"),
        (lambda store, id_: store.rename(ME, id_, " \u200b\n"), ConversationError, "a name of nothing"),
        (lambda store, id_: [store.add_question(ME, id_, "Hỏi?") for _ in range(300)], ConversationLimit, "a conversation without end"),
        (lambda store, id_: store.add_answer(ME, id_, 1, answer_to("Hỏi?", "x" * 1_000_000)), ConversationLimit, "an answer without end"),
    ],
)
def test_limits(store: Store, do: Callable[[Store, str], object], error: type[ConversationError], why: str) -> None:
    id_ = asked(store, "Hỏi?")
    with pytest.raises(error) as refused:
        do(store, id_)
    assert str(refused.value).endswith("."), "a sentence for the page"
    store.create(OTHER)  # one user's limit is not another's


def test_what_is_deleted_is_in_no_file(file_store: Store, tmp_path: Path) -> None:
    store = file_store
    id_ = asked(store, "Mật khẩu của tôi là hoa-sen-trang?")
    kept = asked(store, "Câu khác?")

    def bytes_on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"hoa-sen-trang" in bytes_on_disk()
    store.delete(ME, id_)
    assert b"hoa-sen-trang" not in bytes_on_disk()
    assert [conversation.id for conversation in store.find(ME)] == [kept]


def test_what_is_over_its_time_goes(store: Store, clock: Clock) -> None:
    old, young = asked(store, "Cũ?"), asked(store, "Mới?")
    clock.moment += timedelta(days=20)
    store.add_question(ME, young, "Còn hỏi?")
    assert store.purge() == 0
    clock.moment += timedelta(days=11)
    assert store.purge() == 1
    with pytest.raises(UnknownConversation):
        store.conversation(ME, old)
    assert len(store.exchanges(ME, young)) == 2


def test_nothing_goes_without_a_time(url: str, clock: Clock) -> None:
    store = Store(url, now=clock)
    asked(store, "Cũ?")
    clock.moment += timedelta(days=9999)
    assert store.purge() == 0
    assert len(store.find(ME)) == 1


def test_the_settings_name_the_file_or_another(tmp_path: Path, clock: Clock) -> None:
    settings = Settings(data_dir=tmp_path / "data" / "deep", retention_days=7, max_conversations=2)
    kept = Store(f"sqlite:///{tmp_path / 'old.sqlite'}", now=clock).create(ME, "Cũ")
    assert Store.open(settings).find(ME) == []
    assert (tmp_path / "data" / "deep" / "conversations.sqlite").stat().st_mode & 0o077 == 0, "what people ask is theirs"
    other = Store.open(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'old.sqlite'}"}))
    assert other.find(ME) == [kept]
    assert other.purge() == 1


@pytest.mark.parametrize(
    ("url", "error", "why"),
    [
        ("sqlite://", SettingsError, "in memory"),
        ("nothing", SettingsError, "no address"),
        ("oracle+nosuchdriver://u@h/d", SettingsError, "a driver that is not there"),
        ("postgresql+psycopg://u@/d?host=/nowhere", ConversationsUnavailable, "a server that is not there"),
        ("sqlite:////proc/none/kept.sqlite", ConversationsUnavailable, "a place where nothing can be written"),
    ],
)
def test_an_address_of_nothing_is_told_in_one_sentence(url: str, error: type[Exception], why: str) -> None:
    with pytest.raises(error) as refused:
        Store(url)
    assert "\n" not in str(refused.value), why


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(ConversationsUnavailable):
        Store(f"sqlite:///{tmp_path / 'broken.sqlite'}")


def test_halves_of_characters_and_zeros_are_left_out(store: Store) -> None:
    id_ = asked(store, "Ai\0 gửi \ud83d?")
    assert [exchange.question for exchange in store.exchanges(ME, id_)] == ["Ai gửi ?"]
    assert store.find(ME, "gửi\0 \ud83d")
