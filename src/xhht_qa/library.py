"""Managing plans, as the page sees it: a file is proposed, looked at, published. The root of the program brings what does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from xhht_qa.types import Plan

Stage = Literal["reading", "embedding", "done", "failed"]


@dataclass(frozen=True)
class Proposal:
    """A file that was uploaded and read, and is not published yet."""

    id: str
    name: str  # of the file, as it was uploaded
    plan: Plan
    replaces: str = ""  # the id of the plan in whose place it would come
    same_as: str = ""  # the id of a plan that was read from equal bytes


@dataclass(frozen=True)
class Change:
    """What someone has had done; how it ended is in the ``Job``. The plan is "" where it is about all of them."""

    action: Literal["propose", "discard", "publish", "remove", "read"]
    plan: str = ""
    digest: str = ""  # of the file that comes
    before: str = ""  # of the file in whose place it comes, or that goes
    file: str = ""  # as it was called when it was uploaded


@dataclass(frozen=True)
class Job:
    """A change of the plans that is under way, or the last one."""

    stage: Stage
    done: int = 0  # files while reading, pieces of text while embedding
    of: int = 0
    message: str = ""  # why it failed, or what was refused in an otherwise finished one
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether no other change can begin."""
        return self.stage in ("reading", "embedding")


class Library(Protocol):
    """What the page asks of the program that reads and publishes plans; safe to share between threads.

    Changes run in the background, one at a time, and raise LibraryBusy while another one runs; ``job`` tells how they go on.
    """

    def propose(self, name: str, content: Path, replaces: str = "") -> Proposal:
        """Read an uploaded file, which is taken from ``content``. Raises LibraryError and UnknownPlan with a sentence for the page."""
        ...

    def propose_again(self, id_: str, replaces: str = "") -> Proposal:
        """Read a proposal once more, to come in the place of another plan, or of none; it has another id then. Raises as ``propose``, and UnknownProposal."""
        ...

    def proposals(self) -> list[Proposal]:
        """The files that wait to be published, the newest last."""
        ...

    def proposal(self, id_: str) -> Proposal:
        """One of them. Raises UnknownProposal."""
        ...

    def discard(self, id_: str) -> None:
        """Throw a proposal away. Raises UnknownProposal."""
        ...

    def publish(self, id_: str) -> Job:
        """Put a proposal among the plans. Raises UnknownProposal and LibraryBusy."""
        ...

    def remove(self, plan_id: str) -> Job:
        """Take a plan out. Raises UnknownPlan, LibraryError and LibraryBusy."""
        ...

    def read_again(self) -> Job:
        """Read what has changed in the folder of plans, in corrections beside them and in the readers. Raises LibraryBusy."""
        ...

    def is_managed(self, plan: Plan) -> bool:
        """Whether the plan's file is in the folder that may be changed here."""
        ...

    @property
    def job(self) -> Job | None:
        """The change that is under way or was the last; None when there was none."""
        ...
