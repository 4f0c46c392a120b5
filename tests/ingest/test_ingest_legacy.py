"""Old Vietnamese encodings: their tables letter by letter, and the guess that finds them in a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from prerequisites import ROOT

from ingest.readers.legacy import decode_bytes, decode_font, decode_tcvn3, decode_vni, recode
from ingest.readers.syllables import is_syllable, syllable_share
from ingest.readers.text import read_text
from xhht_qa.errors import ReadError

SAMPLES = sorted((ROOT / "ingest" / "plans").glob("*.txt"))
TONES = "\u0300\u0301\u0303\u0309\u0323"

FONTS = [
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnTime", "Cộng hòa xã hội chủ nghĩa Việt Nam", "the state's name"),
    ("CéNG HßA X· HéI", ".VnTimeH", "CỘNG HÒA XÃ HỘI", "a capital font draws small letters as capitals"),
    ("ñ", ".VnArial NarrowH", "Ủ", "its name may have several words"),
    ("n\u00adíc m¹nh, d©n giµu", ".VnTime", "nước mạnh, dân giàu", "the soft hyphen is a letter"),
    ("th\u2212 sè 2\u22121", ".VnTime", "thư số 2\u22121", "a minus beside a letter is that letter, between figures a minus"),
    ("®¼ng, s½n, kú, tþ", ".VnTime", "đẳng, sẵn, kỳ, tỵ", "rare letters"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI-Times", "Cộng hòa xã hội chủ nghĩa Việt Nam", "the state's name"),
    ("bình ñaúng, BÌNH ÑAÚNG, Aú", "VNI-Times", "bình đẳng, BÌNH ĐẲNG, Ẳ", "the breve with the hook"),
    ("tî, TÎ", "VNI-Times", "tỵ, TỴ", "y with the dot is one sign"),
    ("UÛy ban, Uûy ban", "VNI-Helve", "Ủy ban, Ủy ban", "a capital with either sign"),
    ("ngöôøi ñöôïc hoûi", "ABCDEF+VNI-Times", "người được hỏi", "the name of an embedded font"),
    ("già", "Times New Roman", "già", "any other font"),
]


@pytest.mark.parametrize(("text", "font", "expected", "why"), FONTS)
def test_a_run_by_its_font(text: str, font: str, expected: str, why: str) -> None:
    assert decode_font(text, font) == expected, why


SYLLABLES = [
    ("nghiêng", True), ("Quyết", True), ("giường", True), ("khuỷu", True), ("ĐẲNG", True), ("ừ", True), ("gì", True), ("quỳnh", True),
    ("ngµy", False), ("tãch", False), ("têt", False), ("KHUBND", False), ("đđ", False), ("ngöôøi", False), ("càc", False), ("thủý", False),
]  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), SYLLABLES)
def test_the_shape_of_a_syllable(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def tcvn3(text: str) -> bytes:
    """As typed without capital fonts: an accented capital becomes its small letter."""
    table = {decode_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0xFF)}
    return "".join(letter if letter.isascii() else table.get(letter) or table.get(letter.lower(), letter) for letter in text).encode("cp1252", "replace")


def vni(text: str) -> bytes:
    signs = "ùøûõïâáàåãäêéèúüë"
    small = {decode_vni(vowel + sign): vowel + sign for vowel in "aeouyôö" for sign in signs if len(decode_vni(vowel + sign)) == 1}
    small |= {decode_vni(letter): letter for letter in "ñôöæóòî"}
    table = {**small, **{letter.upper(): sequence.upper() for letter, sequence in small.items()}}
    return "".join(table.get(letter, letter) for letter in text).encode("cp1252", "replace")


def cp1258(text: str) -> bytes:
    """Each letter without its tone, and then the tone."""
    parts = [unicodedata.normalize("NFD", letter) for letter in text]
    shapes = [unicodedata.normalize("NFC", "".join(sign for sign in part if sign not in TONES)) for part in parts]
    tones = ["".join(sign for sign in part if sign in TONES) for part in parts]
    return "".join(shape + tone for shape, tone in zip(shapes, tones, strict=True)).encode("cp1258", "replace")


ENCODERS = [
    (tcvn3, "TCVN3", 0.001),  # capitals inside a sentence cannot be told from small letters
    (vni, "VNI", 0.0),
    (cp1258, "cp1258", 0.0),
    (lambda text: text.encode("utf-16-le"), "utf-16-le", 0.0),
    (lambda text: text.encode("utf-16-be"), "utf-16-be", 0.0),
    (lambda text: tcvn3(text).decode("cp1252").encode(), "TCVN3", 0.001),
    (lambda text: vni(text).decode("cp1252").encode(), "VNI", 0.0),
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("encode", "name", "most_wrong"), ENCODERS)
def test_a_plan_in_an_old_encoding_is_read_and_reported(path: Path, encode: Callable[[str], bytes], name: str, most_wrong: float) -> None:
    original = "".join(letter for letter in unicodedata.normalize("NFC", path.read_text(encoding="utf-8")) if letter not in "✓→≥≤")
    data = encode(original)
    decoded = decode_bytes(data)
    assert decoded is not None
    text, recoded = recode(decoded[0])
    text = unicodedata.normalize("NFC", text)
    assert len(text) == len(original)
    assert sum(is_ != was for is_, was in zip(text, original, strict=True)) <= most_wrong * len(original)
    assert [warning.split(",")[0] for warning in (*decoded[1], *recoded)] == [f"the text was read as {name}"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_plan_in_unicode_is_left_as_it_is(path: Path) -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, path.read_text(encoding="utf-8"))  # type: ignore[arg-type]
        assert syllable_share(text) > 0.98
        assert recode(text) == (text, ())
        assert decode_bytes(text.encode()) == (text, ())


HEADINGS = [
    ("I. Tæ CHøC THùC HIÖN\nPh©n c«ng nhiÖm vô cho c¸c ®¬n vÞ", "I. TỔ CHỨC THỰC HIỆN", "short words among capitals are capitals"),
    ("X· HéI HãA\nPh©n c«ng nhiÖm vô cho c¸c ®¬n vÞ", "XÃ HỘI HÓA", "also at the head of the line"),
    ("Së Y TÕ\nPh©n c«ng nhiÖm vô cho c¸c ®¬n vÞ", "SỞ Y TẾ", "a line of words that all begin with a capital"),
    ("C¸c phßng cña UBND ë huyÖn\nPh©n c«ng nhiÖm vô", "Các phòng của UBND ở huyện", "a word behind an abbreviation is not"),
    ("Tê tr×nh vÒ viÖc häc tËp suèt ®êi", "Tờ trình về việc học tập suốt đời", "a capital and a small accented letter"),
]


@pytest.mark.parametrize(("text", "first_line", "why"), HEADINGS)
def test_capitals_that_only_the_font_knew(text: str, first_line: str, why: str) -> None:
    decoded, warnings = recode(text)
    assert decoded.split("\n")[0] == first_line, why
    assert len(warnings) == 1


UNREADABLE = [
    (bytes(range(128, 256)) * 20, "bytes of no encoding"),
    ("été à la mer, où l'été".encode("latin-1") * 9, "another language in an unmarked encoding"),
]


@pytest.mark.parametrize(("data", "why"), UNREADABLE)
def test_bytes_that_no_encoding_fits_are_refused(data: bytes, why: str) -> None:
    assert decode_bytes(data) is None, why
    with pytest.raises(ReadError, match=r"^p\.txt: .*UTF-8"):
        read_text(Path("p.txt"), data)
