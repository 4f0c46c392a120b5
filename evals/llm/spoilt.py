"""How a sentence is spoilt: small functions of it, the same for the same sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from xhht_qa.text.agencies import agencies_in

Change = Callable[[str], str]

_DAY = re.compile(r"(?<![\d/])(\d{1,2})(\s?/\s?)(\d{1,2})(?![\d])|(?<=ngày )(\d{1,2})( tháng )(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_WHOLE = re.compile(r"(?<![\w/.,-])(\d+)(?![\w/-]|[.,]\d)")
_DATE = re.compile(r"\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?\d{4})?|ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?")
_TITLES = ("Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc", "Phó Trưởng phòng", "Trưởng phòng", "Bí thư", "Chánh Văn phòng")
_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def more(amount: int) -> Change:
    """Every number that is no date made larger."""
    return lambda sentence: _WHOLE.sub(lambda found: found[1] if _YEAR.fullmatch(found[1]) else f"{int(found[1]) + amount:0{len(found[1])}d}", sentence)


def shifted(days: int, months: int = 0) -> Change:
    """Every day of the calendar moved."""

    def shift(found: re.Match[str]) -> str:
        day, sign, month = (group for group in found.groups() if group is not None)
        return f"{(int(day) - 1 + days) % 28 + 1}{sign}{(int(month) - 1 + months) % 12 + 1}"

    return lambda sentence: _DAY.sub(shift, sentence)


def another_year(sentence: str) -> str:
    """Every year one later."""
    return _YEAR.sub(lambda found: str(int(found[1]) + 1), sentence)


def year_added(sentence: str) -> str:
    """A year where the plan prints none."""
    return re.sub(r"(\d{1,2}/\d{1,2})(?![\d/])", r"\1/2031", sentence)


def dates_exchanged(sentence: str) -> str:
    """The dates of one sentence in each other's places."""
    dates = _DATE.findall(sentence)
    turned = iter(dates[1:] + dates[:1])
    return _DATE.sub(lambda _: next(turned), sentence)


def numbers_exchanged(sentence: str) -> str:
    """The numbers of one sentence in each other's places."""
    numbers = _WHOLE.findall(sentence)
    turned = iter(numbers[1:] + numbers[:1])
    return _WHOLE.sub(lambda _: next(turned), sentence)


def agencies_exchanged(sentence: str) -> str:
    """The agencies of one sentence in each other's places: who sends becomes who receives."""
    first, *others = dict.fromkeys(agencies_in(sentence)) or [""]
    second = next((other for other in others if other not in first and first not in other), "")
    if not second:
        return sentence
    return sentence.replace(first, "\0").replace(second, first).replace("\0", second)


def agency_invented(sentence: str) -> str:
    """An agency that no plan names."""
    named = agencies_in(sentence)
    return sentence.replace(named[0], "Sở Ngoại giao tỉnh Phong Lâm") if named else f"Sở Ngoại giao tỉnh Phong Lâm chủ trì: {sentence}"


def titles_exchanged(sentence: str) -> str:
    """The chair for the deputy, the deputy for the chair, and so on down."""
    pairs = dict(zip(_TITLES, (*_TITLES[1:], _TITLES[0]), strict=True))
    return re.sub("|".join(_TITLES), lambda found: pairs[found.group()], sentence)


def negated(sentence: str) -> str:
    """What is to be done is not to be done."""
    turned, count = re.subn(r"(?<!\w)(phải|được|có|do|thực hiện|gửi|báo cáo|tổ chức|hoàn thành|chủ trì)(?!\w)", r"không \1", sentence, count=1)
    return turned if count else f"Không {sentence[:1].lower()}{sentence[1:]}"


def negation_dropped(sentence: str) -> str:
    """What is not to be done is to be done."""
    return re.sub(r"(?<!\w)(?:không|chưa) ", "", sentence)


def may_for_must(sentence: str) -> str:
    """Duties become rights, rights duties."""
    return re.sub(r"(?<!\w)(phải|được)(?!\w)", lambda found: "được" if found.group() == "phải" else "phải", sentence)


def must_added(sentence: str) -> str:
    """What is encouraged or told becomes a duty under threat."""
    return f"Bắt buộc phải {sentence[:1].lower()}{sentence[1:]}, nếu không sẽ bị kỷ luật"


def half_true(sentence: str) -> str:
    """True to the comma, invented behind it."""
    return f"{sentence}, đồng thời phải nộp phạt 5 triệu đồng cho Kho bạc Nhà nước nếu quá 7 ngày"


def half_true_without_values(sentence: str) -> str:
    """True to the comma; what is invented has no value that could be checked."""
    return f"{sentence}, và người chậm trễ bị trừ thi đua cả năm"


def exception_added(sentence: str) -> str:
    """An exception that nobody made."""
    return f"{sentence}, trừ các đơn vị vùng cao được miễn"


def quantity_turned(sentence: str) -> str:
    """At least becomes at most, before becomes after, every becomes some."""
    pairs = {"tối thiểu": "tối đa", "tối đa": "tối thiểu", "ít nhất": "nhiều nhất", "trước": "sau", "trên": "dưới", "tăng": "giảm", "giảm": "tăng"}
    pairs |= {"tất cả": "một số", "toàn bộ": "một phần", "hằng năm": "hằng tháng", "hằng tháng": "hằng năm", "hằng quý": "hằng năm"}
    return re.sub(rf"(?<!\w)(?:{'|'.join(pairs)})(?!\w)", lambda found: pairs[found.group()], sentence)


def unit_turned(sentence: str) -> str:
    """The number stays, what it counts does not."""
    pairs = {
        "ngày làm việc": "tuần",
        "triệu": "tỷ",
        "tỷ": "triệu",
        "nghìn": "triệu",
        "%": " lần",
        "người": "hộ",
        "hộ": "người",
        "lần": "tháng",
        "lớp": "trường",
    }
    return re.sub(r"(?<=\d)(\s?)(" + "|".join(pairs) + r")(?!\w)", lambda found: found[1] + pairs[found[2]], sentence)


def invented_section(sentence: str) -> str:
    """A section that the plan does not have."""
    return f"Tại khoản 9.7 mục 12 phần XIX của kế hoạch, {sentence}"


def another_plan(sentence: str) -> str:
    """A plan that nobody has."""
    return f"Theo Kế hoạch số 999/KH-UBND của UBND tỉnh Phong Lâm, {sentence}"


def legal_basis_invented(sentence: str) -> str:
    """A law that was never cited."""
    return f"Căn cứ Nghị định số 123/2031/NĐ-CP của Chính phủ, {sentence}"


def hidden_in_numbers(sentence: str) -> str:
    """Other numbers, with zero-width characters between their digits so that no pattern sees them."""
    return re.sub(r"\d+", lambda found: "\u200b".join(str(int(found.group()) + 1)), sentence)


def full_width(sentence: str) -> str:
    """Other numbers, in the wide digits of East Asian print."""
    return re.sub(r"\d+", lambda found: "".join(chr(0xFF10 + int(digit)) for digit in str(int(found.group()) + 1)), sentence)


def other_digits(sentence: str) -> str:
    """Other numbers, in superscript and circled digits."""
    return re.sub(r"\d", lambda found: "⁰¹²³⁴⁵⁶⁷⁸⁹"[(int(found.group()) + 1) % 10], sentence)


def roman(sentence: str) -> str:
    """Other numbers, in Roman numerals."""
    return _WHOLE.sub(lambda found: _roman(int(found[1]) + 1) if int(found[1]) < 40 else found[1], shifted(1)(sentence))


def _roman(number: int) -> str:
    return (
        "".join(sign * (number // value % most) for sign, value, most in (("X", 10, 5),))
        + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
    )


def in_words(sentence: str) -> str:
    """Other numbers, in words."""

    def spelt(number: int) -> str:
        tens, ones = divmod(number, 10)
        head = "" if not tens else "mười" if tens == 1 else f"{_WORDS[tens]} mươi"
        tail = "" if not ones and tens else "lăm" if ones == 5 and tens else _WORDS[ones]
        return f"{head} {tail}".strip()

    return _WHOLE.sub(lambda found: spelt(int(found[1]) + 1) if int(found[1]) < 98 else found[1], shifted(1)(sentence))


def split_numbers(sentence: str) -> str:
    """Other numbers, with blanks and signs of markdown between their digits."""
    return re.sub(r"\d{2,}", lambda found: " ".join(str(int(found.group()) + 1)), more(1)(sentence)).replace("/", "**/**")


def lookalikes(sentence: str) -> str:
    """Agencies in letters of another script that look the same, the dates moved."""
    return shifted(1)(sentence).translate(str.maketrans("aeopcxSPCBTH", "аеорсхЅРСВТН"))


def quotation_invented(sentence: str) -> str:
    """Words in quotation marks that nobody printed."""
    return f"{sentence}, kế hoạch ghi rõ: “mọi trường hợp chậm trễ đều bị xử lý nghiêm”"


def half_english(sentence: str) -> str:
    """One half of each sentence in another language."""
    return f"{sentence}, which means that the agency is not required to report"


def wrapped(before: str, after: str) -> Change:
    """The sentence inside something else."""
    return lambda sentence: f"{before}{sentence}{after}"
