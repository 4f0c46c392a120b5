"""A fair queue before a bounded number of slots; threads and event loops wait in it alike."""

from __future__ import annotations

import bisect
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from xhht_qa import messages
from xhht_qa.errors import TooBusy

_SHARE = 2  # one asker holds at most one place in so many, so that there is always room for another
_SOON_SECONDS = 5  # after which one who found the queue full may come back


@dataclass(order=True)
class Place:
    """One question in the queue; ``position`` is 0 as soon as it is served, 1 for the next one to be.

    ``turn`` counts an asker's questions from the turn that is served now: one who asks much waits behind those who ask once.
    """

    turn: int
    number: int
    who: str = field(compare=False)
    moved: Callable[[], object] = field(compare=False)
    position: int = field(compare=False, default=0)


class Queue:
    """``slots`` are served at once and ``length`` wait; safe to share between threads."""

    def __init__(self, slots: int, length: int) -> None:
        self.slots = slots
        self.length = length
        self._lock = threading.Lock()
        self._served: list[Place] = []
        self._waiting: list[Place] = []  # sorted
        self._turn = 0
        self._entered = 0

    @property
    def load(self) -> tuple[int, int]:
        """How many are served and how many wait, now."""
        with self._lock:
            return len(self._served), len(self._waiting)

    def enter(self, who: str, moved: Callable[[], object]) -> Place:
        """A place for ``who``; ``moved`` is called, from any thread, whenever its position has changed. Raises TooBusy when there is none."""
        with self._lock:
            own = [place.turn for place in (*self._served, *self._waiting) if place.who == who]
            if len(self._served) == self.slots and (len(self._waiting) >= self.length or len(own) > (self.slots + self.length) / _SHARE):
                raise TooBusy(messages.too_busy(_SOON_SECONDS), _SOON_SECONDS)
            self._entered += 1
            place = Place(max([self._turn, *(turn + 1 for turn in own)]), self._entered, who, moved)
            bisect.insort(self._waiting, place)
            changed = self._advance()
        _tell([other for other in changed if other is not place])
        return place

    def leave(self, place: Place) -> None:
        """Give the place up, served or not."""
        with self._lock:
            (self._served if place in self._served else self._waiting).remove(place)
            changed = self._advance()
        _tell(changed)

    def _advance(self) -> list[Place]:
        """Serve who can be served; those whose position is another than before."""
        changed = []
        while self._waiting and len(self._served) < self.slots:
            place = self._waiting.pop(0)
            self._turn = max(self._turn, place.turn)
            place.position = 0
            self._served.append(place)
            changed.append(place)
        for position, place in enumerate(self._waiting, 1):
            if place.position != position:
                place.position = position
                changed.append(place)
        return changed


def _tell(places: list[Place]) -> None:
    for place in places:
        with contextlib.suppress(RuntimeError):  # an event loop that has ended meanwhile
            place.moved()
