"""Whether a word is built as a Vietnamese syllable is: an onset, a rhyme, and a tone that the rhyme can carry.

No dictionary: about 160 rhymes and two dozen onsets make every syllable of the language, and a text in the wrong encoding hardly any.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
a ai am an ang anh ao au ay ac ach ap at ăm ăn ăng ăc ăp ăt âm ân âng âu ây âc âp ât
e em en eng eo ec ep et ê êm ên ênh êu êch êp êt i ia im in inh iu ich ip it iêm iên iêng iêu iêc iêp iêt
o oi om on ong oong oc ooc op ot oa oai oam oan oang oanh oao oay oac oach oap oat oăm oăn oăng oăc oăt oe oen oeo oet
ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt u ua ui um un ung uc up ut uôi uôm uôn uông uôc uôt
uê uênh uêch uơ uy uya uyên uyn uynh uyu uych uyêt uyp uyt uân uâng uây uât
ư ưa ưi ưng ưu ưc ưt ươi ươm ươn ương ươu ươc ươp ươt y yêm yên yêng yêu yêt yn ynh ych yt
"""


def _any_of(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_SYLLABLE = re.compile(f"(?:{_any_of(_ONSETS)})?({_any_of(_RHYMES)})")
_TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
_STOPS = ("c", "ch", "p", "t")  # a rhyme that ends so has the acute or the dot
_WORD = re.compile(r"[^\s!-@\[-`{-~\u00a0“”‘’…–—•]+")


@lru_cache(maxsize=10_000)  # more words than a plan has
def is_syllable(word: str) -> bool:
    """Whether a composed word in any case is a well-formed Vietnamese syllable: "Nghiêng", not "ngµy", "tãch" or "têt"."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [_TONES[letter] for letter in letters if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if len(tones) > 1 or not (match := _SYLLABLE.fullmatch(bare)):
        return False
    return not match.group(1).endswith(_STOPS) or tones in (["acute"], ["dot"])


def accented_words(text: str) -> list[str]:
    """The words that have a sign beyond ASCII: those that an encoding can spoil."""
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]


def syllable_share(text: str) -> float:
    """The share of the accented words that are syllables, 0..1; 0 when there is none."""
    words = accented_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
