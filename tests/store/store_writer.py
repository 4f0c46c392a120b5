"""A program that writes to a store: ``many URL CONVERSATION NAME COUNT`` asks and answers, ``stops URL CONVERSATION`` asks and waits to be killed."""

from __future__ import annotations

import sys
import time

from store_answers import answer_to

from xhht_qa.store import Store

what, url, conversation, *rest = sys.argv[1:]
store = Store(url)
if what == "many":
    name, count = rest
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        question = f"{name} hỏi câu {number}?"
        store.add_answer("an", conversation, store.add_question("an", conversation, question), answer_to(question))
        store.create(name)
else:
    store.add_question("an", conversation, "Câu hỏi còn dở?")
    print("asked", flush=True)
    time.sleep(60)
