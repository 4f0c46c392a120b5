"""``python -m evals report``: a run as one HTML page in Vietnamese, whole in itself, made from the run's folder alone."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from evals.report import why_wrong
from evals.run import RUNS, Run
from evals.score import Score

FILE = "report.html"
_SHARES = {  # the cards, and the columns of every table
    "right": "Đúng",
    "facts": "Đủ ý",
    "clean": "Không lẫn ý sai",
    "citation": "Có trích dẫn đúng",
    "strict": "Trích dẫn sát mục",
    "citation_precision": "Trích dẫn không thừa",
    "verbatim": "Trích nguyên văn",
    "recall@1": "Mục đúng đứng đầu",
    "recall@5": "Mục đúng trong 5",
    "nDCG@10": "nDCG@10",
    "RR@10": "MRR",
    "wrong_plan": "Nhầm kế hoạch",
    "refusal_precision": "Từ chối đúng chỗ",
    "refusal_recall": "Từ chối đủ",
    "wrong_at_90": "Sai khi giữ 90 %",
}
_NUMBERS = {"words": ("Số từ (trung vị)", "từ"), "latency_p50_ms": ("Thời gian, p50", "mili giây"), "latency_p95_ms": ("Thời gian, p95", "mili giây")}
_GROUPS = {
    "system": "Các hệ thống trên cùng bộ câu hỏi",
    "type": "Theo loại câu hỏi",
    "style": "Theo cách viết",
    "plan": "Theo kế hoạch",
    "turns": "Hỏi một lượt (single) và hỏi nối tiếp (multi)",
    "alone": "Câu hỏi nối tiếp (in context) và chính câu đó viết đầy đủ (alone)",
    "twins": "Câu hỏi gốc và bản viết khác của nó",
}
_DEPTHS = (1, 3, 5, 10)
_BARS = 20
_SLOWEST_SHOWN = 0.99  # of the answers; a few slow ones would flatten the rest


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = argparse.ArgumentParser(prog="python -m evals report", description="Write a run as one HTML page that needs nothing else.")
    parser.add_argument("run", help="its name, or its folder")
    parser.add_argument("--out", type=Path, help=f"the page (default: {FILE} in the run's folder)")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = Run.find(given.runs, given.run)
    target = given.out or run.folder / FILE
    aside = target.with_name(f"{target.name}.part")
    aside.write_text(page(run), encoding="utf-8")
    aside.replace(target)
    print(f"Written to {target}")
    return 0


def page(run: Run) -> str:
    """The page of a finished run. Raises RunError."""
    report, config, scores = run.report(), run.config(), run.scores()
    confidence = report["confidence"]
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return templates.get_template("report.html").render(
        name=run.folder.name,
        questions=len(scores),
        plans=config["plans"],
        about=[said for key in ("date", "commit", "encoder", "mode") if (said := config.get(key))],
        cards=list(_cards(report)),
        recall=[
            (math.log10(depth), report["headline"][f"recall@{depth}"], f"{depth}: {_percent(report['headline'][f'recall@{depth}'])} %") for depth in _DEPTHS
        ]
        if report["headline"].get("recall@1") is not None
        else [],
        recall_low=math.floor(10 * (report["headline"].get("recall@1") or 0)) / 10 - 0.1,
        risk=[((coverage - 0.5) * 2, wrong, f"{coverage:.0%}: sai {_percent(wrong)} %") for coverage, wrong in confidence["wrong_shares"]],
        risk_high=max([0.1, *(wrong for _, wrong in confidence["wrong_shares"])]),
        reliability=[(chance, right, f"{_percent(chance, 0)}: đúng {_percent(right)} %, {count} câu") for count, chance, right in confidence["reliability"]],
        calibration=f"Sai số hiệu chỉnh {_percent(confidence['calibration_error'])} điểm." if confidence["answers"] else "",
        latencies=_histogram([score.latency_ms for score in scores if score.latency_ms is not None]),
        tables=[_table(title, report[group]) for group, title in _GROUPS.items() if report.get(group)],
        failures=list(_failures(run, scores)),
    )


def _cards(report: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    headline, intervals = report["headline"], report.get("intervals", {})
    for metric, label in _SHARES.items():
        if headline.get(metric) is not None:
            bounds = intervals.get(metric)
            interval = f"{_percent(bounds[0])} – {_percent(bounds[1])}" if bounds else ""
            yield {"label": label, "value": _percent(headline[metric]), "unit": "phần trăm", "interval": interval}
    for metric, (label, unit) in _NUMBERS.items():
        if headline.get(metric) is not None:
            yield {"label": label, "value": f"{headline[metric]:.0f}", "unit": unit, "interval": ""}


def _table(title: str, groups: Mapping[str, Mapping[str, float | None]]) -> dict[str, Any]:
    """A row a group; a column that no group has a figure for is left out."""
    shown = [metric for metric in _SHARES if any(figures.get(metric) is not None for figures in groups.values())]
    rows = [[group, f"{figures['questions']:.0f}", *(_percent(figures.get(metric)) for metric in shown)] for group, figures in groups.items()]
    return {"title": title, "head": ["", "Số câu", *(_SHARES[metric] for metric in shown)], "rows": rows}


def _histogram(latencies: Iterable[float]) -> list[tuple[float, int, int]]:
    """(share of the highest bar, answers, from so many ms) for bars of equal width."""
    ordered = sorted(latencies)
    if not ordered:
        return []
    longest = ordered[math.ceil(_SLOWEST_SHOWN * len(ordered)) - 1]
    width = max(1, math.ceil(longest / _BARS))
    counts = [sum(width * bar <= latency < width * (bar + 1) for latency in ordered) for bar in range(_BARS)]
    return [(count / max(*counts, 1), count, width * bar) for bar, count in enumerate(counts)]


def _failures(run: Run, scores: Iterable[Score]) -> Iterator[dict[str, Any]]:
    """What is not right, with all that is needed to see why."""
    questions = {record["id"]: record for record in run.records("questions.jsonl")}
    answers = {record["id"]: record for record in run.records("answers.jsonl")}
    plans = run.plans()
    for score in scores:
        if score.right:
            continue
        question, answer = questions[score.id], answers[score.id]
        yield {
            **{key: question[key] for key in ("id", "type", "style", "question", "history")},
            "plan": score.plan,
            "status": score.status,
            "confidence": score.confidence,
            "why": why_wrong(score),
            "expected": question["answer"],
            "facts": "; ".join(" / ".join(fact) for fact in question["facts"]),
            "forbid": "; ".join(question["forbid"]),
            "passages": [_passage(plans, plan, address) for plan, address in question["sections"]],
            "standalone": answer["standalone_question"],
            "answer": answer["answer"],
            "citations": answer["citations"],
            "found": ", ".join(f"{result['plan']} {result['section']}" for result in answer["results"][:5]),
        }


def _passage(plans: Mapping[str, Any], plan: str, address: str) -> dict[str, str]:
    """A gold section as the plan prints it."""
    sections = plans.get(plan, {}).get("sections", {})
    section = sections.get(address.partition("/")[0], {"label": address, "text": ""})
    return {"label": f"{section['label']}, {plans.get(plan, {}).get('title', plan)}", "text": section["text"]}


def _percent(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{100 * value:.{digits}f}".replace(".", ",")
