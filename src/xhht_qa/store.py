"""Conversations that users keep: SQLite in the data folder, or any other database by its address."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sql
from sqlalchemy.exc import SQLAlchemyError

from xhht_qa import messages
from xhht_qa.errors import ConversationError, ConversationLimit, ConversationsUnavailable, SettingsError, UnknownConversation
from xhht_qa.settings import Settings
from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import Answer

_STEPS = (  # the first leads from version 1 of the tables to version 2, and so on; never changed, only added to
    "ALTER TABLE message ADD COLUMN scope JSON",
    "ALTER TABLE message ADD COLUMN plans JSON",
)
SCHEMA_VERSION = len(_STEPS) + 1
_OPENING_LOCK = 7860  # any number, the same in every program over one PostgreSQL
TITLE_CHARS = 200
_OPENING_CHARS = 80  # of the first question, as the title of a conversation that was given none
_MOST_EXCHANGES = 300  # in a conversation; the page shows all of them
_MOST_ANSWER_CHARS = 1_000_000  # of an answer as JSON; a usual one has some thousands
_MOST_WORDS = 10  # of a search
_WAIT_SECONDS = 30  # for another writer of SQLite

_schema = sql.MetaData()
_version = sql.Table("schema_version", _schema, sql.Column("version", sql.Integer, nullable=False))
_conversation = sql.Table(
    "conversation",
    _schema,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("user", sql.String(200), nullable=False),
    sql.Column("title", sql.Text, nullable=False),
    sql.Column("folded", sql.Text, nullable=False),  # the title without accents
    sql.Column("created", sql.String(32), nullable=False),  # moments are ISO 8601 in UTC, which sort as they follow each other
    sql.Column("updated", sql.String(32), nullable=False),
    sql.Index("conversation_by_user", "user", "updated"),
)
_message = sql.Table(
    "message",
    _schema,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("conversation", sql.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, index=True),
    sql.Column("role", sql.String(9), nullable=False),
    sql.Column("content", sql.Text, nullable=False),
    sql.Column("folded", sql.Text, nullable=False),  # the content without accents
    sql.Column("answers", sql.ForeignKey("message.id", ondelete="CASCADE"), unique=True),  # the question, of an answer
    sql.Column("answer", sql.JSON(none_as_null=True)),  # the whole of it
    sql.Column("build", sql.String(100)),  # the contents of the index that answered
    sql.Column("editions", sql.JSON(none_as_null=True)),  # plan id → digest of the file that was cited
    sql.Column("plans", sql.JSON(none_as_null=True)),  # of an answer: ids of the plans of which it says something
    sql.Column("scope", sql.JSON(none_as_null=True)),  # of a question: ids of the plans to which it was held
    sql.Column("created", sql.String(32), nullable=False),
)
_answer = _message.alias()
_exchanges = (  # the last first
    sql.select(_message.c.id, _message.c.content, _message.c.created, _message.c.scope, _answer.c.answer, _answer.c.build, _answer.c.editions, _answer.c.plans)
    .outerjoin(_answer, _answer.c.answers == _message.c.id)
    .where(_message.c.role == "user")
    .order_by(_message.c.id.desc())
)


def database_file(settings: Settings) -> Path | None:
    """The file in which SQLite keeps the conversations, None when another database does. Raises SettingsError."""
    try:
        address = sql.make_url(_address(settings))
    except SQLAlchemyError as error:
        raise SettingsError(f"XHHT_DATABASE_URL: {' '.join(str(error).split())}; correct it") from None
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def _address(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data_dir / 'conversations.sqlite'}"


@dataclass(frozen=True)
class KeptConversation:
    """What a list of conversations shows."""

    id: str
    title: str  # "" before the first question
    created: datetime
    updated: datetime  # when the last question was asked or answered


@dataclass(frozen=True)
class Exchange:
    """A question and its answer; None is for a question that nobody answered, as when the server was stopped meanwhile."""

    question_id: int
    question: str
    asked: datetime
    answer: Answer | None = None
    build: str = ""
    editions: Mapping[str, str] = field(default_factory=dict)
    scope: tuple[str, ...] = ()  # the plans to which the question was held
    plans: tuple[str, ...] = ()  # those that the answer cites or names


class Store:
    """Conversations by user; safe to share between threads, and between processes over one database.

    A conversation of another user does not exist: it gives the error of one that is missing. Every method raises
    ConversationsUnavailable when the database fails.
    """

    def __init__(self, url: str, max_conversations: int = 500, retention_days: int = 0, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._max_conversations = max_conversations
        self._retention_days = retention_days
        self._now = now
        self.failures = 0  # of the database, for those who watch it
        self._engine = _engine(url)
        self._writer = self._engine.execution_options(writes=True)
        self._prepare()

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """The store that the settings name. Raises SettingsError."""
        url = _address(settings)
        try:
            return cls(url, settings.max_conversations, settings.retention_days)
        except ConversationsUnavailable as error:
            place = sql.make_url(url).render_as_string(hide_password=True)
            reason = str(error.__cause__ or error).splitlines()[0]
            raise SettingsError(f"{place}: the conversations cannot be opened ({reason}); correct XHHT_DATA_DIR or XHHT_DATABASE_URL") from None

    def create(self, user: str, title: str = "") -> KeptConversation:
        """A new conversation. Raises ConversationLimit."""
        title = _title(title)
        now = self._moment()
        with self._writing() as connection:
            kept = connection.scalar(sql.select(sql.func.count()).select_from(_conversation).where(_conversation.c.user == user))
            if kept is not None and kept >= self._max_conversations:
                raise ConversationLimit(messages.too_many_conversations(self._max_conversations))
            row = {"id": uuid.uuid4().hex, "user": user, "title": title, "folded": fold(title), "created": now, "updated": now}
            connection.execute(sql.insert(_conversation).values(row))
        return KeptConversation(row["id"], title, datetime.fromisoformat(now), datetime.fromisoformat(now))

    def conversation(self, user: str, conversation: str) -> KeptConversation:
        """One of the user's own. Raises UnknownConversation."""
        with self._reading() as connection:
            return _known(connection, user, conversation)

    def find(self, user: str, words: str = "", limit: int = 30, offset: int = 0) -> list[KeptConversation]:
        """Those in which each of ``words`` stands, with or without its accents, in the title or a message; the newest first."""
        found = _conversation.c.user == user
        for word in _sought(words):
            said = sql.exists().where(_message.c.conversation == _conversation.c.id, _message.c.folded.contains(word, autoescape=True))
            found &= _conversation.c.folded.contains(word, autoescape=True) | said
        order = (_conversation.c.updated.desc(), _conversation.c.id)
        with self._reading() as connection:
            return [_read(row) for row in connection.execute(sql.select(_conversation).where(found).order_by(*order).limit(limit).offset(offset))]

    def exchanges(self, user: str, conversation: str, last: int | None = None) -> list[Exchange]:
        """The questions, or only the ``last`` ones, in the order in which they were asked, each with its answer. Raises UnknownConversation."""
        rows = _exchanges.where(_message.c.conversation == conversation).limit(last)
        with self._reading() as connection:
            _known(connection, user, conversation)
            return [
                Exchange(
                    row.id,
                    row.content,
                    datetime.fromisoformat(row.created),
                    row.answer and Answer.from_dict(row.answer),
                    row.build or "",
                    row.editions or {},
                    tuple(row.scope or ()),
                    tuple(row.plans or ()),
                )
                for row in reversed(connection.execute(rows).all())
            ]

    def add_question(self, user: str, conversation: str, question: str, scope: Sequence[str] = ()) -> int:
        """Keep a question before it is answered; its id. Raises UnknownConversation and ConversationLimit."""
        question = _storable(question)
        with self._writing() as connection:
            known = _known(connection, user, conversation)
            of_it = (_message.c.conversation == conversation, _message.c.role == "user")
            if (connection.scalar(sql.select(sql.func.count()).select_from(_message).where(*of_it)) or 0) >= _MOST_EXCHANGES:
                raise ConversationLimit(messages.CONVERSATION_FULL)
            if not known.title:
                self._set_title(connection, conversation, _opening(question))
            return self._add(connection, conversation, "user", question, scope=list(scope) or None)

    def withdraw(self, user: str, conversation: str, question: str) -> None:
        """Remove the last question, if it is this one, and its answer: it is asked anew. Raises UnknownConversation."""
        with self._writing() as connection:
            known = _known(connection, user, conversation)
            of_it = (_message.c.conversation == conversation, _message.c.role == "user")
            last = connection.execute(sql.select(_message.c.id, _message.c.content).where(*of_it).order_by(_message.c.id.desc()).limit(1)).one_or_none()
            if last is None or last.content != _storable(question):
                return
            connection.execute(sql.delete(_message).where(_message.c.id == last.id))
            first = connection.scalar(sql.select(_message.c.id).where(*of_it).limit(1)) is None
            if first and known.title == _opening(last.content):  # the question that comes instead names the conversation
                self._set_title(connection, conversation, "")

    def add_answer(
        self,
        user: str,
        conversation: str,
        question_id: int,
        answer: Answer,
        build: str = "",
        editions: Mapping[str, str] | None = None,
        plans: Sequence[str] = (),
    ) -> None:
        """Keep the answer to a question that has none. Raises UnknownConversation, also for a question that is not there or has one, and ConversationLimit."""
        if len(_json(answer.to_dict())) > _MOST_ANSWER_CHARS:
            raise ConversationLimit(messages.ANSWER_TOO_LARGE)
        with self._writing() as connection:
            _known(connection, user, conversation)
            asked = sql.select(_message.c.id).where(_message.c.id == question_id, _message.c.conversation == conversation, _message.c.role == "user")
            answered = sql.select(_message.c.id).where(_message.c.answers == question_id)
            if connection.scalar(asked) is None or connection.scalar(answered) is not None:
                raise UnknownConversation(messages.UNKNOWN_CONVERSATION)
            whole = {"answers": question_id, "answer": answer.to_dict(), "build": build, "editions": dict(editions or {}), "plans": list(plans)}
            self._add(connection, conversation, "assistant", _storable(answer.answer), **whole)

    def rename(self, user: str, conversation: str, title: str) -> KeptConversation:
        """The conversation under another title. Raises UnknownConversation, and ConversationError for a title that is none."""
        title = _title(title)
        if not title:
            raise ConversationError(messages.EMPTY_TITLE)
        with self._writing() as connection:
            _known(connection, user, conversation)
            self._set_title(connection, conversation, title)
            return _known(connection, user, conversation)

    def delete(self, user: str, conversation: str) -> None:
        """Remove a conversation and all that was said in it, from the file as well. Raises UnknownConversation."""
        with self._writing() as connection:
            _known(connection, user, conversation)
            connection.execute(sql.delete(_conversation).where(_conversation.c.id == conversation))
        self._empty_log()

    def purge(self) -> int:
        """Delete the conversations that are over their time; how many those were."""
        if not self._retention_days:
            return 0
        last = _written(self._now() - timedelta(days=self._retention_days))
        with self._writing() as connection:
            gone = connection.execute(sql.delete(_conversation).where(_conversation.c.updated < last)).rowcount
        self._empty_log()
        return gone

    def cited(self) -> set[tuple[str, str]]:
        """(plan id, digest) of every edition that a kept answer cites."""
        with self._reading() as connection:
            rows = connection.scalars(sql.select(_message.c.editions).where(_message.c.editions.is_not(None)))
            return {edition for editions in rows for edition in editions.items()}

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _add(self, connection: sql.Connection, conversation: str, role: Literal["user", "assistant"], content: str, **more: Any) -> int:
        now = self._moment()
        row = {"conversation": conversation, "role": role, "content": content, "folded": fold(compose(content)), "created": now, **more}
        added = connection.execute(sql.insert(_message).values(row)).inserted_primary_key
        connection.execute(sql.update(_conversation).where(_conversation.c.id == conversation).values(updated=now))
        assert added is not None
        return int(added[0])

    def _set_title(self, connection: sql.Connection, conversation: str, title: str) -> None:
        connection.execute(sql.update(_conversation).where(_conversation.c.id == conversation).values(title=title, folded=fold(title)))

    def _moment(self) -> str:
        return _written(self._now())

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self.failures += 1
            raise ConversationsUnavailable(messages.CONVERSATIONS_UNAVAILABLE) from error

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sql.Connection]:
        with self._mapped(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sql.Connection]:
        """One writer at a time, whatever the database: limits are counted before they are kept to."""
        with self._mapped(), self._writer.begin() as connection:
            connection.execute(sql.select(_version).with_for_update())
            yield connection

    def _prepare(self) -> None:
        """Create what is not there, and take along what an earlier version wrote. Raises SettingsError for what a later one wrote, which is left as it is."""
        with self._mapped(), self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":  # where nothing else stops two programs that begin at the same time
                connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_OPENING_LOCK)))
            written = connection.scalar(sql.select(_version.c.version)) if sql.inspect(connection).has_table(_version.name) else None
            if written is not None and written > SCHEMA_VERSION:
                place = self._engine.url.render_as_string(hide_password=True)
                raise SettingsError(
                    f"{place}: a later version of this program wrote these conversations; start that one, or name another place in XHHT_DATA_DIR"
                )
            for step in _STEPS[written - 1 :] if written else ():
                connection.exec_driver_sql(step)
            _schema.create_all(connection)
            if written is None:
                connection.execute(sql.insert(_version).values(version=SCHEMA_VERSION))
            elif written < SCHEMA_VERSION:
                connection.execute(sql.update(_version).values(version=SCHEMA_VERSION))

    def _empty_log(self) -> None:
        """What was deleted is overwritten in SQLite's file, but its log holds it until it is emptied."""
        if self._engine.dialect.name == "sqlite":
            with self._mapped(), contextlib.closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _engine(url: str) -> sql.Engine:
    """A pool of connections. Raises SettingsError for an address that names no database."""
    try:
        address = sql.make_url(url)
        if address.get_backend_name() != "sqlite":
            return sql.create_engine(address, json_serializer=_json, pool_pre_ping=True)
        if not address.database or address.database == ":memory:":
            raise SettingsError("XHHT_DATABASE_URL: a database in memory keeps nothing; name a file, such as sqlite:////srv/xhht/conversations.sqlite")
        engine = sql.create_engine(address, json_serializer=_json, connect_args={"timeout": _WAIT_SECONDS})
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise SettingsError(
            f"XHHT_DATABASE_URL: {' '.join(str(error).split())}; correct it, or install the driver that it names (PostgreSQL's: pip install '.[postgres]')"
        ) from None
    sql.event.listen(engine, "connect", _set_up)
    sql.event.listen(engine, "begin", _begin)
    try:
        file = Path(address.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # what people ask is theirs
    except OSError as error:
        raise ConversationsUnavailable(messages.CONVERSATIONS_UNAVAILABLE) from error
    return engine


def _set_up(connection: Any, _: object) -> None:
    """A new connection to SQLite."""
    connection.isolation_level = None  # ``_begin`` says when a transaction begins; by itself the driver would begin it at the first change
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    for _attempt in range(100):  # SQLite does not wait for the lock of this one change, which is made once in the life of a file
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            return
        time.sleep(0.05)


def _begin(connection: sql.Connection) -> None:
    """A writer takes its place at once: one that has read already could not be let through behind another."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _known(connection: sql.Connection, user: str, conversation: str) -> KeptConversation:
    own = sql.select(_conversation).where(_conversation.c.id == conversation, _conversation.c.user == user)
    row = connection.execute(own).one_or_none()
    if row is None:
        raise UnknownConversation(messages.UNKNOWN_CONVERSATION)
    return _read(row)


def _read(row: sql.Row[Any]) -> KeptConversation:
    return KeptConversation(row.id, row.title, datetime.fromisoformat(row.created), datetime.fromisoformat(row.updated))


def found_in(words: str, texts: Sequence[str]) -> bool:
    """Whether each of ``words`` stands in one of the texts, as ``Store.find`` looks for it."""
    folded = [fold(compose(text)) for text in texts]
    return all(any(word in text for text in folded) for word in _sought(words))


def _sought(words: str) -> list[str]:
    return list(dict.fromkeys(fold(compose(_storable(words))).split()[:_MOST_WORDS]))


def _title(title: str) -> str:
    title = compose(_storable(title))
    if len(title) > TITLE_CHARS:
        raise ConversationLimit(messages.title_too_long(TITLE_CHARS))
    return title


def _opening(question: str) -> str:
    """The beginning of a question, to its last whole word."""
    question = compose(question)
    if len(question) <= _OPENING_CHARS:
        return question
    cut = question[: _OPENING_CHARS + 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut[:_OPENING_CHARS]}…"


def _storable(text: str) -> str:
    """The text without halves of characters and zero bytes, which not every database can hold."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "ignore").decode()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
