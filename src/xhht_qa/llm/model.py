"""Any LlamaIndex ``LLM`` as the product asks one: a stream of text within a time and a length, and one kind of failure."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xhht_qa.breaker import Breaker
from xhht_qa.errors import ModelFailure
from xhht_qa.llm.pace import in_time
from xhht_qa.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_MOST_CHARS = 10_000  # of one answer; a model that has not ended by then never will
_OF_THE_SERVER = ("down", "timeout", "busy", "refused", "invalid")  # what the next question would meet with too

logger = logging.getLogger(__name__)


class Model:
    """A language model with its limits; safe to share between threads if its ``LLM`` is."""

    def __init__(self, llm: LLM, settings: Settings) -> None:
        self.context = settings.llm_context
        self.breaker = Breaker(settings.llm_rest)
        self.whole = settings.llm_timeout  # seconds for an answer
        self._llm = llm
        self._first = settings.llm_first_timeout

    def stream(self, system: str, user: str, max_tokens: int, within: float | None = None) -> Iterator[str]:
        """The model's words as they come, all of them ``within`` so many seconds. Raises ModelFailure, also in the middle.

        A model that writes, but not to its end within less than an answer's time, is slow and not down: the next question asks it again.
        """
        if not self.breaker.lets_through():
            raise ModelFailure("open_circuit")
        within = self.whole if within is None else within
        writes = False
        try:
            for word in self._words(system, user, max_tokens, within):
                writes = True
                yield word
        except TimeoutError:
            failure = ModelFailure("timeout")
            raise (failure if writes and within < self.whole else self._told(failure)) from None
        except ModelFailure as failure:
            raise self._told(failure) from None
        except Exception as error:  # an LLM of others may raise whatever its own client does
            logger.warning("the language model failed: %s: %s", type(error).__name__, error)
            raise self._told(ModelFailure("down")) from None

    def _words(self, system: str, user: str, max_tokens: int, within: float) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        messages = [ChatMessage(role="system", content=system), ChatMessage(role="user", content=user)]

        def words() -> Iterator[str]:
            return (response.delta for response in self._llm.stream_chat(messages, max_tokens=max_tokens) if response.delta)

        length = 0
        for word in in_time(words, self._first, within):
            self.breaker.answered()
            length += len(word)
            if length > _MOST_CHARS:
                raise ModelFailure("endless")
            yield word
        if not length:
            raise ModelFailure("empty")

    def _told(self, failure: ModelFailure) -> ModelFailure:
        if failure.reason in _OF_THE_SERVER:
            self.breaker.failed()
        return failure


def load_model(settings: Settings) -> Model | None:
    """The model that the settings name; None, and nothing imported, where they name none."""
    if not settings.llm_base_url:
        return None
    from xhht_qa.llm.client import OpenAICompatible

    return Model(OpenAICompatible.of(settings), settings)
