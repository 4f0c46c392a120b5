"""Due expressions as plans print them; what the print leaves open stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xhht_qa.text.due import find_dues
from xhht_qa.types import Date, Due, DueRelation, DueUnit, Recurrence


def due(text: str, relation: DueRelation = "in", date: str = "", **parts: object) -> Due:
    """A due whose dates are written "d/m/y", "/m/y", "//y" or "q3/y"."""
    start = str(parts.pop("start", ""))
    return replace(Due(text, relation, _date(date), _date(start)), **parts)  # type: ignore[arg-type]


def _date(printed: str) -> Date | None:
    if not printed:
        return None
    if printed.startswith("q"):
        quarter, _, year = printed[1:].partition("/")
        return Date(int(year) if year else None, int(quarter))
    day, month, year = ([int(part) if part else None for part in printed.split("/")] + [None, None])[:3]
    return Date(year, None, month, day)


YEAR: Recurrence = "year"
WORKING: DueUnit = "working_day"
FOUND: list[tuple[str, list[Due], str]] = [
    ("trước ngày 15/6", [due("trước ngày 15/6", "before", "15/6")], "no year"),
    ("trước 15-6-2025.", [due("trước 15-6-2025", "before", "15/6/2025")], "dashes"),
    ("ngày 15.6", [due("ngày 15.6", date="15/6")], "dots behind “ngày”"),
    ("TRƯỚC NGÀY 15/6", [due("TRƯỚC NGÀY 15/6", "before", "15/6")], "capitals"),
    ("ngày 15 tháng 6 năm 2025", [due("ngày 15 tháng 6 năm 2025", date="15/6/2025")], "in words"),
    ("trước ngày mùng 5/3", [due("trước ngày mùng 5/3", "before", "5/3")], "the first ten days of a month"),
    ("tháng 12/2025", [due("tháng 12/2025", date="/12/2025")], "a month"),
    ("tháng 12 hằng năm", [due("tháng 12 hằng năm", date="/12", every=YEAR)], "a month of every year"),
    ("trong quý I/2026", [due("trong quý I/2026", date="q1/2026")], "a quarter"),
    ("quý III hằng năm", [due("quý III hằng năm", date="q3", every=YEAR)], "a quarter of every year"),
    ("trong quý", [due("trong quý", anchor="quý")], "no quarter is named"),
    ("6 tháng đầu năm", [due("6 tháng đầu năm", "during", "/6", start="/1")], "half a year"),
    ("sáu tháng cuối năm 2025", [due("sáu tháng cuối năm 2025", "during", "/12/2025", start="/7/2025")], "in words, with its year"),
    ("trong 9 tháng đầu năm", [due("trong 9 tháng đầu năm", "during", "/9", start="/1")], "another length"),
    ("13 tháng đầu năm", [due("đầu năm", anchor="đầu năm")], "no year has so many months"),
    ("năm 2026", [due("năm 2026", date="//2026")], "a year"),
    ("giai đoạn 2021-2030", [due("giai đoạn 2021-2030", "during", "//2030", start="//2021")], "years"),
    ("đến năm 2030", [due("đến năm 2030", "by", "//2030")], "at the latest"),
    ("từ nay đến hết năm 2025", [due("từ nay đến hết năm 2025", "by", "//2025")], "until the end"),
    ("hết năm 2025", [due("hết năm 2025", "by", "//2025")], "the end"),
    ("vào cuối năm", [due("vào cuối năm", anchor="cuối năm")], "of which year is not said"),
    ("cuối năm 2025", [due("cuối năm 2025", date="//2025", anchor="cuối năm")], "of a year"),
    ("tuần đầu tháng 6/2025", [due("tuần đầu tháng 6/2025", date="/6/2025", anchor="tuần đầu tháng")], "of a month"),
    ("đầu năm học", [due("đầu năm học", anchor="đầu năm học")], "a school year is no year"),
    ("năm học 2025 - 2026", [due("năm học 2025 - 2026", "during", "//2026", start="//2025")], "two years"),
    ("hằng năm", [due("hằng năm", every=YEAR)], "a recurrence alone"),
    ("hàng năm; mỗi năm", [due("hàng năm", every=YEAR), due("mỗi năm", every=YEAR)], "other words for it"),
    ("năm một lần", [due("năm một lần", every=YEAR, times=1)], "once a year"),
    ("02 lần/năm", [due("02 lần/năm", every=YEAR, times=2)], "twice a year"),
    ("mỗi tháng 02 lần", [due("mỗi tháng 02 lần", every="month", times=2)], "no February"),
    ("03 tháng một lần", [due("03 tháng một lần", every="quarter", times=1)], "every three months"),
    ("02 năm một lần", [due("02 năm một lần", times=1, amount=2, unit="year")], "a length without a name"),
    (
        "định kỳ hằng quý, 6 tháng và năm",
        [due("định kỳ hằng quý", every="quarter"), due("6 tháng", every="half"), due("năm", every=YEAR)],
        "three recurrences, “hằng” printed once",
    ),
    ("hằng tuần, hằng ngày", [due("hằng tuần", every="week"), due("hằng ngày", every="day")], "shorter ones"),
    ("ngày 25 hằng tháng", [due("ngày 25 hằng tháng", date="25", every="month")], "a day of every month"),
    (
        "trước ngày 25 của tháng cuối quý trước",
        [due("trước ngày 25 của tháng cuối quý trước", "before", "25", every="quarter", anchor="tháng cuối quý trước")],
        "a day of every quarter",
    ),
    ("trước ngày 05 tháng sau", [due("trước ngày 05 tháng sau", "before", "5", every="month", anchor="tháng sau")], "relative, so of every month"),
    ("trong tháng 01 năm sau", [due("trong tháng 01 năm sau", date="/1", anchor="năm sau")], "relative; whether every year is not said"),
    (
        "ngày làm việc cuối cùng của tháng",
        [due("ngày làm việc cuối cùng của tháng", every="month", last=WORKING)],
        "the last working day",
    ),
    ("ngày cuối cùng của tháng 6/2025", [due("ngày cuối cùng của tháng 6/2025", date="/6/2025", last="day")], "the last day of one month"),
    ("thứ Sáu hằng tuần", [due("thứ Sáu hằng tuần", every="week", weekday=5)], "a weekday"),
    ("trước 10 giờ thứ năm hằng tuần", [due("trước 10 giờ thứ năm hằng tuần", "before", every="week", weekday=4, time="10:00")], "Thursday at ten"),
    ("sáng thứ Bảy, ngày 12/4", [due("sáng thứ Bảy, ngày 12/4", date="12/4", weekday=6)], "a weekday and its date are one day"),
    (
        "trước ngày 15/6 và 15/12 hằng năm",
        [due("trước ngày 15/6", "before", "15/6", every=YEAR), due("15/12 hằng năm", "before", "15/12", every=YEAR)],
        "preposition and recurrence printed once for two",
    ),
    (
        "trước ngày 15/6 (kỳ một) và trước ngày 15/12 (kỳ hai) hằng năm",
        [due("trước ngày 15/6", "before", "15/6", every=YEAR), due("trước ngày 15/12 (kỳ hai) hằng năm", "before", "15/12", every=YEAR)],
        "words in brackets between them",
    ),
    (
        "trước ngày 15/6, 15/9 và 15/12/2025",
        [due("trước ngày 15/6", "before", "15/6/2025"), due("15/9", "before", "15/9/2025"), due("15/12/2025", "before", "15/12/2025")],
        "the year printed once for three",
    ),
    (
        "ngày 15 và 20/6",
        [due("ngày 15", date="15/6"), due("20/6", date="20/6")],
        "the month printed once for two",
    ),
    ("tháng 3, 6 và 9 hằng năm", [due("tháng 3", date="/3", every=YEAR), due("6", date="/6", every=YEAR), due("9 hằng năm", date="/9", every=YEAR)], "months"),
    ("trong tháng 6, 12 xã hoàn thành", [due("trong tháng 6", date="/6")], "twelve communes are no month"),
    ("quý I, III/2025", [due("quý I", date="q1/2025"), due("III/2025", date="q3/2025")], "quarters"),
    ("từ ngày 01/5 đến ngày 30/9/2026", [due("từ ngày 01/5 đến ngày 30/9/2026", "during", "30/9/2026", start="1/5/2026")], "from … to"),
    ("từ 01 đến 05/6", [due("từ 01 đến 05/6", "during", "5/6", start="1/6")], "the month printed once"),
    ("từ 01/5-30/6/2025", [due("từ 01/5-30/6/2025", "during", "30/6/2025", start="1/5/2025")], "a dash"),
    ("từ tháng 3 đến tháng 5/2026", [due("từ tháng 3 đến tháng 5/2026", "during", "/5/2026", start="/3/2026")], "months"),
    ("từ 15/11 đến hết ngày 15/3/2026", [due("từ 15/11 đến hết ngày 15/3/2026", "during", "15/3/2026", start="15/11/2025")], "over the turn of a year"),
    ("từ năm 2023 đến năm 2030", [due("từ năm 2023 đến năm 2030", "during", "//2030", start="//2023")], "years"),
    ("từ ngày 01 đến ngày 07/10 hằng năm", [due("từ ngày 01 đến ngày 07/10 hằng năm", "during", "7/10", start="1/10", every=YEAR)], "every year"),
    (
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở trả lời",
        [due("trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "within", amount=5, unit=WORKING, anchor="ngày nhận đủ hồ sơ")],
        "counted from an anchor, which ends at the comma",
    ),
    (
        "trong 05 (năm) ngày làm việc kể từ ngày 01/7/2025",
        [due("trong 05 (năm) ngày làm việc kể từ ngày 01/7/2025", "within", amount=5, unit=WORKING, anchor="ngày 01/7/2025")],
        "the anchor is a date, the number spelt beside its figures",
    ),
    ("trong thời hạn 10 ngày làm việc tiếp theo và", [due("trong thời hạn 10 ngày làm việc tiếp theo", "within", amount=10, unit=WORKING, anchor="tiếp theo")], "from the step before"),
    ("trong vòng 48 giờ", [due("trong vòng 48 giờ", "within", amount=48, unit="hour")], "no anchor"),
    ("chậm nhất sau 24 giờ kể từ khi có tin", [due("chậm nhất sau 24 giờ kể từ khi có tin", "within", amount=24, unit="hour", anchor="khi có tin")], "hours"),
    ("kể từ ngày hết hạn nộp 15 ngày", [due("kể từ ngày hết hạn nộp", "from", anchor="ngày hết hạn nộp")], "“hết hạn” is no limit of its own"),
    ("trước 10 ngày so với ngày mở lớp", [due("trước 10 ngày so với ngày mở lớp", "before", amount=10, unit="day", anchor="ngày mở lớp")], "before an anchor"),
    ("trước ngày khai mạc 15 ngày", [due("trước ngày khai mạc 15 ngày", "before", amount=15, unit="day", anchor="ngày khai mạc")], "the anchor first"),
    ("chậm nhất 05 ngày trước ngày họp", [due("chậm nhất 05 ngày trước ngày họp", "before", amount=5, unit="day", anchor="ngày họp")], "the amount first"),
    ("báo cáo 6 tháng trước ngày 10/6", [due("trước ngày 10/6", "before", "10/6")], "six months name the report"),
    ("trước 17 giờ 00 ngày 12/5", [due("trước 17 giờ 00 ngày 12/5", "before", "12/5", time="17:00")], "an hour of a day"),
    ("17h30 ngày 12/5/2025", [due("17h30 ngày 12/5/2025", date="12/5/2025", time="17:30")], "short"),
    ("trước 17 giờ hằng ngày", [due("trước 17 giờ hằng ngày", "before", every="day", time="17:00")], "an hour of every day"),
    ("thường xuyên", [due("thường xuyên", "during", every="always")], "all the time"),
    ("định kỳ hàng năm (trước 15/12)", [due("định kỳ hàng năm (trước 15/12)", "before", "15/12", every=YEAR)], "the day in brackets"),
    ("Hằng năm, trước ngày 15/12, các xã", [due("Hằng năm, trước ngày 15/12", "before", "15/12", every=YEAR)], "the recurrence first"),
    ("mỗi năm một lần, từ ngày 01/9/2025", [due("mỗi năm một lần", every=YEAR, times=1), due("từ ngày 01/9/2025", "from", "1/9/2025")], "a year is no recurrence"),
    ("muộn nhất là ngày 30/6/2025", [due("muộn nhất là ngày 30/6/2025", "by", "30/6/2025")], "at the latest"),
    ("Hạn chót: 15/7", [due("Hạn chót: 15/7", "by", "15/7")], "a colon"),
    ("kể từ ngày ký", [due("kể từ ngày ký", "from", anchor="ngày ký")], "an anchor without a length"),
    ("trước ngày 10/3 âm lịch", [due("trước ngày 10/3 âm lịch", "before", anchor="ngày 10/3 âm lịch")], "no day of our calendar"),
    ("Định kỳ 6 tháng (trước ngày 15/6)", [due("Định kỳ 6 tháng (trước ngày 15/6)", "before", "15/6", every=YEAR)], "a day of a year recurs every year"),
    ("02 lần/năm, vào tháng 6 và tháng 12", [due("02 lần/năm", every=YEAR, times=2), due("vào tháng 6", date="/6", every=YEAR), due("tháng 12", date="/12", every=YEAR)], "which two"),
    ("mỗi quý ít nhất 01 lần", [due("mỗi quý ít nhất 01 lần", every="quarter", times=1)], "at least"),
    ("chậm nhất ngày 10 tháng đầu tiên của quý tiếp theo", [due("chậm nhất ngày 10 tháng đầu tiên của quý tiếp theo", "by", "10", every="quarter", anchor="tháng đầu tiên của quý tiếp theo")], "the quarter after"),
    ("Quý II - IV/2025", [due("Quý II - IV/2025", "during", "q4/2025", start="q2/2025")], "quarters, “quý” printed once"),
    ("ngày 20-25 hằng tháng", [due("ngày 20-25 hằng tháng", "during", "25", start="20", every="month")], "days of every month"),
    ("15-16/5/2025", [due("15-16/5/2025", "during", "16/5/2025", start="15/5/2025")], "two days in a cell of a table"),
    ("từ 8h00 đến 11h30 ngày 15/5", [due("từ 8h00 đến 11h30 ngày 15/5", date="15/5", time="08:00")], "it begins at eight"),
    ("ngày 15/5/2025 (thứ Năm)", [due("ngày 15/5/2025 (thứ Năm)", date="15/5/2025", weekday=4)], "the weekday in brackets"),
    ("chiều thứ Sáu tuần cuối tháng", [due("chiều thứ Sáu tuần cuối tháng", every="month", weekday=5, anchor="tuần cuối tháng")], "a weekday of a month"),
    ("giai đoạn 1 (2023 - 2025)", [due("2023 - 2025", "during", "//2025", start="//2023")], "years in brackets behind the name of a phase"),
    ("05 ngày làm việc sau khi kết thúc mỗi quý", [due("05 ngày làm việc sau khi kết thúc mỗi quý", "within", amount=5, unit=WORKING, anchor="khi kết thúc mỗi quý", every="quarter")], "an anchor that recurs"),
    ("gửi trước cuộc họp ít nhất 02 ngày", [due("trước cuộc họp ít nhất 02 ngày", "before", amount=2, unit="day", anchor="cuộc họp")], "at least so long before"),
    ("hằng tuần, thứ Sáu hằng tháng", [due("hằng tuần, thứ Sáu", every="week", weekday=5), due("hằng tháng", every="month")], "what does not fit stands alone"),
    ("hằng năm tổ chức trước ngày 15/6/2025", [due("hằng năm", every=YEAR), due("trước ngày 15/6/2025", "before", "15/6/2025")], "words between them"),
]  # fmt: skip
NOTHING = [
    ("Kế hoạch số 45/KH-UBND ngày 14/02/2025 của UBND tỉnh", "the date of a cited document"),
    ("Thông tư 09/2023/NĐ-CP, Nghị quyết 18-NQ/TU", "numbers of documents"),
    ("mục 2.1, khoản 5.3 và 1.2.3", "sections"),
    ("đạt 1/3 số xã; từ 1/3 đến 1/2 số hộ; 2/3 tổng số", "ratios"),
    ("10.2 triệu đồng, 1.500 người, 68,5 tỷ đồng", "amounts"),
    ("0912.345.678; 024 3825 1234; (0239) 3855-555", "telephone numbers"),
    ("trực 24/7, trực 24/24 giờ", "round the clock"),
    ("05 ngày; 30 người; 15 ngày công", "a length of time alone"),
    ("nghỉ Thứ Bảy, Chủ nhật", "weekdays on which nothing is due"),
    ("lần thứ hai, năm thứ ba, thứ tư là", "ordinals"),
    ("chi thường xuyên; Phòng Giáo dục thường xuyên", "money and schools"),
    ("ngày 32/1, ngày 31/13, tháng 13", "no such day or month"),
    ("trước hết, sau đây, đến nay, từ đó, hàng hóa, quý vị, năm nay", "words that begin alike"),
    ("nhiệm vụ của quý sau", "what a task is for"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND)
def test_dues_found(text: str, expected: list[Due], why: str) -> None:
    assert [mention.due for mention in find_dues(text)] == expected, why


@pytest.mark.parametrize(("text", "why"), NOTHING)
def test_what_is_no_due(text: str, why: str) -> None:
    assert [mention.due.text for mention in find_dues(text)] == [], why
