"""``python -m xhht_qa facts``: what is listed, what is left out, and that each export is read by those it is for."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from icalendar import Calendar, Component
from prerequisites import ROOT

from xhht_qa import messages
from xhht_qa.__main__ import main
from xhht_qa.index import write_index
from xhht_qa.text.due import find_dues
from xhht_qa.types import Fact, FactKind, Metadata, Paragraph, Plan, Section

PLAN, OTHER = "ubnd-xa-an-lac", "so-y-te-binh-son"


def fact(kind: FactKind, quote: str, plan: str = PLAN, **parts: Any) -> Fact:
    """A fact of section I whose due is the first that its words hold."""
    dues = find_dues(quote)
    return Fact(kind, plan, "I", "", 12, 12, quote, due=dues[0].due if dues else None, **parts)


REPORT = fact(
    "reporting",
    "Trường học nộp báo cáo năm về xã trước ngày 15/6 hằng năm.",
    actor="Trường học",
    action="nộp báo cáo năm",
    object="báo cáo năm",
    recipient="xã",
)
FACTS = [
    REPORT,
    replace(REPORT, kind="deadline"),
    fact("deadline", "Trạm Y tế tổng hợp số liệu trước ngày 25 hằng tháng.", actor="Trạm Y tế", action="tổng hợp số liệu"),
    fact("deadline", "Công an xã, rà soát; lập danh sách trong quý II/2025.", actor="Công an xã", action="rà soát; lập danh sách"),
    fact("deadline", "Tổ chức ra quân trong tháng 3/2026.", actor="Đoàn xã", action="tổ chức ra quân"),
    fact("deadline", "Trả kết quả trong thời hạn 05 ngày kể từ ngày nhận đơn.", actor="Bộ phận một cửa", action="trả kết quả"),
    fact("deadline", "Sơ kết vào cuối năm 2025.", action="sơ kết"),
    fact("responsibility", "- Chủ trì tuyên truyền.", actor="=HYPERLINK(1)", role="lead", action="-tuyên truyền", object="@xã", value="+5"),
    fact("legal_basis", "Quyết định của tỉnh ký ngày 02/01/2025.", object="Quyết định"),
    fact("deadline", "Các trạm báo cáo hằng quý.", OTHER, actor="Các trạm y tế", action="báo cáo"),
    fact("deadline", "Phòng Tổ chức - Cán bộ kiểm tra trước ngày 10/6.", OTHER, actor="Phòng Tổ chức - Cán bộ", action="kiểm tra"),
]


def plan_of(name: str, title: str, metadata: Metadata) -> Plan:
    facts = tuple(fact for fact in FACTS if fact.plan == name)
    section = Section("I", None, "phần I", "Nhiệm vụ", True, ("I. Nhiệm vụ",), tuple(Paragraph(fact.quote, "", 12, 12) for fact in facts), 12, 12)
    return Plan(name, title, f"{name}.txt", name, metadata, (section,), facts=facts)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plans = [
        plan_of(PLAN, "Kế hoạch số 7/KH-UBND của UBND xã An Lạc", Metadata("UBND xã An Lạc", "", "7/KH-UBND", "10/01/2025", "giai đoạn 2025-2027")),
        plan_of(OTHER, "Kế hoạch của Sở Y tế", Metadata("Sở Y tế", "", "/KH-SYT", "/2025", "về y tế")),
    ]
    folder: Path = tmp_path_factory.mktemp("facts")
    write_index(folder, "toy/16", ((plan, [], np.empty((0, 16), dtype=np.float32)) for plan in plans))
    return folder


def run(capsysbinary: pytest.CaptureFixture[bytes], index: Path, *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["facts", "--index", str(index), *map(str, arguments)])
    printed = capsysbinary.readouterr()
    return status, printed.out.decode(), printed.err.decode()


def quotes(capsysbinary: pytest.CaptureFixture[bytes], index: Path, *arguments: str) -> list[str]:
    status, printed, _ = run(capsysbinary, index, *arguments, "--json")
    assert status == 0
    return [record["quote"] for record in json.loads(printed)]


CHOICES = [
    ([], [0, *range(2, 11)], "all, the report and its deadline once"),
    (["--kind", "deadline", "--to", "30/6/2025"], [1, 2, 3, 6, 9, 10], "either kind of a report with a deadline is found"),
    (["--kind", "deadline", "--kind", "reporting", "--actor", "Trường học"], [0], "both kinds asked for"),
    (["--actor", "P.TC-CB"], [10], "in short, as the plans' own names teach it"),
    (["--actor", "phong to chuc"], [10], "by the beginning of the name"),
    (["--kind", "reporting"], [0], "one kind"),
    (["--kind", "reporting", "--kind", "responsibility"], [0, 7], "two kinds"),
    (["--plan", OTHER], [9, 10], "one plan"),
    (["--actor", "tram y te"], [2, 9], "folded words of the actor"),
    (["--actor", "Trạm  Y TẾ"], [2, 9], "with accents, capitals and spaces"),
    (["--actor", "y t"], [], "no part of a word"),
    (["--from", "1/6/2026", "--to", "30/6/2026"], [0, 2, 9, 10], "what recurs then, or is of no year"),
    (["--kind", "deadline", "--plan", PLAN, "--from", "2025-04-01", "--to", "2025-06-14"], [2, 6], "between two days; a year alone may be then"),
    (["--kind", "reporting", "--from", "2028"], [], "when the plan is over"),
    (["--to", "2024"], [], "before both begin"),
]


@pytest.mark.parametrize(("arguments", "expected", "why"), CHOICES)
def test_what_is_chosen(index: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], expected: list[int], why: str) -> None:
    assert quotes(capsysbinary, index, *arguments) == [FACTS[place].quote for place in expected], why


def test_json_has_every_field_and_the_citation(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    records = json.loads(run(capsysbinary, index, "--json")[1])
    assert records[0] == json.loads(json.dumps(asdict(FACTS[0]))) | {
        "kinds": ["reporting", "deadline"],
        "plan_title": "Kế hoạch số 7/KH-UBND của UBND xã An Lạc",
        "label": "phần I",
    }


def test_the_list_cites_every_fact(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    printed = run(capsysbinary, index, "--kind", "reporting")[1]
    assert printed.splitlines() == [
        "Báo cáo, Thời hạn: Trường học · nộp báo cáo năm · → xã · [trước ngày 15/6 hằng năm]",
        f"    “{REPORT.quote}”",
        f"    I, phần I; Kế hoạch số 7/KH-UBND của UBND xã An Lạc ({PLAN}, dòng 12)",
        "",
    ]


def test_excel_opens_the_table_and_calculates_nothing(index: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "facts.csv"
    assert run(capsysbinary, index, "--csv", "--out", file) == (0, "", "")
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert tuple(head) == messages.FACT_COLUMNS
    assert len(rows) == len(FACTS) - 1, "a report and its deadline are one row"
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    named = dict(zip(head, rows[6], strict=True))
    assert (named["Chủ thể"], named["Việc"], named["Nội dung"], named["Giá trị"]) == ("'=HYPERLINK(1)", "'-tuyên truyền", "'@xã", "'+5")
    assert (named["Loại"], named["Vai trò"], named["Nguyên văn"]) == ("Trách nhiệm", "chủ trì", "“- Chủ trì tuyên truyền.”")
    assert list(tmp_path.iterdir()) == [file]


def calendar(capsysbinary: pytest.CaptureFixture[bytes], index: Path, *arguments: str) -> tuple[str, list[Component], str]:
    status, printed, warned = run(capsysbinary, index, "--ics", *arguments)
    assert status == 0
    return printed, list(Calendar.from_ical(printed).walk("VEVENT")), warned


EVENTS = [
    ("Trường học: nộp báo cáo năm (trước ngày 15/6 hằng năm) – 7/KH-UBND, UBND xã An Lạc", "2025-06-15", "2025-06-16", "FREQ=YEARLY;UNTIL=20271231"),
    (
        "Trạm Y tế: tổng hợp số liệu (trước ngày 25 hằng tháng) – 7/KH-UBND, UBND xã An Lạc",
        "2025-01-25",
        "2025-01-26",
        "FREQ=MONTHLY;UNTIL=20271231;INTERVAL=1;BYMONTHDAY=25",
    ),
    ("Công an xã: rà soát; lập danh sách (trong quý II/2025) – 7/KH-UBND, UBND xã An Lạc", "2025-06-30", "2025-07-01", ""),
    ("Đoàn xã: tổ chức ra quân (trong tháng 3/2026) – 7/KH-UBND, UBND xã An Lạc", "2026-03-01", "2026-04-01", ""),
    ("Các trạm y tế: báo cáo (hằng quý) – Sở Y tế", "2025-03-31", "2025-04-01", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
]


def test_the_calendar_holds_what_has_a_day_and_counts_the_rest(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, events, warned = calendar(capsysbinary, index)
    found = [
        (str(event["SUMMARY"]), event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(), event["RRULE"].to_ical().decode() if "RRULE" in event else "")
        for event in events
    ]
    assert found == EVENTS
    assert warned.count("\n") == 1
    assert "3 without a day of their own" in warned, "a period, a year, and a date whose year nobody says"
    assert events[0].categories == ["Báo cáo", "Thời hạn"], "two kinds of one statement are one event"
    assert str(events[0]["DESCRIPTION"]) == f"“{REPORT.quote}”\n\nI, phần I\nKế hoạch số 7/KH-UBND của UBND xã An Lạc"


def test_the_calendar_keeps_to_its_standard(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    printed, events, _ = calendar(capsysbinary, index)
    assert printed.startswith("BEGIN:VCALENDAR\r\n")
    assert printed.endswith("END:VCALENDAR\r\n")
    assert printed.count("\n") == printed.count("\r\n")
    assert max(len(line.encode()) for line in printed.split("\r\n")) <= 75
    assert "\r\nVERSION:2.0\r\n" in printed
    assert "\r\nPRODID:" in printed
    assert r"rà soát\; lập danh sách" in printed.replace("\r\n ", ""), "a semicolon is escaped"
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES"} <= set(event)
        assert type(event["DTSTART"].dt) is date
        assert str(event["DTSTAMP"].dt.utcoffset()) == "0:00:00"
        assert event["SUMMARY"].params["LANGUAGE"] == "vi"
        assert event.errors == []


def test_an_event_is_known_again_in_the_next_calendar(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    everything = [event["UID"] for event in calendar(capsysbinary, index)[1]]
    assert len(set(everything)) == len(everything)
    assert [event["UID"] for event in calendar(capsysbinary, index)[1]] == everything
    assert [event["UID"] for event in calendar(capsysbinary, index, "--plan", OTHER)[1]] == everything[-1:], "whatever else is chosen"


BAD = [
    (["--kind", "hạn"], ["“hạn”", "deadline"], "no such kind"),
    (["--plan", "khong-co"], ["“khong-co”", PLAN], "no such plan"),
    (["--from", "31/6/2025"], ["--from 31/6/2025", "15/6/2025"], "no such day"),
    (["--to", "15/6"], ["--to 15/6"], "no year"),
    (["--from", "2026", "--to", "2025"], ["later"], "exchanged"),
    (["--out", "/khong/co/facts.csv"], ["/khong/co"], "no such folder"),
]


@pytest.mark.parametrize(("arguments", "words", "why"), BAD)
def test_bad_input_is_told_in_one_sentence(index: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], words: list[str], why: str) -> None:
    status, printed, told = run(capsysbinary, index, *arguments)
    assert (status, printed, told.count("\n")) == (2, "", 1), why
    assert [word for word in words if word not in told] == [], told


def test_nothing_found_is_said(index: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, printed, told = run(capsysbinary, index, "--kind", "budget")
    assert (status, printed, told.count("\n")) == (0, "", 1)


def test_two_forms_at_once_are_refused(index: Path) -> None:
    command = [sys.executable, "-m", "xhht_qa", "facts", "--csv", "--ics", "--index", str(index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not allowed with" in done.stderr
