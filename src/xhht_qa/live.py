"""Engines that answer from whatever index is published, over all of its plans or over those that some may see.

A new build takes over whole, and no one who is asking notices.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.engine import Engine, Told, untold
from xhht_qa.errors import XhhtError
from xhht_qa.generate import Writer, load_writer
from xhht_qa.index import Index, open_index, published_build, remove_unused, stores_of
from xhht_qa.part import Part
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Passage, Query, Sentence, Turn

_LOOK_SECONDS = 1.0  # between two looks at the name of the published build, a file of thirty bytes
_FIRST_QUESTION = "kế hoạch"  # asked of a new engine before anyone else does: Chroma opens its files at the first question

logger = logging.getLogger(__name__)


class _Held:
    """An engine, how many questions it is answering, and the engines over parts of its plans, the one asked last at the end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.questions = 0
        self.parts: OrderedDict[frozenset[str], Engine] = OrderedDict()
        self.dividing = threading.Lock()


class _Changing(Engine):
    """An engine that gives way to another while the server runs; each question is answered by one from its first step to its last."""

    def hold(self) -> AbstractContextManager[Engine]:
        """The present engine, which stays open until it is let go, whatever is published meanwhile."""
        raise NotImplementedError

    @property
    def index(self) -> Index:
        """The index that a question asked now would be answered from; ``hold`` it to search it."""
        with self.hold() as engine:
            return engine.index

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Told = untold) -> Answer:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.ask(question, history, scope, told)

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Told = untold) -> Iterator[Sentence | Answer]:
        """See ``Engine``."""
        with self.hold() as engine:
            yield from engine.stream(question, history, scope, told)

    def extract(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Answer:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.extract(question, history, scope)

    def explain(self, question: str, k: int = 10, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> tuple[Query, list[Passage]]:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.explain(question, k, history, scope)

    def agency(self, printed: str) -> str:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.agency(printed)

    def spelt_out(self, name: str) -> str:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.spelt_out(name)


class LiveEngine(_Changing):
    """The engine over the build that is published now; safe to share between threads.

    An engine whose build has been replaced is closed when the last question that it was given is answered.
    """

    def __init__(self, settings: Settings, encoder: Encoder, generator: Writer | None = None) -> None:
        self.settings = settings
        self.writer = generator  # one for all builds: what it knows of its server outlives them
        self.stores = stores_of(settings)  # of the vectors of all builds
        self.publishes = 0  # builds that were taken over
        self._encoder = encoder
        self._lock = threading.Lock()  # of the count of questions and of which engine is the present one; held for no longer than that
        self._opening = threading.Lock()
        self._now = _Held(self._open())

    @classmethod
    def open(cls, settings: Settings) -> LiveEngine:
        """The engine over the published index. Raises IndexMissing, IndexMismatch and EncoderError."""
        return cls(settings, load_encoder(settings), load_writer(settings))

    @contextmanager
    def hold(self) -> Iterator[Engine]:
        """See ``_Changing``."""
        with self._held() as held:
            yield held.engine

    @contextmanager
    def hold_part(self, may_hold: Callable[[str], bool]) -> Iterator[Engine]:
        """The same over the plans whose ids are admitted, as if there were no others."""
        with self._held() as held:
            plans = frozenset(filter(may_hold, held.engine.plans))
            yield held.engine if len(plans) == len(held.engine.plans) else self._part(held, plans)

    @contextmanager
    def _held(self) -> Iterator[_Held]:
        with self._lock:
            held = self._now
            held.questions += 1
        try:
            yield held
        finally:
            with self._lock:
                held.questions -= 1
                idle = held is not self._now and not held.questions
            if idle:
                self._close(held.engine)

    def _part(self, held: _Held, plans: frozenset[str]) -> Engine:
        with self._lock:
            if plans in held.parts:
                held.parts.move_to_end(plans)
                return held.parts[plans]
        with held.dividing:  # those who see other plans, and are answered already, do not wait for it
            engine = held.parts.get(plans) or Engine(Part(held.engine.index, plans), self._encoder, self.settings, generator=self.writer)
            with self._lock:
                held.parts[plans] = engine
                while len(held.parts) > self.settings.max_parts:
                    held.parts.popitem(last=False)
        return engine

    def refresh(self) -> bool:
        """Take over the published build if it is another one, and tell whether it was. Raises StoreError, and then nothing has changed."""
        with self._opening:
            if published_build(self.settings.index_dir) == self.index.build:
                return False
            opened = _Held(self._open())
            with self._lock:
                before, self._now = self._now, opened
                self.publishes += 1
                idle = not before.questions
            if idle:
                self._close(before.engine)
            return True

    def watch(self, seconds: float = _LOOK_SECONDS) -> None:
        """Refresh by itself from now on; a build that cannot be used is told of in the log, once, and the one before goes on."""
        threading.Thread(target=self._watch, args=(seconds,), name="watch-index", daemon=True).start()

    def _watch(self, seconds: float) -> None:
        told = ""
        wait = threading.Event()
        while not wait.wait(seconds):
            try:
                self.refresh()
                told = ""
            except XhhtError as error:
                if str(error) != told:
                    logger.warning("the index that was published cannot be used, the one before goes on: %s", error)
                told = str(error)

    def _open(self) -> Engine:
        engine = Engine(open_index(self.settings.index_dir, self._encoder.name, self.stores), self._encoder, self.settings, generator=self.writer)
        engine.search(_FIRST_QUESTION, k=1)
        return engine

    def _close(self, engine: Engine) -> None:
        engine.index.close()
        remove_unused(self.settings.index_dir, self.stores.remove)


class PartEngine(_Changing):
    """The live engine as those know it who may see some of its plans: in no way does it differ from one over an index that never held the others."""

    def __init__(self, live: LiveEngine, may_hold: Callable[[str], bool]) -> None:
        self.settings = live.settings
        self._live = live
        self._may_hold = may_hold

    def hold(self) -> AbstractContextManager[Engine]:
        """See ``_Changing``."""
        return self._live.hold_part(self._may_hold)

    def may_hold(self, plan: str) -> bool:
        """See ``Engine``."""
        return self._may_hold(plan)
