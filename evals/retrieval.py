"""``python -m evals retrieval``: our retrieval on any public set of articles and questions, by the ordinary pipeline.

Articles whose ids share what stands before "@" are one document ("Luật Cư trú@12" is its Điều 12); any other article is a document of
its own. The documents are written as text files, ingested, and searched as plans are; a section counts for its article.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from tqdm import tqdm

from evals.ranking import mean, measured
from evals.run import RUNS
from evals.score import percentile
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings
from xhht_qa.text.normalise import fold, slug
from xhht_qa.types import Passage

MEASURES = ("R@1", "R@5", "R@10", "RR", "nDCG@10")
DEPTH = 100  # sections; the articles that they are in are ranked by their best


class CorpusError(XhhtError):
    """A file of articles or questions that is not in the format."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals retrieval", description="Measure the retrieval alone on a public set.")
    parser.add_argument("--articles", type=Path, required=True, help="JSON: {id: text}")
    parser.add_argument("--questions", type=Path, required=True, help='a line each: {"id", "question", "relevant": [article ids]}')
    parser.add_argument("--runs", type=Path, default=RUNS, help="where figures and the index are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    articles, questions = load_articles(given.articles), load_questions(given.questions)
    folder = given.runs / ".corpora" / slug(str(given.articles.resolve()))
    unknown = next((id_ for question in questions for id_ in question["relevant"] if id_ not in articles), None)
    if unknown is not None:
        raise CorpusError(f"{given.questions}: {unknown!r} is no article of {given.articles}")
    figures = _measured(folder, write_documents(articles, folder / "documents"), questions)
    (given.runs / "retrieval.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(articles)} articles, {len(questions)} questions")
    print(f"{'questions':<20}" + "".join(f"{measure:>9}" for measure in MEASURES) + f"{'p50 ms':>9}")
    for name, row in figures.items():
        print(f"{name:<20}" + "".join(f"{row[measure]:>9.3f}" for measure in MEASURES) + f"{row['p50_ms']:>9.1f}")
    return 0


def load_articles(path: Path) -> dict[str, str]:
    """Article id → text. Raises CorpusError."""
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read as JSON: {error}") from None
    if not isinstance(articles, dict) or not articles or not all(isinstance(text, str) for text in articles.values()):
        raise CorpusError(f"{path} is not an object of article ids and texts")
    return articles


def load_questions(path: Path) -> list[dict[str, Any]]:
    """The questions with the ids of the articles that answer them. Raises CorpusError."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [{"id": str(row["id"]), "question": str(row["question"]), "relevant": list(row["relevant"])} for row in rows]
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read as JSON lines: {error}") from None
    except (KeyError, TypeError):
        raise CorpusError(f'{path}: a line is not {{"id", "question", "relevant"}}') from None


def write_documents(articles: Mapping[str, str], folder: Path) -> dict[tuple[str, str], str]:
    """Write the documents; (plan id, article number, "" for a document of one article) → article id."""
    shutil.rmtree(folder, ignore_errors=True)  # of articles that have gone since
    folder.mkdir(parents=True)
    documents: dict[str, list[str]] = defaultdict(list)
    for id_ in articles:
        documents[id_.rpartition("@")[0] or id_].append(id_)
    places: dict[tuple[str, str], str] = {}
    for number, (name, ids) in enumerate(documents.items(), start=1):
        plan = f"{slug(name)[:80]}-{number}"
        texts = [f"Điều {id_.rpartition('@')[2]}. {articles[id_]}" if "@" in id_ else articles[id_] for id_ in ids]
        (folder / f"{plan}.txt").write_text("\n\n".join([*([name.upper()] if "@" in ids[0] else []), *texts]), encoding="utf-8")
        places |= {(plan, id_.rpartition("@")[2] if "@" in id_ else ""): id_ for id_ in ids}
    return places


def _measured(folder: Path, places: Mapping[tuple[str, str], str], questions: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Figures of the questions as written, and of the same without diacritics."""
    from ingest.build import build
    from xhht_qa.engine import Engine

    settings = load_settings(index_dir=folder / "index", max_question_chars=10_000)
    build([folder / "documents"], folder / "index", load_encoder(settings), only=True)
    engine = Engine.open(settings)
    relevant = {question["id"]: question["relevant"] for question in questions}
    figures = {}
    for name, written in (("as written", str), ("without diacritics", fold)):
        found: dict[str, list[str]] = {}
        times = []
        for question in tqdm(questions, desc=name, disable=None):
            started = perf_counter()
            passages = engine.search(written(question["question"]), DEPTH)
            times.append(1000 * (perf_counter() - started))
            found[question["id"]] = list(dict.fromkeys(_articles(passages, places)))
        values = measured(relevant, found, MEASURES)
        figures[name] = {measure: mean(values, measure) for measure in MEASURES} | {"p50_ms": round(percentile(sorted(times), 50) or 0.0, 1)}
    return figures


def _articles(passages: Sequence[Passage], places: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for passage in passages:
        article = re.match(r"Đ([^.(]+)", passage.section)
        id_ = places.get((passage.plan, "")) or places.get((passage.plan, article.group(1) if article else ""))
        if id_ is not None:
            yield id_
