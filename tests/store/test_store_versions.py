"""What an earlier version wrote is taken along; what a later one wrote is refused and left as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sql
from store_answers import CITATION, answer_to

from xhht_qa.errors import SettingsError
from xhht_qa.settings import Settings
from xhht_qa.store import SCHEMA_VERSION, Store

# Word for word what version 1 sent to the database; NUMBER is how the database numbers rows by itself.
VERSION_1 = """
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE conversation (
    id VARCHAR(32) NOT NULL, "user" VARCHAR(200) NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
    created VARCHAR(32) NOT NULL, updated VARCHAR(32) NOT NULL, PRIMARY KEY (id));
CREATE INDEX conversation_by_user ON conversation ("user", updated);
CREATE TABLE message (
    id NUMBER NOT NULL, conversation VARCHAR(32) NOT NULL, role VARCHAR(9) NOT NULL, content TEXT NOT NULL, folded TEXT NOT NULL,
    answers INTEGER, answer JSON, build VARCHAR(100), editions JSON, created VARCHAR(32) NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(conversation) REFERENCES conversation (id) ON DELETE CASCADE, UNIQUE (answers),
    FOREIGN KEY(answers) REFERENCES message (id) ON DELETE CASCADE);
CREATE INDEX ix_message_conversation ON message (conversation);
INSERT INTO schema_version (version) VALUES (1);
"""
NUMBERED = {"sqlite": "INTEGER", "postgresql": "SERIAL"}
KEPT, MOMENT = "0123456789abcdef0123456789abcdef", "2026-01-01T00:00:00.000000+00:00"


def written(url: str, statements: str) -> sql.Engine:
    """A database in which ``statements`` were carried out."""
    engine = sql.create_engine(url)
    with engine.begin() as connection:
        for statement in statements.replace("NUMBER", NUMBERED[engine.dialect.name]).split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    return engine


def columns(engine: sql.Engine) -> dict[str, set[str]]:
    seen = sql.inspect(engine)
    return {table: {column["name"] for column in seen.get_columns(table)} for table in seen.get_table_names()}


def version(engine: sql.Engine) -> int | None:
    with engine.begin() as connection:
        return connection.scalar(sql.text("SELECT version FROM schema_version"))


def test_what_version_1_wrote_is_taken_along(url: str, tmp_path: Path) -> None:
    engine = written(url, VERSION_1)
    answer = json.dumps(answer_to("Ai gửi báo cáo?").to_dict(), ensure_ascii=False)
    with engine.begin() as connection:
        connection.execute(
            sql.text("""INSERT INTO conversation (id, "user", title, folded, created, updated) VALUES (:id, 'an', 'Báo cáo', 'bao cao', :moment, :moment)"""),
            {"id": KEPT, "moment": MOMENT},
        )
        for content, role, answers, whole, build, editions in (
            ("Ai gửi báo cáo?", "user", None, None, None, None),
            ("Trước ngày 15/6/2025. [1]", "assistant", 1, answer, "b1", json.dumps({CITATION.plan: "d1"})),
        ):
            connection.execute(
                sql.text(
                    "INSERT INTO message (conversation, role, content, folded, answers, answer, build, editions, created)"
                    " VALUES (:id, :role, :content, 'bao cao', :answers, :answer, :build, :editions, :moment)"
                ),
                {"id": KEPT, "role": role, "content": content, "answers": answers, "answer": whole, "build": build, "editions": editions, "moment": MOMENT},
            )
    for store in (Store(url), Store(url)):  # the second finds nothing left to do
        (exchange,) = store.exchanges("an", KEPT)
        assert (exchange.question, exchange.answer, exchange.build, exchange.editions, exchange.scope, exchange.plans) == (
            "Ai gửi báo cáo?",
            answer_to("Ai gửi báo cáo?"),
            "b1",
            {CITATION.plan: "d1"},
            (),
            (),
        )
        assert [kept.id for kept in store.find("an", "báo cáo")] == [KEPT]
    number = store.add_question("an", KEPT, "Còn báo cáo năm?", ["a"])
    store.add_answer("an", KEPT, number, answer_to("Còn báo cáo năm?"), plans=["a", "b"])
    last = store.exchanges("an", KEPT)[1]
    assert (last.scope, last.plans) == (("a",), ("a", "b")), "and what is new in this version works on it"
    assert version(engine) == SCHEMA_VERSION
    Store(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert columns(engine) == columns(sql.create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")), "as one that is new"


def test_what_a_later_version_wrote_is_refused_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    engine = written(url, f"CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES ({SCHEMA_VERSION + 1})")
    settings = Settings(database_url=url, data_dir=tmp_path)
    with pytest.raises(SettingsError, match=r"a later version .* start that one") as refused:
        Store.open(settings)
    assert "\n" not in str(refused.value)
    assert (version(engine), columns(engine)) == (SCHEMA_VERSION + 1, {"schema_version": {"version"}})
