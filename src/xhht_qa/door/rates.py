"""How often one may come: so many questions a minute by who asks, so many questions and requests by where from for those whom nobody knows."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from xhht_qa import messages
from xhht_qa.access import Asker
from xhht_qa.access.visitors import UNKNOWN
from xhht_qa.errors import TooMany
from xhht_qa.settings import Settings


class Rates:
    """Counts in the memory of this process; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._asker = settings.questions_per_minute
        self._address = settings.questions_per_minute_address
        self._requests = settings.requests_per_minute_address

    def count(self, asker: Asker, address: str) -> None:
        """One more question. Raises TooMany when it is one too many."""
        is_unknown = not asker.id or asker.id.startswith(UNKNOWN)
        if is_unknown and _tells(address):  # who is unknown gets a new name by throwing the old one away, but not a new address
            self._hit(self._address, messages.too_many, "address", address)
        if asker.id:
            self._hit(self._asker, messages.too_many, "asker", asker.id)

    def come(self, address: str) -> None:
        """One more request, whatever it is. Raises TooMany when it is one too many."""
        if _tells(address):
            self._hit(self._requests, messages.too_many_requests, "request", address)

    def _hit(self, limit: int, sentence: Callable[[int], str], *key: str) -> None:
        if not limit:
            return
        rate = RateLimitItemPerMinute(limit)
        if not self._limiter.hit(rate, *key):
            seconds = max(1, math.ceil(self._limiter.get_window_stats(rate, *key).reset_time - time.time()))
            raise TooMany(sentence(seconds), seconds)


def _tells(address: str) -> bool:
    """Whether the address is somebody's: all who come by a proxy on this machine that does not tell theirs have the machine's own."""
    try:
        return not ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
