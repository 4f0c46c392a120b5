"""Which groups may see which plans: a file that people write, read anew when it has changed."""

from __future__ import annotations

import logging
import threading
import time
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xhht_qa.errors import SettingsError

EVERYONE = "*"
_REMEMBERED = 10_000  # plans; their rules are asked for with every request
_SETTLED_SECONDS = 1.0  # a file that was touched later than that may still be being written

logger = logging.getLogger(__name__)


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    plans: tuple[str, ...] = Field(min_length=1)  # ids or patterns of them: "so-noi-vu-*"
    groups: tuple[str, ...]  # who may see them; "*" is everyone who may ask, none is nobody


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: tuple[_Rule, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Rules:
    """Rules in their order: the first one that names a plan decides."""

    rules: tuple[_Rule, ...]

    @classmethod
    def read(cls, path: Path) -> Rules:
        """Raises SettingsError with the mend for a file that cannot be read or says nothing of some plans.

        The last rule has to be for all other plans: of a file that was cut off while it was written, it is what is missing.
        """
        try:
            rules = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).rule
        except OSError as error:
            raise SettingsError(f"{path}: the access file cannot be read ({error.strerror}); correct XHHT_ACCESS_FILE or the file's permissions") from None
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
            raise SettingsError(f"{path}: {place}: {first['msg']}; correct the access file") from None
        except ValueError as error:  # no TOML, no UTF-8
            raise SettingsError(f"{path}: {error}; correct the access file") from None
        if EVERYONE not in rules[-1].plans:
            raise SettingsError(f'{path}: the last rule must be for all other plans: add [[rule]] with plans = ["*"] and the groups that may see them')
        return cls(rules)

    def may_see(self, groups: Collection[str], plan: str) -> bool:
        """Whether a member of ``groups`` may see the plan of that id, be it there or not."""
        admitted = self._groups(plan)
        return EVERYONE in admitted or not admitted.isdisjoint(groups)

    @cached_property
    def _groups(self) -> Callable[[str], frozenset[str]]:
        """The groups that the rules name for a plan."""

        def groups(plan: str) -> frozenset[str]:
            return frozenset(next(rule.groups for rule in self.rules if any(fnmatchcase(plan, pattern) for pattern in rule.plans)))

        return lru_cache(maxsize=_REMEMBERED)(groups)


class LiveRules:
    """The rules of a file as it stands; one that cannot be used is told of in the log, once, and the rules before it go on. Safe to share between threads."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        """Raises SettingsError."""
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._seen = self._state()
        self._rules = Rules.read(path)

    def may_see(self, groups: Collection[str], plan: str) -> bool:
        """See ``Rules``."""
        return self.present().may_see(groups, plan)

    def present(self) -> Rules:
        """The rules of now."""
        state = self._state()
        if state != self._seen and (state is None or abs(self._now() - state[0] / 1e9) > _SETTLED_SECONDS):
            with self._lock:
                if state != self._seen:
                    self._seen = state
                    self._read()
        return self._rules

    def _read(self) -> None:
        try:
            self._rules = Rules.read(self._path)
            logger.warning("%s: the access file has changed and its rules hold now", self._path)
        except SettingsError as error:
            logger.error("the rules of before go on: %s", error)

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
