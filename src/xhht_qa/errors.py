"""Everything that can go wrong, in one tree:

XhhtError ─┬─ ReadError         a file cannot be read as a plan
           ├─ NoPlans           a path is missing or holds nothing to read
           ├─ SettingsError     a setting's value makes no sense
           ├─ EncoderError      the encoder cannot be loaded
           ├─ StoreError ─┬─ IndexMissing      nothing was built there yet
           │               ├─ IndexMismatch     built by another encoder or format
           │               └─ VectorsUnavailable   a server of vectors that does not answer
           ├─ PictureError      a page of an original cannot be drawn
           ├─ FeedbackError     feedback that cannot be stored or read
           ├─ ConversationError ─┬─ UnknownConversation        not there, or another user's
           │                      ├─ ConversationLimit          too many or too long
           │                      └─ ConversationsUnavailable   the database cannot be used
           ├─ LibraryError ─┬─ LibraryBusy        plans are being published right now
           │                 └─ UnknownProposal    an uploaded file that is not there any more
           ├─ BackupError       a backup cannot be made, read or restored
           ├─ UnknownPlan       a plan id that the index does not hold
           ├─ QuestionError     an empty or overlong question
           ├─ ModelFailure      a language model that did not answer
           └─ Refused ─┬─ TooMany           one who asks more often than one may
                        └─ TooBusy           more questions than can be answered or wait

Each message is one sentence that names the thing and the mend. The command line prints it; the page shows the matching
sentence of ``messages`` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xhht_qa.types import Fallback


class XhhtError(Exception):
    """Base of every error that this package raises on purpose."""


class ReadError(XhhtError):
    """A file that cannot be read as a plan: missing, empty, binary, broken."""


class NoPlans(XhhtError):
    """A path that does not exist or holds no readable plan."""


class SettingsError(XhhtError):
    """A setting whose value makes no sense."""


class EncoderError(XhhtError):
    """An encoder that cannot be loaded."""


class StoreError(XhhtError):
    """An index that cannot be used."""


class IndexMissing(StoreError):
    """No index at the folder."""


class IndexMismatch(StoreError):
    """An index built by another encoder or another format version."""


class VectorsUnavailable(StoreError):
    """A server that keeps vectors and does not answer."""


class PictureError(XhhtError):
    """A page of an original cannot be drawn."""


class FeedbackError(XhhtError):
    """Feedback that cannot be stored or read."""


class ConversationError(XhhtError):
    """A conversation that cannot be kept, found or changed; the message is fit for the page."""


class UnknownConversation(ConversationError):
    """A conversation that is not there; another user's is not there either."""


class ConversationLimit(ConversationError):
    """More or longer than may be kept."""


class ConversationsUnavailable(ConversationError):
    """A database that cannot be opened, read or written."""


class LibraryError(XhhtError):
    """A plan that cannot be added, replaced or removed; the message is fit for the page."""


class LibraryBusy(LibraryError):
    """A change of plans while another one is under way."""


class UnknownProposal(LibraryError):
    """An uploaded file that was published, thrown away or is too old."""


class BackupError(XhhtError):
    """A backup that cannot be made, read or restored; nothing has changed."""


class UnknownPlan(XhhtError):
    """A plan id that the index does not hold."""


class QuestionError(XhhtError):
    """A question that is empty or too long."""


class ModelFailure(XhhtError):
    """A language model that did not answer, or not to the end; ``reason`` says why. No user is shown it: the extractive answer is given."""

    def __init__(self, reason: Fallback) -> None:
        super().__init__(f"the language model gave no answer: {reason}")
        self.reason = reason


class Refused(XhhtError):
    """A question that is not taken in now; the message is fit for the page, ``seconds`` is when to come back."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooMany(Refused):
    """One who asks more often than one may."""


class TooBusy(Refused):
    """More questions than can be answered or wait."""
