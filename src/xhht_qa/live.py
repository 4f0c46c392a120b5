"""An engine that answers from whatever index is published: a new build takes over whole, and no one who is asking notices."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.index import Index, open_index, published_build, remove_unused
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Passage, Query, Turn

_LOOK_SECONDS = 1.0  # between two looks at the name of the published build, a file of thirty bytes
_FIRST_QUESTION = "kế hoạch"  # asked of a new engine before anyone else does: Chroma opens its files at the first question

logger = logging.getLogger(__name__)


class _Held:
    """An engine and how many questions it is answering."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.questions = 0


class LiveEngine(Engine):
    """The engine over the build that is published now; safe to share between threads.

    Each question is answered by one engine from its first step to its last. An engine whose build has been replaced is
    closed when the last question that it was given is answered.
    """

    def __init__(self, settings: Settings, encoder: Encoder) -> None:
        self.settings = settings
        self._encoder = encoder
        self._lock = threading.Lock()  # of the count of questions and of which engine is the present one; held for no longer than that
        self._opening = threading.Lock()
        self._now = _Held(self._open())

    @classmethod
    def open(cls, settings: Settings) -> LiveEngine:
        """The engine over the published index. Raises IndexMissing, IndexMismatch and EncoderError."""
        return cls(settings, load_encoder(settings))

    @property
    def index(self) -> Index:
        """The index that a question asked now would be answered from; ``hold`` it to search it."""
        return self._now.engine.index

    @contextmanager
    def hold(self) -> Iterator[Engine]:
        """The present engine, which stays open until it is let go, whatever is published meanwhile."""
        with self._lock:
            held = self._now
            held.questions += 1
        try:
            yield held.engine
        finally:
            with self._lock:
                held.questions -= 1
                idle = held is not self._now and not held.questions
            if idle:
                self._close(held.engine)

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Answer:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.ask(question, history, scope)

    def explain(self, question: str, k: int = 10, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> tuple[Query, list[Passage]]:
        """See ``Engine``."""
        with self.hold() as engine:
            return engine.explain(question, k, history, scope)

    def agency(self, printed: str) -> str:
        """See ``Engine``."""
        return self._now.engine.agency(printed)

    def refresh(self) -> bool:
        """Take over the published build if it is another one, and tell whether it was. Raises StoreError, and then nothing has changed."""
        with self._opening:
            if published_build(self.settings.index_dir) == self.index.build:
                return False
            opened = _Held(self._open())
            with self._lock:
                before, self._now = self._now, opened
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
        engine = Engine(open_index(self.settings.index_dir, self._encoder.name), self._encoder, self.settings)
        engine.search(_FIRST_QUESTION, k=1)
        return engine

    def _close(self, engine: Engine) -> None:
        engine.index.close()
        remove_unused(self.settings.index_dir)
