"""Whether a follow-up that a language model wrote out asks what was asked, in words of the conversation and no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xhht_qa.query.asking import Gap, bare, gaps_in, is_closed, role_in, telling, without_article, without_gaps
from xhht_qa.query.referents import is_unexplained, without_referents
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import fold, has_diacritics, tones_apart
from xhht_qa.text.phrases import NEGATIONS
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import FollowUp, Turn, Why

_MOST_WORDS = 60
_OWN = 3  # a message with so many words that say something needs less of the question before
_ALIKE = 0.6  # of the neighbouring words
_KEPT = 0.5  # of the words of the question that it goes on from; one constituent of it is replaced, or its gap
_ONE_QUESTION = re.compile(r"[\w ,:;./&%()–“”\"'-]+\??")
_SENTENCE_END = re.compile(r"[.?!:;…]\s")
_ASIDE = re.compile(r"(?<!\w)thì sao(?!\w)", re.IGNORECASE)
_OF_PLAN = re.compile(r"(?<!\w)(?:theo )?kế hoạch của .*$", re.IGNORECASE)  # as the rules name the plan of the conversation
_NEGATIONS = NEGATIONS | {"ngoài"}
_TOWARDS = frozenset(["cho", "về", "với"])  # before who receives, what it is about, who takes part
# Words with which anyone joins others; all others must have been said.
_JOINING = frozenset("theo của ở tại trong thì là các những do và việc".split())  # noqa: SIM905 – a list of words reads better as a text
# Words of a message that lead in and out of it, and ask for nothing.
_IDLE = frozenset(
    "cũng vẫn còn nữa luôn thêm thôi riêng chỉ cần hỏi ý tôi mình em anh chị muốn biết cho xin ạ nhé vậy thế như nhưng thì là mà rồi ở của về do và với nếu lỡ khi sang đến tới lên".split()  # noqa: SIM905
)
_POINTS = re.compile(r"(?<!\w)(?:đó|ấy|này|kia|nó|họ|trên|nãy|vừa rồi|vừa nêu)(?!\w)", re.IGNORECASE)  # at something that an answer may have named
_FURTHER_BACK = re.compile(r"(?<!\w)(?:(?:lúc|ban) (?:đầu|nãy)|hồi nãy|quay lại|trở lại|(?:câu|ý|chuyện|việc) (?:hỏi )?(?:đầu|trước))(?!\w)", re.IGNORECASE)


def why_not(text: str, standalone: str, follow_up: FollowUp, turns: Sequence[Turn]) -> Why | None:
    """Why a question does not say what a follow-up does; None if it does. ``standalone`` is how the rules wrote it out, after ``turns``."""
    if not _ONE_QUESTION.fullmatch(text) or _SENTENCE_END.search(text) or len(syllables(text)) > _MOST_WORDS:
        return "form"
    if bare(text).leans or _ASIDE.search(text) or is_unexplained(text):  # it does not stand alone
        return "lost"
    message = bare(follow_up.message).text
    turns = told_in(follow_up, turns)
    goes_on_from = [follow_up.before, *(turn.content for turn in turns if turn.role == "user" and _FURTHER_BACK.search(follow_up.message))]
    said = [message, follow_up.before, standalone, *(turn.content for turn in turns)]
    if why := _unsaid(text, said) or _turned(text, message, goes_on_from, said):
        return why
    if _is_lost(text, follow_up, standalone, goes_on_from):
        return "lost"
    return None if _runs_alike(text, said) and not _is_said_twice(text, [f"{message} {follow_up.before}", *said]) else "mixed"


def told_in(follow_up: FollowUp, turns: Sequence[Turn]) -> list[Turn]:
    """The turns in whose words a follow-up may be written out: the user's own, and the answers only where the message points at something."""
    points = _POINTS.search(bare(follow_up.message).text)
    return [turn for turn in turns if turn.role == "user" or (points and turn.role == "assistant")]


def _unsaid(text: str, said: Sequence[str]) -> Why | None:
    """What was not said in the conversation: every word, every number, each date and each agency as a whole."""
    printed = {_same(word) for one in said for word in syllables(one)}
    bare_words = {word for one in said if not has_diacritics(one) for word in syllables(one)}  # of what was typed without accents
    missing = [word for word in syllables(without_gaps(text)) if word not in _JOINING and _same(word) not in printed and fold(word) not in bare_words]
    if missing:
        return "number" if any(map(str.isdecimal, missing)) else "negation" if set(missing) & _NEGATIONS else "word"
    known = [mention.date for one in said for mention in find_dates(one)]
    named = [replace(mention.date, year=None) for mention in find_dates(text)]  # "quý II" of a message and the year of the question before make one
    if not all(any(date.covers(one) for one in known) for date in named):
        return "date"
    spoken = [_run(one) for one in said]
    return None if all(any(_run(agency) in one for one in spoken) for agency in agencies_in(text)) else "agency"


def _turned(text: str, message: str, goes_on_from: Sequence[str], said: Sequence[str]) -> Why | None:
    """Whether what was negated is not, or the other way round, or another one gives or receives: such words stay before the word that they were said of."""
    pairs, written, new = _pairs(text), set(map(fold, syllables(text))), set(map(fold, syllables(message)))
    before = [_OF_PLAN.sub("", one) for one in goes_on_from]
    kept = _pairs(message) | {pair for one in before for pair in _pairs(one) if pair[0] in _NEGATIONS or pair[1] not in new}
    known = {(fold(first), second) for one in (*said, *before) for first, second in _pairs(one)}
    lost = {first for first, second in kept - pairs if second in written}
    unsaid = {first for first, second in pairs if (fold(first), second) not in known and second not in new}
    if (lost | unsaid) & _NEGATIONS:
        return "negation"
    return "mixed" if (lost | unsaid) & _TOWARDS else None


def _pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring words of what is not asked, those that anyone joins others with left out; the second one folded, as it may have been typed without accents, "" is the end."""
    words = [word for word in syllables(without_gaps(text)) if word not in _JOINING]
    return {(first, fold(second)) for first, second in pairwise([*words, ""])}


def _runs_alike(text: str, said: Sequence[str]) -> bool:
    """Whether most words stand beside the same words as in the conversation; of its words in another order, anything can be asked."""
    known = {pair for one in said for pair in pairwise(folded_syllables(one))}
    beside = list(pairwise(folded_syllables(text)))
    return sum(pair in known for pair in beside) >= _ALIKE * len(beside)


def _is_said_twice(text: str, said: Sequence[str]) -> bool:
    """Whether a word comes more often than the message and one question have it: a piece of a question put into another."""
    counts = [Counter(folded_syllables(one)) for one in said]
    return any(count > max(one[word] for one in counts) for word, count in Counter(folded_syllables(without_gaps(text))).items() if count > 1)


def _is_lost(text: str, follow_up: FollowUp, standalone: str, goes_on_from: Sequence[str]) -> bool:
    """Whether a word of the message is left out, something else is asked for, or it is no longer about what the question before was about."""
    core = without_article(bare(follow_up.message).text, follow_up.before)
    own = without_gaps(without_referents(core))
    written = set(folded_syllables(text))
    if set(telling(text)) <= set(telling(core)) or any(not written.issuperset(folded_syllables(word)) for word in syllables(own) if word not in _IDLE):
        return True
    role = role_in(core)
    if _run(text) == _run(follow_up.before) or (role and _run(role.group()) not in _run(text)):
        return True
    if _asked_for(text) != (_asked_for(core) if any(_asked_for(core)) else _asked_for(follow_up.before)):
        return True
    if not (follow_up.guessed or len(goes_on_from) > 1 or _carried(standalone, follow_up.before) <= written):
        return True
    return len(telling(own)) < _OWN and not any(_keeps(text, one) for one in goes_on_from)


def _carried(standalone: str, before: str) -> set[str]:
    """The words that the rules, where they did not guess, carried over from the question before."""
    kept = set(folded_syllables(without_gaps(_OF_PLAN.sub("", standalone)))) & set(folded_syllables(without_gaps(before)))
    return kept - {fold(word) for word in _JOINING}


def _asked_for(text: str) -> tuple[list[Gap], bool]:
    """What a question leaves open, and whether yes or no answers it."""
    return sorted(gaps_in(text)), is_closed(text)


def _keeps(text: str, question: str) -> bool:
    written, words = set(folded_syllables(text)), [fold(word) for word in telling(without_gaps(question))]
    return sum(word in written for word in words) >= _KEPT * len(words)


def _run(text: str) -> str:
    return f" {' '.join(folded_syllables(text))} "


def _same(word: str) -> str:
    """A syllable however it is spelt; figures without leading zeros."""
    return tones_apart(word.lstrip("0") or word)
