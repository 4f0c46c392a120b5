"""How much each word of a question tells: rare among the sections searched, and not a word that only asks."""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from xhht_qa.index import Vocabulary
from xhht_qa.text.normalise import fold, has_diacritics, tones_apart
from xhht_qa.text.synonyms import as_printed
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import Query

# Syllables that carry the question, not its subject; they would count as covered everywhere. Accented: "đã" is one, "Đá" a name.
_FUNCTION_WORDS = frozenset(
    """
    là gì nào những các thì mà ạ vậy thế có không được cho mình tôi với về ở trong của và theo phải bị để khi bao nhiêu mấy
    ai đâu đây này đó ngày tháng năm mốc hạn lúc giờ trễ nộp chậm muộn nhất trước mức kiểu loại lâu hãy xin hỏi biết ko k nhé nhỉ
    hả j ừ ok rồi còn như tại vào ra lên đến từ một hai sẽ đã đang bằng bởi cái việc làm sao giùm giúp em anh chị bạn gồm nêu
    kế hoạch hôm bên nơi thứ đúng chứ phần khác nhau giống trùng so sánh đối chiếu chênh lệch
    """.split()  # noqa: SIM905 – a hundred words read better as a text
)
# What names the kind of answer wanted says nothing of its subject: "nhiệm vụ gì", "vai trò như thế nào"
_KIND_ASKED = re.compile(r"(?<!\w)(?:nhiệm vụ|trách nhiệm|vai trò|công việc)(?= (?:gì|nào|thế nào|như thế nào|ra sao|là gì)(?!\w))", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![^\W\d_])\d+(?:[.,]\d+)*%?")
_CONTEXT_SHARE = 0.7  # a word in the heading speaks for the unit below it, but less than one of its own


class Weights:
    """How much each syllable of a question tells among the sections of the plans searched."""

    def __init__(self, query: Query, vocabulary: Vocabulary, plans: Collection[str]) -> None:
        text = _KIND_ASKED.sub(" ", query.text)
        if query.confirm:  # the figure may be the one that is wrong
            text = _FIGURE.sub(" ", text)
        # what these plans never print is weighed in the word that they have for it
        text = " ".join(as_printed(text, lambda phrase: vocabulary.prints(folded_syllables(" ".join(phrase)), plans)))
        words = folded_syllables(text)
        wanted = set(words) - _function_words(text)
        held, sections = {word: vocabulary.held(word, plans) for word in wanted}, vocabulary.sections(plans)
        # A word that the plans never print is likely a paraphrase: it counts as a rare one, not as the rarest of all.
        ceiling = math.log(1 + sections / 2)
        self.idf: Mapping[str, float] = {word: min(ceiling, math.log(1 + (sections - count + 0.5) / (count + 0.5))) for word, count in held.items()}
        self.pairs: Mapping[tuple[str, str], float] = {
            (left, right): (self.idf[left] + self.idf[right]) / 2 for left, right in itertools.pairwise(words) if left in self.idf and right in self.idf
        }
        # what was restored may be wrong
        self._typed = frozenset(syllables(text)) & frozenset(syllables(query.question)) if has_diacritics(query.question) else frozenset()
        self.total = (sum(self.idf.values()) + sum(self.pairs.values())) or 1.0
        self.unknown = sum(self.idf[word] for word, count in held.items() if not count) / (sum(self.idf.values()) or 1.0)

    def cover(self, text: str, context: str = "") -> float:
        """The share of the question that the text holds; words of the context count for less."""
        own, around = folded_syllables(text), folded_syllables(context)
        return (self._held(own) + _CONTEXT_SHARE * max(0.0, self._held(own + around) - self._held(own))) / self.total

    def words_cover(self, text: str) -> float:
        """The share of the question's single syllables that the text holds; paraphrases keep words but not their order."""
        held = set(folded_syllables(text))
        return sum(weight for word, weight in self.idf.items() if word in held) / (sum(self.idf.values()) or 1.0)

    def said(self, text: str) -> set[str]:
        """The syllables of the question that the text holds with the accents of the question, folded; "mái" says nothing of "mai"."""
        own = self.words_in(text)
        printed = frozenset(syllables(text))
        doubtful = self._tones.keys() & own if not self._typed <= printed else set()
        tones = {tones_apart(syllable) for syllable in printed if fold(syllable) in doubtful} if doubtful else set()
        return own - {word for word in doubtful if not self._tones[word] & tones and word in {fold(syllable) for syllable in printed}}

    @cached_property
    def _tones(self) -> Mapping[str, set[str]]:
        """The syllables typed, folded → with their tones apart."""
        tones: dict[str, set[str]] = defaultdict(set)
        for syllable in self._typed:
            tones[fold(syllable)].add(tones_apart(syllable))
        return tones

    def words_in(self, text: str) -> set[str]:
        """The syllables of the question that the text holds, folded."""
        return self.idf.keys() & folded_syllables(text)

    def _held(self, words: Sequence[str]) -> float:
        single, pairs = set(words), set(itertools.pairwise(words))
        return sum(weight for word, weight in self.idf.items() if word in single) + sum(weight for pair, weight in self.pairs.items() if pair in pairs)


def _function_words(text: str) -> frozenset[str]:
    """The question's own function words, folded; a syllable that is also typed as a content word stays one."""
    typed = syllables(text)
    content = {fold(word) for word in typed if word not in _FUNCTION_WORDS}
    return frozenset(folded for word in typed if word in _FUNCTION_WORDS for folded in folded_syllables(word) if folded not in content)
