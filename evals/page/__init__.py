"""``python -m evals report``: a run as one HTML page in Vietnamese, whole in itself, made from the run's folder alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.page.charts import HEIGHT, SHARES, WIDTH, Axis, Chart, axis, curve, histogram
from evals.page.words import METRICS, MODES, REASONS, ROWS, STATUSES, STYLES, TYPES, Word
from evals.run import RUNS, Run, RunError
from evals.score import COVERAGES, DEPTHS, Score
from xhht_qa.command_line import ArgumentParser

FILE = "report.html"
_CARDS = {
    "Câu trả lời": ("right", "facts", "clean", "words", "latency_p50_ms"),
    "Trích dẫn": ("citation", "strict", "citation_precision", "verbatim", "wrong_plan"),
    "Tìm mục": ("recall@1", "recall@3", "recall@5", "nDCG@10", "RR@10"),
    "Từ chối và độ tin cậy": ("refusal_precision", "refusal_recall", "refusal_f1", "invented", "wrong_at_90"),
}
_UNITS = {"words": "từ", "latency_p50_ms": "ms", "latency_p95_ms": "ms"}  # of a figure that is no share
_GROUPS = {
    "system": "Các hệ thống trên cùng bộ câu hỏi",
    "type": "Theo loại câu hỏi",
    "style": "Theo cách viết",
    "plan": "Theo kế hoạch",
    "turns": "Hỏi một lượt và hỏi nối tiếp",
    "conversation": "Câu hỏi nối tiếp và chính câu ấy viết đầy đủ",
    "robustness": "Câu gốc và bản viết khác của nó",
}
_APART = Word("Đúng thêm, điểm", "So với dòng ngay trên, hay với trợ lý này, trên từng câu một; bên dưới là khoảng tin cậy 95 %.")
_PAIRED = ("system", "conversation", "robustness")
_COLUMNS = ("right", "facts", "clean", "citation", "strict", "citation_precision", "recall@1", "recall@5", "nDCG@10", "wrong_plan")


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals report", description="Write a run as one HTML page in Vietnamese that needs nothing else.")
    parser.add_argument("run", help="its name, or its folder")
    parser.add_argument("--out", type=Path, help=f"the page (default: {FILE} in the run's folder)")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = Run.find(given.runs, given.run)
    target = given.out or run.folder / FILE
    try:
        aside = target.with_name(f"{target.name}.part")
        aside.write_text(page(run), encoding="utf-8")
        aside.replace(target)
    except OSError as error:
        raise RunError(f"{target} cannot be written: {error.strerror}; check the folder and its permissions") from None
    print(f"Written to {target}")
    return 0


def page(run: Run) -> str:
    """The page of a run that has been judged. Raises RunError."""
    from jinja2 import Environment, FileSystemLoader

    report, config, scores, plans = run.report(), run.config(), run.scores(), run.plans()
    failures = list(_failures(run, scores, plans))
    titles = {plan: of["title"] for plan, of in plans.items()}
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return templates.get_template("report.html").render(
        name=run.folder.name,
        questions=len(scores),
        plans=len(config["plans"]),
        about=list(_about(config)),
        cards={title: [_card(metric, report) for metric in metrics if report["headline"].get(metric) is not None] for title, metrics in _CARDS.items()},
        charts=list(_charts(report, scores)),
        width=WIDTH,
        height=HEIGHT,
        tables=[_table(title, report[group], report["paired"] if group in _PAIRED else {}, titles) for group, title in _GROUPS.items() if report.get(group)],
        filters=_filters(failures, titles),
        failures=failures,
    )


def _about(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was asked of what."""
    yield "Ngày chạy", datetime.fromisoformat(config["date"]).strftime("%H:%M ngày %d/%m/%Y")
    yield "Mã hóa bằng", config["encoder"]
    yield "Mã nguồn", config["commit"] or "không rõ"
    yield "Cách trả lời", ", ".join(MODES.get(mode, mode) for mode in config["mode"].split(", "))


def _card(metric: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """A figure with its 95 % interval; of a share, the places on a line from 0 to 100 too."""
    value, bounds = report["headline"][metric], report["intervals"].get(metric)
    card = {"metric": metric, "word": METRICS[metric]}
    if unit := _UNITS.get(metric):
        spread = f"{bounds[0]:.0f} – {bounds[1]:.0f}" if bounds else ""
        return card | {"value": f"{value:.0f}", "unit": unit, "interval": spread, "line": None}
    spread = f"{_percent(bounds[0])} – {_percent(bounds[1])}" if bounds else ""
    line = {"at": round(100 * value, 1), "low": round(100 * bounds[0], 1), "wide": round(100 * (bounds[1] - bounds[0]), 1)} if bounds else None
    return card | {"value": _percent(value), "unit": "%", "interval": spread, "line": line}


def _charts(report: Mapping[str, Any], scores: Sequence[Score]) -> Iterator[Chart]:
    """Those for which there is something to draw."""
    found = [(depth, report["headline"][f"recall@{depth}"]) for depth in DEPTHS if report["headline"].get(f"recall@{depth}") is not None]
    if found:
        yield curve(
            [(math.log10(depth), share) for depth, share in found],
            Axis(0, 1, [math.log10(depth) for depth in DEPTHS]),
            axis([share for _, share in found], high=1),
            lambda value: f"{10**value:.0f}",
            lambda value: _percent(value, 0),
            [f"trong {depth} mục: {_percent(share)} %" for depth, share in found],
            title="Tìm thấy mục đúng",
            note="Phần câu hỏi có mục đúng nằm trong số mục đầu tiên tìm được.",
            x_name="số mục đầu tiên",
            y_name="câu hỏi, %",
        )
    wrong_shares, bins = report["confidence"]["wrong_shares"], report["confidence"]["reliability"]
    if wrong_shares:
        yield curve(
            wrong_shares,
            Axis(COVERAGES[0], COVERAGES[-1], COVERAGES),
            axis([wrong for _, wrong in wrong_shares], low=0),
            lambda value: _percent(value, 0),
            lambda value: _percent(value, 0),
            [f"giữ {_percent(coverage, 0)} %: sai {_percent(wrong)} %" for coverage, wrong in wrong_shares],
            title="Sai theo phần giữ lại",
            note="Nếu chỉ giữ những câu trả lời có độ tin cậy cao nhất thì còn bao nhiêu phần trăm sai.",
            x_name="câu trả lời giữ lại, %",
            y_name="sai, %",
        )
        yield curve(
            [(chance, right) for _, chance, right in bins],
            SHARES,
            SHARES,
            lambda value: _percent(value, 0),
            lambda value: _percent(value, 0),
            [f"độ tin cậy {_percent(chance, 0)} %: đúng {_percent(right, 0)} % của {count} câu" for count, chance, right in bins],
            title="Độ tin cậy và thực tế",
            note=f"Mỗi chấm là một nhóm câu bằng nhau; trên đường đứt là lý tưởng. Sai lệch trung bình {_percent(report['confidence']['calibration_error'])} điểm.",
            x_name="độ tin cậy mà trợ lý nêu, %",
            y_name="đúng, %",
            ideal=((0, 0), (1, 1)),
        )
    latencies = [score.latency_ms for score in scores if score.latency_ms is not None]
    if latencies:
        yield histogram(
            latencies,
            title="Thời gian trả lời",
            note=f"Một nửa số câu trong {report['headline']['latency_p50_ms']:.0f} ms, 95 % trong {report['headline']['latency_p95_ms']:.0f} ms, trên máy đã chạy; hình bỏ 1 % chậm nhất.",
            x_name="mili giây",
            y_name="số câu",
            unit="ms",
        )


def _table(title: str, groups: Mapping[str, Mapping[str, float | None]], paired: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """A row a group; a column that no group has a figure for is left out. Where rows are compared in pairs, by how much more is right."""
    shown = [metric for metric in _COLUMNS if any(figures.get(metric) is not None for figures in groups.values())]
    apart = {pair.partition(" − ")[0]: of["right"] for pair, of in paired.items() if "right" in of}
    compared = any(group in apart for group in groups)
    rows = []
    for group, figures in groups.items():
        shares = [(_percent(figures.get(metric)), "") for metric in shown]
        cells = [(f"{figures['questions']:.0f}", ""), *shares[:1], *([_difference(apart.get(group))] if compared else []), *shares[1:]]
        rows.append({"key": group, "name": ROWS.get(group) or titles.get(group, group), "cells": cells})
    head = [Word("Số câu", ""), METRICS[shown[0]], *([_APART] if compared else []), *(METRICS[metric] for metric in shown[1:])]
    return {"title": title, "head": head, "rows": rows}


def _difference(of: Mapping[str, Any] | None) -> tuple[str, str]:
    """In points, and the interval; nothing in the row that others are compared with."""
    if of is None:
        return "", ""
    spread = of["interval"]
    return _points(of["by"]), f"{_points(spread[0])} đến {_points(spread[1])}" if spread else ""


def _filters(failures: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(key, label, (value, name) of each choice) by which failures can be chosen; only what some failure has."""
    named = {"reason": ("Lý do", REASONS), "type": ("Loại câu hỏi", TYPES), "style": ("Cách viết", STYLES)}
    named |= {"status": ("Trạng thái", STATUSES), "plan": ("Kế hoạch", {**titles, **ROWS})}
    found = {key: {value for failure in failures for value in failure["keys"][key]} for key in named}
    return [(key, label, [(value, names.get(value, value)) for value in sorted(found[key])]) for key, (label, names) in named.items()]


def _failures(run: Run, scores: Sequence[Score], plans: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What is not right, the surest first, with all that is needed to see why."""
    questions = {record["id"]: record for record in run.records("questions.jsonl")}
    answers = {record["id"]: record for record in run.records("answers.jsonl")}
    for score in sorted((score for score in scores if not score.right), key=lambda score: (-score.confidence, score.id)):
        question, answer = questions[score.id], answers[score.id]
        reasons = dict(_reasons(score))
        yield {
            "score": score,
            "question": question,
            "answer": answer,
            "keys": {"reason": list(reasons), "type": [score.type], "style": [score.style], "status": [score.status], "plan": [score.plan]},
            "why": "; ".join(reasons.values()),
            "confidence": f"{100 * score.confidence:.0f}",
            "labels": [(score.type, TYPES[score.type]), (score.style, STYLES[score.style])],
            "status": STATUSES.get(score.status, score.status),
            "passages": [_passage(plans, plan, address) for plan, address in question["sections"]],
            "found": [f"{result['plan']} {result['section']}" for result in answer["results"][:5]],
        }


def _reasons(score: Score) -> Iterator[tuple[str, str]]:
    """Each reason why an answer is not right: its key in ``REASONS``, and the sentence."""
    if score.type == "unanswerable":
        yield "invented", "Kế hoạch không nêu mà vẫn trả lời"
        return
    if score.status == "not_found":
        yield "refused", "Kế hoạch có nêu mà nói là không nêu"
        return
    if score.status not in ("answered", "corrected") and not (score.status == "clarify" and score.type == "ambiguous"):
        yield "unanswered", f"Không trả lời thẳng ({STATUSES.get(score.status, score.status).lower()})"
    if score.missing:
        yield "facts", "Thiếu " + ", ".join(f"“{fact[0]}”" for fact in score.missing)
    if score.forbidden:
        yield "clean", "Lẫn " + ", ".join(f"“{form}”" for form in score.forbidden)
    if score.citation is False:
        yield "citation", "Chỉ dẫn một phần các mục cần dẫn" if score.related else "Không dẫn mục đúng"


def _passage(plans: Mapping[str, Any], plan: str, address: str) -> dict[str, str]:
    """A gold section as the plan prints it."""
    of = plans.get(plan, {"title": plan, "sections": {}})
    section = of["sections"].get(address.partition("/")[0], {"label": address, "text": ""})
    return {"label": section["label"], "plan": of["title"], "text": section["text"]}


def _percent(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{100 * value:.{digits}f}".replace(".", ",")


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace(".", ",").replace("-", "−")
