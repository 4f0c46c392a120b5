"""Whole plans against their true outlines, and what holds for every plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from invariants import outline_sound
from prerequisites import ROOT, shared_path

from ingest.parse import parse
from ingest.read import read, read_text
from xhht_qa.types import Plan

SAMPLES = ROOT / "ingest" / "plans"
REAL = ["bandantoc-bacgiang", "sotuphap-hatinh", "thanhtra-dongnai", "ubnd-dongnai", "ubnd-thanhtri"]


def rows(truth: Path) -> list[tuple[str, int, int]]:
    return [(record["address"], record["first_line"], record["last_line"]) for record in json.loads(truth.read_text(encoding="utf-8"))]


def parsed(path: Path) -> Plan:
    return parse(read(path))


def same_outline(plan: Plan, truth: Path) -> None:
    assert [(section.address, section.first_line, section.last_line) for section in plan.sections] == rows(truth)


@pytest.mark.parametrize("path", sorted(path for path in SAMPLES.iterdir() if path.stem != "README"), ids=lambda path: path.stem)
def test_a_sample_plan_is_its_true_outline(path: Path) -> None:
    document = read(path)
    plan = parse(document)
    same_outline(plan, ROOT / "evals" / "gold" / "outlines" / f"{path.stem}.json")
    outline_sound(document, plan.sections)
    assert [section.title for section in plan.sections] == [
        record["title"] for record in json.loads((ROOT / "evals" / "gold" / "outlines" / f"{path.stem}.json").read_text(encoding="utf-8"))
    ]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["bandantoc-bacgiang", "ubnd-thanhtri"])
def test_a_real_plan_is_its_true_outline(name: str) -> None:
    same_outline(parsed(shared_path("plans", f"{name}.txt")), shared_path("gold", "outlines", f"{name}.json"))


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_is_sound(name: str) -> None:
    document = read(shared_path("plans", f"{name}.txt"))
    plan = parse(document)
    outline_sound(document, plan.sections)
    assert (plan.sections[0].address, plan.sections[-1].address) == ("mo-dau", "ket-thuc")
    assert all(section.label for section in plan.sections)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["003_typed.docx", "003_utf16.txt", "003_nfd.txt"])
def test_one_plan_in_every_format_has_one_outline(name: str) -> None:
    """The truth numbers the 75 printed items; head and tail are those of the text file."""
    plan = parsed(shared_path("formats", name))
    truth = [
        block["addr"]
        for block in json.loads(shared_path("formats", "003_typed.truth.json").read_text(encoding="utf-8"))
        if block["kind"] not in ("dash", "para")
    ]
    addresses = [section.address for section in plan.sections]
    assert [address for address in addresses if address not in ("mo-dau", "ket-thuc", "phu-luc")] == truth
    assert [addresses[0], *addresses[-2:]] == ["mo-dau", "ket-thuc", "phu-luc"]
    outline_sound(read(shared_path("formats", name)), plan.sections)
    text = parsed(shared_path("plans", "ubnd-thanhtri.txt"))
    for address in truth:
        section, original = plan.section(address), text.section(address)
        assert section is not None
        assert original is not None
        assert section.text.replace("\n", " ").split() == original.text.replace("\n", " ").split(), address


@pytest.mark.shared
@pytest.mark.parametrize("law", ["Luật Du lịch", "Luật Cư trú", "Luật Thanh niên", "Luật Bảo vệ môi trường"])
def test_a_public_law_is_its_articles_clauses_and_points(law: str) -> None:
    articles = json.loads(shared_path("bench", "alqac2023", "articles.json").read_text(encoding="utf-8"))
    texts = {key.rpartition("@")[2]: text for key, text in articles.items() if key.rpartition("@")[0] == law}
    expected = []
    for number, text in texts.items():
        expected.append(f"Đ{number}")
        for line in text.split("\n"):
            if clause := re.match(r"(\d{1,2})\. ", line):
                expected.append(f"Đ{number}.{clause.group(1)}")
            elif point := re.match(r"([a-zđ])\) ", line):
                above = re.sub(r"\.[a-zđ]$", "", expected[-1])
                expected.append(f"{above}.{point.group(1)}")
    document = read_text("law.txt", f"LUẬT\n{law}\n" + "\n".join(f"Điều {number}. {text}" for number, text in texts.items()))
    plan = parse(document)
    assert [section.address for section in plan.sections if section.address not in ("mo-dau", "ket-thuc")] == expected
    outline_sound(document, plan.sections)
