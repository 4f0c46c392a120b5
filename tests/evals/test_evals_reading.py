"""The maker of variants and the scores of reading, on plans small enough to work out by hand."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prerequisites import shared_path

from evals.edit_distance import edit_distance
from evals.reading import Outcome, Truth, broken, judge, main, table
from evals.variants import load_source
from evals.variants.letters import needs_capital_font, to_cp1258, to_tcvn3, to_vni
from ingest.sandbox import Sandbox

PLAN = """ỦY BAN NHÂN DÂN
XÃ SUỐI BẠC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 5/KH-UBND
Suối Bạc, ngày 02 tháng 3 năm 2025
KẾ HOẠCH
Trồng cây năm 2025
I. MỤC ĐÍCH
1. Mỗi thôn trồng một nghìn cây.
2. Việc trồng cây hoàn thành trước ngày 30/4/2025.
II. KINH PHÍ
Ngân sách xã chi 20 triệu đồng.
Nơi nhận:
- Các thôn;
- Lưu: VT.
CHỦ TỊCH
Vàng Thị Lê
"""

DISTANCES = [
    ("", "", 0, "nothing to do"),
    ("", "ba", 2, "all inserted"),
    ("ba", "", 2, "all deleted"),
    ("mục 2", "mục 3", 1, "one replaced"),
    ("trước ngày", "trước 5 ngày", 2, "two inserted"),
    ("abcdef", "bcdefa", 2, "one moved to the end, where difflib's script needs as many"),
    ("kitten", "sitting", 3, "the textbook's"),
]


@pytest.mark.parametrize(("found", "truth", "expected", "why"), DISTANCES)
def test_edit_distance(found: str, truth: str, expected: int, why: str) -> None:
    assert edit_distance(found, truth) == expected, why


@given(st.text("aăâ ", max_size=12), st.text("aăâ ", max_size=12))
def test_edit_distance_is_that_of_the_table(found: str, truth: str) -> None:
    row = list(range(len(truth) + 1))
    for at, letter in enumerate(found, start=1):
        previous, row = row, [at]
        for index, other in enumerate(truth):
            row.append(min(previous[index + 1] + 1, row[index] + 1, previous[index] + (letter != other)))
    assert edit_distance(found, truth) == row[-1]


LETTERS = [
    ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
    ("Độc lập - Tự do - Hạnh phúc", "§éc lËp - Tù do - H¹nh phóc", "Ñoäc laäp - Töï do - Haïnh phuùc"),
    ("kỳ, kỵ, ngưỡng, ẩm, ăn, ẳng", "kú, kþ, ng\xadìng, Èm, ¨n, ¼ng", "kyø, kî, ngöôõng, aåm, aên, aúng"),
    ("Ủy ban", "ñy ban", "UÛy ban"),
]


@pytest.mark.parametrize(("text", "in_tcvn3", "in_vni"), LETTERS)
def test_letters_of_old_fonts(text: str, in_tcvn3: str, in_vni: str) -> None:
    assert to_tcvn3(text) == in_tcvn3
    assert to_vni(text) == in_vni
    assert unicodedata.normalize("NFC", to_cp1258(text).decode("cp1258")) == text


@pytest.mark.parametrize(("letter", "expected"), [("Ủ", True), ("Ư", False), ("ủ", False), ("U", False), ("5", False)])
def test_capitals_that_tcvn3_has_in_another_font(letter: str, expected: bool) -> None:
    assert needs_capital_font(letter) is expected


def plan_file(folder: Path, text: str = PLAN) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "xa-suoi-bac.txt").write_text(text, encoding="utf-8")
    return folder / "xa-suoi-bac.txt"


def test_a_plan_is_taken_apart_as_a_page_sets_it(tmp_path: Path) -> None:
    source = load_source(plan_file(tmp_path))
    assert [item.text[:6] for item in source.left] == ["ỦY BAN", "XÃ SUỐ", "Số: 5/"]
    assert [item.text[:6] for item in source.right] == ["CỘNG H", "Độc lậ", "Suối B"]
    assert [item.section for item in source.body] == ["mo-dau", "mo-dau", "I", "I.1", "I.2", "II", "II"]
    assert [item.text for item in source.recipients] == ["Nơi nhận:", "- Các thôn;", "- Lưu: VT."]
    assert [item.text for item in source.signature] == ["CHỦ TỊCH", "Vàng Thị Lê"]
    assert source.appendix == ()


def test_what_was_lost_is_counted(tmp_path: Path) -> None:
    truth = Truth(("I", "I.1", "I.2", "II"), ("I. MỘT 1. Học. 2. Thi. II. HAI",), warnings=())
    path = tmp_path / "a.txt"
    path.write_text("I. MỘT\n1. Hoc.\nII. HAI\n", encoding="utf-8")
    with Sandbox() as sandbox:
        outcome = judge("txt", path, truth, sandbox)
        lost = judge("txt", tmp_path / "none.txt", truth, sandbox)
    assert (outcome.precision, outcome.recall, outcome.f1) == (1.0, 0.75, pytest.approx(6 / 7))
    assert outcome.errors == pytest.approx(9 / 30)  # "2. Thi. " is gone, and "ọ" has lost its dot
    assert (outcome.missing, outcome.extra) == (("I.2",), ())
    assert (lost.f1, lost.errors, lost.missing) == (0.0, 1.0, truth.addresses)
    assert "none.txt" in lost.failure


def outcome(variant: str, f1: float = 1.0, errors: float = 0.0, warnings: tuple[str, ...] = ()) -> Outcome:
    return Outcome(variant, "p", f1, f1, f1, errors, warnings, 0.1)


TARGETS = [
    ([outcome("docx-auto"), outcome("docx-auto")], [], "all as printed"),
    ([outcome("docx-auto"), outcome("docx-auto", f1=0.98)], ["docx-auto has 99.00 % of the addresses, below 100 %"], "the mean counts"),
    ([outcome("html-word", errors=0.002)], ["html-word has 0.200 % of the characters wrong, above 0.1 %"], "text"),
    ([outcome("pdf-scan200", f1=0.96, errors=0.004, warnings=("OCR",))], [], "a scan may lose a little"),
    (
        [replace(outcome("odt"), mistold=("signer",)), replace(outcome("pdf-scan200", warnings=("OCR",)), mistold=("signer",))],
        ["odt was misread in what a plan says of itself"],
        "a scan may lose a letter of a name",
    ),
    ([outcome("pdf-scan200")], ["pdf-scan200 was read without a warning"], "but never in silence"),
]


@pytest.mark.parametrize(("outcomes", "expected", "why"), TARGETS)
def test_missed_targets_are_named(outcomes: list[Outcome], expected: list[str], why: str) -> None:
    assert broken(outcomes) == expected, why


def test_the_table_has_a_line_for_each_format_and_names_what_was_lost() -> None:
    lost = Outcome("doc", "p", 0.5, 0.5, 0.5, 0.25, ("a", "b"), 2.0, missing=("I.1",), extra=("I.2",), mistold=("signer", "date"))
    lines = table([outcome("odt"), lost]).split("\n")
    assert lines[1].split() == ["odt", "1", "100.00", "100.00", "100.00", "0.000", "0.0", "0.10"]
    assert lines[2].split() == ["doc", "1", "50.00", "50.00", "50.00", "25.000", "2.0", "2.00"]
    assert lines[3] == "  p: missing I.1; extra I.2; other signer, date"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan_file(tmp_path / "plans")
    assert main(["--plans", str(tmp_path / "plans"), "--only", "txt-utf16", "html-portal", "docx-auto", "--gate"], tmp_path / "runs") == 0
    assert [line.split()[4] for line in capsys.readouterr().out.splitlines()[1:]] == ["100.00"] * 3
    kept = json.loads((tmp_path / "runs" / "reading.json").read_text(encoding="utf-8"))
    assert [(record["variant"], record["plan"], record["f1"]) for record in kept] == [
        (name, "xa-suoi-bac", 1.0) for name in ("txt-utf16", "html-portal", "docx-auto")
    ]


def test_a_missed_target_fails_the_gate_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Capitals with tones inside sentences are lost in TCVN3 without its fonts."""
    plan_file(tmp_path / "plans", PLAN.replace("Mỗi thôn", "Ấp Ổi, Ấp Ếch và Ấp Ốc"))
    arguments = ["--plans", str(tmp_path / "plans"), "--only", "txt-tcvn3"]
    assert main(arguments, tmp_path / "runs") == 0
    assert main([*arguments, "--gate"], tmp_path / "runs") == 1
    assert "target missed: txt-tcvn3 has" in capsys.readouterr().out


def test_a_missing_program_is_named_and_the_rest_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    plan_file(tmp_path / "plans")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--plans", str(tmp_path / "plans"), "--only", "odt", "txt-utf8"], tmp_path / "runs") == 2
    printed = capsys.readouterr()
    assert [line.split()[0] for line in printed.out.splitlines()[1:]] == ["txt-utf8"]
    assert [line for line in printed.err.splitlines() if line.startswith("evals:")] == [
        "evals: odt was left out; install LibreOffice, on Debian with apt-get install libreoffice-writer-nogui"
    ]


@pytest.mark.parametrize(("name", "content"), [("", ""), ("a.txt", "\x00\x01"), ("a.truth.json", "nonsense")])
def test_bad_input_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str) -> None:
    folder = tmp_path / "plans"
    if name:
        plan_file(folder).rename(folder / "a.txt")
        (folder / name).write_text(content, encoding="utf-8")
    option = "--formats" if name.endswith(".json") else "--plans"
    assert main([option, str(folder)], tmp_path / "runs") == 2
    assert capsys.readouterr().err.startswith(f"evals: {folder}")


@pytest.mark.shared
def test_the_files_that_others_made_keep_their_targets(tmp_path: Path) -> None:
    """All but the scan, which takes half a minute and has its own test."""
    formats = shared_path("formats")
    (tmp_path / "formats").mkdir()
    for path in formats.iterdir():
        if path.is_file() and "scan" not in path.name:
            (tmp_path / "formats" / path.name).symlink_to(path)
    assert main(["--formats", str(tmp_path / "formats")], tmp_path / "runs") == 0
    kept = json.loads((tmp_path / "runs" / "reading.json").read_text(encoding="utf-8"))
    assert len(kept) >= 15
    assert [(record["variant"], record["f1"]) for record in kept if record["f1"] < 1] == []
    assert [(record["variant"], record["errors"]) for record in kept if record["errors"] > 0.001] == []
