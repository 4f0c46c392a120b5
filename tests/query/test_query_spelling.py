"""Diacritics put back and abbreviations spelt out, over texts small enough to foresee the result."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter

import pytest

from xhht_qa.lexicon.capitals import names_in_capitals
from xhht_qa.lexicon.phrases import phrases_by_initials, word_pairs
from xhht_qa.lexicon.spelling import syllable_counts, syllable_pairs
from xhht_qa.query import Understander
from xhht_qa.query.abbreviations import Abbreviations
from xhht_qa.query.names import NameCapitals
from xhht_qa.query.numerals import apart, in_figures
from xhht_qa.query.restore import DiacriticRestorer
from xhht_qa.query.tone_marks import in_place
from xhht_qa.text.slips import one_slip
from xhht_qa.text.synonyms import as_printed

COUNTED = dict.fromkeys(
    [
        "Hạn nộp báo cáo năm là ngày 05 tháng 12. Hạn nộp hồ sơ là ngày 15.",
        "Sở Tài chính gửi báo cáo năm. Sở Tài chính thẩm định dự toán.",
        "Thợ hàn gắn lại mái che. Khoảng sân nằm bên bờ ao.",
    ],
    1,
)
RESTORED = [
    ("han nop bao cao nam", "hạn nộp báo cáo năm", "nothing typed with accents"),
    ("tho han gan mai che", "thợ hàn gắn mái che", "neighbours choose among the spellings of one syllable"),
    ("báo cao nam", "báo cáo năm", "some accents typed, the others put back"),
    ("báo cáo nằm", "báo cáo nằm", "typed accents win over the commoner word"),
    ("thẻ bảo hiểm", "thẻ bảo hiểm", "accented words that the plans never print stay as typed"),
    ("So Tai chinh", "Sở Tài chính", "capitals stay"),
    ("BAO CAO NAM", "BÁO CÁO NĂM", "all capitals stay"),
    ("han nop: 15/6, 05%?", "hạn nộp: 15/6, 05%?", "figures and punctuation stay"),
    ("wifi xyzk", "wifi xyzk", "unknown words stay"),
    ("nguoi dai dien phap luat", "người đại diện pháp luật", "words of the language that no plan prints"),
    ("hạn nôp báo cáo", "hạn nộp báo cáo", "a syllable with the wrong accent is no word"),
    ("ngày 05 thág 12", "ngày 05 tháng 12", "a letter left out"),
    ("thẩm địnnh dự toán", "thẩm định dự toán", "a letter twice"),
    ("ho sơ", "hồ sơ", "half of the accents"),
    (unicodedata.normalize("NFD", "báo cáo năm"), "báo cáo năm", "decomposed letters are letters"),
    ("", "", "nothing"),
    ("12/2025", "12/2025", "no word at all"),
]
SPOKEN = [
    ("hiến 350ml", "hiến 350 ml", "a unit that sticks to its figure"),
    ("dài 12,5km", "dài 12,5 km", "behind a comma"),
    ("mấy tiếng", "mấy giờ", "spoken hours"),
    ("bao nhiêu một ký?", "bao nhiêu một kg?", "spoken kilograms"),
    ("ai ký", "ai ký", "a signature is no weight"),
    ("bằng hai thứ tiếng", "bằng hai thứ tiếng", "a language is no hour"),
    ("tiếng Anh", "tiếng Anh", "a language is no hour"),
]
SLIPS = [
    ("suoi mai", "suoi may", True, "another letter"),
    ("so may", "so", False, "a word too many"),
    ("abdc", "abcd", True, "two neighbours exchanged"),
    ("suoi my", "suoi may", True, "a letter left out"),
    ("same", "same", False, "no slip"),
    ("", "ab", False, "nothing typed"),
]
OFFICE = [
    ("KH năm nay", "kế hoạch năm nay", "an abbreviation of every office"),
    ("KP lấy ở đâu", "kinh phí lấy ở đâu", "another one"),
    ("GP5 là gì", "giải pháp 5 là gì", "a figure that sticks to it is its ordinal"),
    ("Sở GD&ĐT", "Sở giáo dục và đào tạo", "joined by an ampersand"),
    ("HTX giao ai", "hợp tác xã giao ai", "mined: the plans print the phrase again and again"),
    ("OTX giao ai", "OTX giao ai", "a phrase that begins with a preposition is no name"),
    ("TMX giao ai", "TMX giao ai", "printed once, a phrase is no name"),
    ("QZX giao ai", "QZX giao ai", "capitals that stand for nothing known"),
    ("kế hoạch 45/KH-UBND", "kế hoạch 45/KH-UBND", "the number of a document is no abbreviation"),
    ("kh nay", "kế hoạch nay", "small letters without a vowel are an abbreviation"),
    ("ko bit hạn trc ngày bn", "không biết hạn trước ngày bao nhiêu", "as people chat"),
    ("htx giao ai", "hợp tác xã giao ai", "small letters that are no syllable"),
    ("hộ kd giao ai", "hộ kinh doanh giao ai", "small letters that are no syllable"),
    ("kh đồng sậy số mấy", "kế hoạch đồng sậy số mấy", "where a plan is named at the head"),
    ("phòng TCKH", "phòng kế hoạch tài chính", "its neighbours say which way round the plans print it"),
    ("KP CỦA KH", "KP CỦA KH", "in a question typed in capitals nothing can be told apart"),
]


@pytest.mark.parametrize(("typed", "expected", "why"), RESTORED)
def test_diacritics_are_restored(typed: str, expected: str, why: str) -> None:
    assert DiacriticRestorer(syllable_counts(COUNTED), syllable_pairs(COUNTED)).restore(typed) == expected, why


@pytest.mark.parametrize(("typed", "expected", "why"), OFFICE)
def test_abbreviations_are_spelt_out(typed: str, expected: str, why: str) -> None:
    texts = Counter(
        [
            "Mỗi hợp tác xã cử một người.",
            "Tổ hợp tác xã hội hóa.",
            "Tuần mở xưởng.",
            "Hợp tác xã Hoa Mai, hợp tác xã Hoa Sen; xã viên hợp tác xã.",
            *["Ở tổ xa."] * 3,
            *["Phòng Kế hoạch - Tài chính lo việc ấy."] * 3,
        ]
    )
    mined = Abbreviations(phrases_by_initials(texts), word_pairs(texts))
    assert mined.expand(typed) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("so giao duc va dao tao gui bao cao", "Sở Giáo dục và Đào tạo gửi báo cáo", "words of the plans"),
        ("thi dua khen thuong", "thi đua khen thưởng", "words of the plans"),
        ("nop truoc ngay nao", "nộp trước ngày nào", "words that only questions use"),
        ("kinh phi la bao nhieu", "kinh phí là bao nhiêu", "both together"),
        ("KP năm 2025 la bao nhieu", "kinh phí năm 2025 là bao nhiêu", "abbreviation and accents at once"),
        ("Công nghệ số cộng đồng", "Công nghệ số cộng đồng", "a fully typed phrase is left alone"),
        ("mua lu thi lam gi", "mưa lũ thì làm gì", "function words are restored too"),
        ("ai ki ke hoach", "ai ký kế hoạch", "i typed for y"),
        ("ke hoach nao do pho chu tich ky", "kế hoạch nào do phó chủ tịch ký", "who signs, and no “nào đó”"),
        ("tinh giao ai", "tỉnh giao ai", "a word that is right without accents"),
        ("tu trung tam len tinh", "từ trung tâm lên tỉnh", "“tử vong. Trung tâm”: on either side of a stop words are no neighbours"),
        ("so may", "số mấy", "a number, no agency"),
        ("ke hoach nay so may", "kế hoạch này số mấy", "a number, no agency"),
        ("ho con lam gi", "họ còn làm gì", "a pronoun"),
        ("ti le dat bao nhieu", "tỉ lệ đạt bao nhiêu", "a verb of targets"),
        ("muc vi.2 noi gi", "mục VI.2 nói gì", "a Roman numeral, no “vì”"),
        ("kế hạch của Khê Mộc", "kế hoạch của Khê Mộc", "a slip that gave a word of the dictionary"),
        ("kế hoạch noà có tiền", "kế hoạch nào có tiền", "two letters exchanged"),
        ("đung không", "đúng không", "a tone left out"),
        ("mua vé của hãng", "mua vé của hãng", "words that the plans never print"),
        ("Trẻ không đến trường", "Trẻ không đến trường", "a word with its accents is no slip in “trễ”"),
        ("Sở Nội vụ H. Khê Mộc", "Sở Nội vụ huyện Khê Mộc", "a level by its letter"),
        ("P. Nội vụ CT, ai PH với huyện?", "Phòng Nội vụ chủ trì, ai phối hợp với huyện?", "initials read by their neighbours"),
        ("theo TTr số mấy", "theo tờ trình số mấy", "no inspectorate has a number"),
        ("so dt truc la gi", "số điện thoại trực là gì", "with the word before it a phrase of the office"),
        ("Số ĐT trực là gì?", "Số điện thoại trực là gì?", "the same in capitals"),
        ("hội ND xã làm gì", "Hội Nông dân xã làm gì", "with “hội” before it no “nội dung”"),
        ("ND chi gồm gì", "nội dung chi gồm gì", "without it no “nông dân”"),
        ("Đoàn TN chủ trì việc gì?", "Đoàn Thanh niên chủ trì việc gì?", "no “trước ngày”: a preposition opens no name"),
        ("KH năm nay ai ký?", "kế hoạch năm nay ai ký?", "a plan where nothing says otherwise"),
        ("CV số mấy", "công văn số mấy", "the commonest reading of an office"),
        ("căn cứ CT số mấy", "căn cứ chỉ thị số mấy", "what bears a number, though a programme is spoken of more often"),
        ("ct so 5", "chỉ thị số 5", "the same in small letters"),
        ("theo KL số mấy", "theo kết luận số mấy", "the conclusions of a party body"),
        ("hs nghèo được gì", "học sinh nghèo được gì", "pupils, no papers"),
        ("hs gồm những gì", "hồ sơ gồm những gì", "papers"),
        ("sở kh&đt lam gi", "sở kế hoạch và đầu tư làm gì", "joined in small letters"),
        ("phát triển kt-xh", "phát triển kinh tế - xã hội", "joined in small letters"),
        ("Ai kiểm tra pccc?", "Ai kiểm tra phòng cháy chữa cháy?", "of every office"),
        ("đ/c nào ký", "đồng chí nào ký", "a comrade"),
        ("diem b khoan 2 muc 3 noi gi", "điểm b khoản 2 mục 3 nói gì", "a section, no measure"),
    ],
)
def test_a_question_over_the_sample_plans_is_spelt_out(understander: Understander, typed: str, expected: str, why: str) -> None:
    assert understander.spell_out(typed) == expected, why


@pytest.mark.parametrize("word", ["do", "aon", "xyz"], ids=["many spellings", "a slip that may be hundreds of words", "no word at all"])
def test_the_longest_question_is_read_in_no_time(word: str) -> None:
    restorer = DiacriticRestorer(syllable_counts(COUNTED), syllable_pairs(COUNTED))
    started = time.process_time()
    restorer.restore(" ".join([word] * 600))
    assert time.process_time() - started < 10.0, "minutes without a bound on the spellings that are weighed"


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("ngày mười hai tháng sáu", "ngày 12 tháng 6", "a date"),
        ("ngày hai mươi lăm tháng chạp", "ngày 25 tháng 12", "tens, and the last month by its name"),
        ("quý hai", "quý II", "plans print quarters in Roman numerals"),
        ("khoản năm điều hai", "khoản 5 điều 2", "sections"),
        ("sáu tháng đầu năm", "6 tháng đầu năm", "half a year"),
        ("mỗi quý một lần", "mỗi quý một lần", "how often is no number of a quarter"),
        ("mục năm 2025", "mục năm 2025", "“năm” before a figure is a year"),
        ("mười năm", "mười năm", "a span of time"),
        ("phần hai khoản ba", "phần 2 khoản 3", "a part"),
        ("hai phần ba số hộ", "hai phần ba số hộ", "a share"),
    ],
)
def test_numbers_are_put_in_figures(written: str, expected: str, why: str) -> None:
    assert in_figures(written) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("xã đá lam ở suối mây", "xã Đá Lam ở Suối Mây", "names that the plans print"),
        ("Xã đá lam", "Xã Đá Lam", "the capital at the beginning of a sentence says nothing"),
        ("Báo cáo của Xã đá lam", "Báo cáo của Xã đá lam", "whoever types capitals chooses them"),
        ("ubnd xã", "UBND xã", "initials of every office"),
        ("báo cáo quý", "báo cáo quý", "no name at all"),
    ],
)
def test_names_get_their_capitals(typed: str, expected: str, why: str) -> None:
    assert NameCapitals(names_in_capitals({"Xã Đá Lam nộp báo cáo.": 1, "UBND huyện Suối Mây giao xã Đá Lam.": 1})).capitalised(typed) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("khen thửơng", "khen thưởng", "the mark on the first vowel of a pair"),
        ("bìêt trứơc", "biềt trước", "every one of them, the tone as typed"),
        ("truớc", "trước", "before a further letter it is “ươ”"),
        ("thuở nào, của ai, hủy, quý", "thuở nào, của ai, hủy, quý", "what is right stays"),
        ("CHỨƠNG", "CHƯỚNG", "capitals"),
    ],
)
def test_tone_marks_stand_on_their_vowel(typed: str, expected: str, why: str) -> None:
    assert in_place(typed) == expected, why


@pytest.mark.parametrize(("typed", "expected", "why"), SPOKEN)
def test_what_is_spoken_is_written_as_plans_print_it(typed: str, expected: str, why: str) -> None:
    assert in_figures(apart(typed)) == expected, why


@pytest.mark.parametrize(("typed", "meant", "expected", "why"), SLIPS)
def test_one_slip_is_told_from_two(typed: str, meant: str, expected: bool, why: str) -> None:
    assert one_slip(typed, meant) is expected, why


@pytest.mark.parametrize(
    ("question", "scope", "why"),
    [
        ("huyen suoi mai nop bao cao nam khi nao", {"ubnd-huyen-suoimay-cds"}, "one slip in a place behind its level"),
        ("huyện Suối Mai nộp báo cáo năm khi nào", set(), "a name typed in capitals is what it is"),
        ("phải làm thế nào", set(), "common words near a short name"),
        ("suoi may xa nop bc cds nam trc ngay may", {"ubnd-huyen-suoimay-cds"}, "short forms, no accents"),
    ],
)
def test_places_with_a_slip_are_found(understander: Understander, question: str, scope: set[str], why: str) -> None:
    assert set(understander.understand(question).plans) == scope, why


def test_short_forms_say_nothing_of_the_accents_of_what_was_typed(understander: Understander) -> None:
    assert understander.spell_out("suoi may xa nop bc cds nam") == "Suối Mây xã nộp báo cáo chuyển đổi số năm"


@pytest.mark.parametrize(
    ("question", "printed", "expected", "why"),
    [
        ("tài xế cần gì", {"lái xe"}, "lái xe cần gì", "the plan's word"),
        ("tài xế cần gì", {"tài xế", "lái xe"}, "tài xế cần gì", "the plan prints the spoken word"),
        ("đi làm nước ngoài cần gì", {"đi làm", "nước ngoài", "đi làm việc ở nước ngoài"}, "đi làm việc ở nước ngoài cần gì", "the longest phrase first"),
        ("heo bệnh", set(), "heo bệnh", "neither is printed"),
        ("", set(), "", "nothing"),
    ],
)
def test_spoken_words_are_weighed_as_printed(question: str, printed: set[str], expected: str, why: str) -> None:
    assert " ".join(as_printed(question, lambda phrase: " ".join(phrase) in printed)) == expected, why
