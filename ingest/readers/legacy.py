"""Vietnamese text from before Unicode: TCVN3 (.VnTime), VNI (VNI-Times) and cp1258, and a guess at which of them a file is in.

TCVN3 and VNI are encodings of fonts: the file says Western letters and the font draws Vietnamese ones. A guess compares how many
words each reading turns into well-formed syllables.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata

from ingest.readers.syllables import accented_words, syllable_share

# TCVN 5712:1993, third table, from 0xA1 on; a dot is a place that no letter has.
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {code: letter for code, letter in enumerate(_TCVN3_LETTERS, start=0xA1) if letter != "."}
# A page printed to PDF has a minus for the soft hyphen and a bullet for the middle dot; beside a letter they are letters.
_PRINTED = re.compile(r"(?<=[^\W\d])[\u2212\u2219]|[\u2212\u2219](?=[^\W\d])")

# VNI writes a vowel and then the sign of its tone, or of its hat or breve with the tone.
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT, _HAT, _BREVE = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306"
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT}
_VNI_HATS = {"â": "", "à": _GRAVE, "á": _ACUTE, "ã": _TILDE, "å": _HOOK, "ä": _DOT}
_VNI_BREVES = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ü": _TILDE, "ú": _HOOK, "ë": _DOT}

_FONT = re.compile(r"(?:[A-Z]{6}\+)?\s*(?:(\.vn)|(vni[- ]))", re.IGNORECASE)
_SURE_SHARE = 0.9  # a text of plans in its own encoding has .95 and more; in a wrong one .5 and less
_FEW_DAMAGED = 0.001  # of the letters of a file
_FEW_WORDS = 3  # fewer accented words than this tell no encoding

# TCVN3 has no capitals with a tone.
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂÊÔƠƯĐ"
_CAPITAL_WORD = f"[{_CAPITALS}{''.join(letter for letter in _TCVN3_LETTERS[7:] if letter != '.')}]+(?![a-z])"
_CAPITAL_RUN = re.compile(rf"(?<!\w){_CAPITAL_WORD}(?:[^\w\n]+{_CAPITAL_WORD})*(?!\w)")

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode_tcvn3(text: str, capital_font: bool = False) -> str:
    """The text of a run in a .Vn… font; ``capital_font``: its name ends in H, which draws every letter as a capital."""
    decoded = _PRINTED.sub(lambda found: "ư" if found.group() == "\u2212" else "ã", text).translate(_TCVN3)
    return decoded.upper() if capital_font else decoded


def decode_vni(text: str) -> str:
    """The text of a run in a VNI-… font. Neighbouring runs must be joined first: a letter and its sign may stand in two."""
    return _VNI_SEQUENCE.sub(lambda found: _VNI[found.group()], text)


def decode_font(text: str, font: str) -> str:
    """The text of a run by the name of its font; unchanged when the font is none of the old ones."""
    found = _FONT.match(font)
    if not found:
        return text
    return decode_tcvn3(text, font.rstrip().upper().endswith("H")) if found.group(1) else decode_vni(text)


def decode_bytes(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]] | None:
    """The text of a file's bytes, with a warning when its encoding is a guess; None when no encoding makes Vietnamese of them.

    A byte order mark is believed first, then the encoding that the file declares, then UTF-8.
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "")
    known = _decoded(data, marked) or _decoded(data, declared) or _decoded(data, "utf-8")
    if known and "\x00" not in known:
        return known, ()
    codecs = ("utf-16-le", "utf-16-be") if b"\x00" in data else ("cp1258",)
    candidates = [(codec, data.decode(codec, errors="replace")) for codec in codecs]
    candidates += [(name, decode(data.decode("cp1252", errors="replace"))) for name, decode in _FONT_ENCODINGS]
    name, text = max(candidates, key=lambda candidate: syllable_share(candidate[1]))
    if _is_sure(text):
        return text, (_warning(name),)
    return (known, ()) if known else _nearly_utf8(data)


def _nearly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 in which a letter was cut in two here and there."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    return (text, (f"{lost} damaged letters could not be read",)) if lost <= len(text) * _FEW_DAMAGED else None


def recode(text: str) -> tuple[str, tuple[str, ...]]:
    """A text whose letters are those of an old font, decoded and with a warning; any other text as it is."""
    if syllable_share(text) >= _SURE_SHARE:
        return text, ()
    name, decoded = max(((name, decode(text)) for name, decode in _FONT_ENCODINGS), key=lambda candidate: syllable_share(candidate[1]))
    return (decoded, (_warning(name),)) if _is_sure(decoded) else (text, ())


def _decoded(data: bytes, codec: str) -> str | None:
    with contextlib.suppress(UnicodeDecodeError, LookupError):
        return data.decode(codec) if codec else None
    return None


def _is_sure(text: str) -> bool:
    return len(accented_words(text)) >= _FEW_WORDS and syllable_share(text) >= _SURE_SHARE


def _warning(encoding: str) -> str:
    return f"the text was read as {encoding}, a guess from its words; check it, or save the file as UTF-8 to be sure"


def _decode_tcvn3_text(text: str) -> str:
    """TCVN3 without its fonts, which drew accented small letters as capitals in a heading: "HéI" is HỘI, "X· HéI" is XÃ HỘI."""
    return _CAPITAL_RUN.sub(_capitals, decode_tcvn3(text))


def _capitals(run: re.Match[str]) -> str:
    """A run of words without a bare small letter is a heading when a word shows it: a capital behind an accented letter, or two such words.

    So is a line of nothing else whose words all begin with a capital: "Së Y TÕ" is SỞ Y TẾ, for in a sentence it ends in a small t.
    """
    words = re.findall(r"\w+", run.group())
    sure = [word for word in words if any(letter in _CAPITALS for letter in word[1:])]
    begins, ends = run.string.rfind("\n", 0, run.start()) + 1, run.string.find("\n", run.end())
    alone = not run.string[begins : run.start()].strip() and not run.string[run.end() : ends if ends >= 0 else None].strip()
    title = alone and len(words) > 1 and all(word[0] in _CAPITALS for word in words)
    heading = title or len(sure) > 1 or any(word != word.upper() for word in sure)
    return run.group().upper() if heading else run.group()


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for vowels, signs, shape in (("aeiouyôö", _VNI_TONES, ""), ("aeo", _VNI_HATS, _HAT), ("a", _VNI_BREVES, _BREVE)):
        table |= {vowel + sign: unicodedata.normalize("NFC", _VNI_SINGLE.get(vowel, vowel) + shape + tone) for vowel in vowels for sign, tone in signs.items()}
    for sequence, letter in list(table.items()):
        table |= {sequence.upper(): letter.upper(), sequence.capitalize(): letter.upper()}  # "AÙ", and "Aù" as it is often typed
    return table


_VNI = _vni_table()
_VNI_SEQUENCE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_FONT_ENCODINGS = (("TCVN3", _decode_tcvn3_text), ("VNI", decode_vni))
