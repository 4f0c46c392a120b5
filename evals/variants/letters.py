"""Vietnamese letters as older programs stored them: TCVN3 (.VnTime), VNI (VNI-Times) and cp1258."""

from __future__ import annotations

import unicodedata
from functools import cache

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT, _HAT, _BREVE = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306"
_TONES = _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT  # the order of TCVN 5712

_TCVN3_PLAIN = dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", range(0xA1, 0xAF), strict=True))
_TCVN3_TONED = {
    **{"a": "B5B6B7B8B9", "ă": "BBBCBDBEC6", "â": "C7C8C9CACB", "e": "CCCECFD0D1", "ê": "D2D3D4D5D6", "i": "D7D8DCDDDE"},
    **{"o": "DFE1E2E3E4", "ô": "E5E6E7E8E9", "ơ": "EAEBECEDEE", "u": "EFF1F2F3F4", "ư": "F5F6F7F8F9", "y": "FAFBFCFDFE"},
}

_VNI_WHOLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_VNI_TONES = {_GRAVE: "ø", _ACUTE: "ù", _TILDE: "õ", _HOOK: "û", _DOT: "ï"}
_VNI_HATS = {"": "â", _GRAVE: "à", _ACUTE: "á", _TILDE: "ã", _HOOK: "å", _DOT: "ä"}
_VNI_BREVES = {"": "ê", _GRAVE: "è", _ACUTE: "é", _TILDE: "ü", _HOOK: "ú", _DOT: "ë"}


def needs_capital_font(letter: str) -> bool:
    """Whether TCVN3 has this letter only in its capital fonts, whose names end in H: a capital with a tone."""
    return letter.isupper() and letter not in _tcvn3() and letter.lower() in _tcvn3()


def to_tcvn3(text: str) -> str:
    """The Western letters that a .Vn… font draws as ``text``; a capital with a tone becomes its small letter."""
    table = _tcvn3()
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """The Western letters that a VNI-… font draws as ``text``."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def to_cp1258(text: str) -> bytes:
    """Each letter without its tone, then the tone; what the page does not have becomes "?"."""
    split = "".join(shape + tone for shape, tone in map(_shape_and_tone, unicodedata.normalize("NFC", text)))
    return split.encode("cp1258", errors="replace")


@cache
def _tcvn3() -> dict[str, str]:
    toned = {
        unicodedata.normalize("NFC", vowel + tone): chr(code)
        for vowel, codes in _TCVN3_TONED.items()
        for tone, code in zip(_TONES, bytes.fromhex(codes), strict=True)
    }
    return toned | {letter: chr(code) for letter, code in _TCVN3_PLAIN.items()}


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        found = _VNI_WHOLE[small]
    else:
        shape, tone = _shape_and_tone(small)
        signs = unicodedata.normalize("NFD", shape)
        base, mark = signs[0], signs[1:]
        if mark == _HAT:
            found = base + _VNI_HATS[tone]
        elif mark == _BREVE:
            found = base + _VNI_BREVES[tone]
        else:
            found = _VNI_WHOLE.get(shape, shape) + _VNI_TONES.get(tone, "")
    return found.upper() if letter != small else found


def _shape_and_tone(letter: str) -> tuple[str, str]:
    """ "ậ" → "â" and the dot below."""
    signs = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONES)), "".join(sign for sign in signs if sign in _TONES)
