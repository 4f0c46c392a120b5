"""Several threads and processes over one database, and a process that is killed between a question and its answer."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from prerequisites import ROOT
from store_answers import answer_to

from xhht_qa.errors import ConversationLimit, XhhtError
from xhht_qa.store import Store

COUNT = 25


def started(*arguments: str) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    environment = {"PYTHONPATH": f"{here}:{ROOT / 'src'}:{ROOT}"}
    return subprocess.Popen(
        [sys.executable, str(here / "store_writer.py"), *arguments], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_threads_and_two_processes_lose_nothing_of_one_another(url: str) -> None:
    store = Store(url)
    id_ = store.create("an").id
    errors: list[XhhtError] = []

    def write(name: str) -> None:
        try:
            for number in range(COUNT):
                question = f"{name} hỏi câu {number}?"
                store.add_answer("an", id_, store.add_question("an", id_, question), answer_to(question))
                store.exchanges("an", id_)
                store.find("an", "cau hoi")
        except XhhtError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"luồng-{number}",)) for number in range(4)]
    processes = [started("many", url, id_, f"tien-trinh-{number}", str(COUNT)) for number in range(2)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert errors == []
    exchanges = store.exchanges("an", id_)
    names = [*(f"luồng-{number}" for number in range(4)), *(f"tien-trinh-{number}" for number in range(2))]
    assert {exchange.question for exchange in exchanges} == {f"{name} hỏi câu {number}?" for name in names for number in range(COUNT)}
    assert len(exchanges) == len(names) * COUNT
    assert all(exchange.answer == answer_to(exchange.question) for exchange in exchanges)
    for name in names[4:]:
        assert len(store.find(name, limit=1000)) == COUNT


def test_a_limit_holds_among_threads(url: str) -> None:
    store = Store(url, max_conversations=5)
    refused = []

    def create() -> None:
        for _ in range(3):
            try:
                store.create("an")
            except ConversationLimit as error:
                refused.append(error)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(store.find("an")), len(refused)) == (5, 7)


def test_two_that_begin_on_an_empty_folder_at_the_same_time_make_one_database(url: str) -> None:
    made: list[Store | Exception] = []

    def begin() -> None:
        try:
            made.append(Store(url))
        except Exception as error:
            made.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store for store in made if not isinstance(store, Store)] == []
    first, *others = (store for store in made if isinstance(store, Store))
    id_ = first.create("an").id
    assert all(store.conversation("an", id_) for store in others)


def test_a_question_outlives_a_kill_before_its_answer(url: str) -> None:
    store = Store(url)
    id_ = store.create("an").id
    store.add_answer("an", id_, store.add_question("an", id_, "Câu trước?"), answer_to("Câu trước?"))
    process = started("stops", url, id_)
    assert process.stdout
    assert process.stdout.readline() == "asked\n"
    process.kill()
    process.wait(timeout=30)
    store.close()
    again = Store(url)
    assert [(exchange.question, exchange.answer is None) for exchange in again.exchanges("an", id_)] == [("Câu trước?", False), ("Câu hỏi còn dở?", True)]
    assert again.add_question("an", id_, "Hỏi tiếp?"), "no lock is left behind"
