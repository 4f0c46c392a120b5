"""``python -m evals retrieval`` on a corpus of two laws and a notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.retrieval import write_documents

ARTICLES = {
    "Luật Nuôi ong@1": "Phạm vi điều chỉnh\n\nLuật này quy định việc nuôi ong lấy mật.",
    "Luật Nuôi ong@2": "Giấy phép\n\n1. Người nuôi ong xin giấy phép tại xã.\n\n2. Giấy phép có hạn ba năm.",
    "Luật Đò ngang@1": "Bến đò\n\nMỗi bến đò có một người trông coi.",
    "thông báo": "Chợ phiên họp vào ngày rằm hằng tháng.",
}
QUESTIONS = [
    {"id": 1, "question": "Giấy phép nuôi ong có hạn mấy năm?", "relevant": ["Luật Nuôi ong@2"]},
    {"id": 2, "question": "Ai trông coi bến đò?", "relevant": ["Luật Đò ngang@1"]},
    {"id": 3, "question": "Chợ phiên họp ngày nào?", "relevant": ["thông báo"]},
]


def files(folder: Path, articles: object = ARTICLES, questions: object = QUESTIONS) -> list[str]:
    (folder / "articles.json").write_text(json.dumps(articles), encoding="utf-8")
    rows = questions if isinstance(questions, list) else [questions]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return ["retrieval", "--articles", str(folder / "articles.json"), "--questions", str(folder / "questions.jsonl")]


def test_articles_of_one_law_are_one_document(tmp_path: Path) -> None:
    places = write_documents(ARTICLES, tmp_path)
    assert places == {
        ("luat-nuoi-ong-1", "1"): "Luật Nuôi ong@1",
        ("luat-nuoi-ong-1", "2"): "Luật Nuôi ong@2",
        ("luat-do-ngang-2", "1"): "Luật Đò ngang@1",
        ("thong-bao-3", ""): "thông báo",
    }
    assert (tmp_path / "luat-nuoi-ong-1.txt").read_text(encoding="utf-8").startswith("LUẬT NUÔI ONG\n\nĐiều 1. Phạm vi")
    assert (tmp_path / "thong-bao-3.txt").read_text(encoding="utf-8") == ARTICLES["thông báo"]


def test_every_article_is_found_in_the_first_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(tmp_path), "--runs", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "4 articles, 3 questions"
    assert lines[1].split() == ["questions", "R@1", "R@5", "R@10", "RR", "nDCG@10", "p50", "ms"]
    figures = json.loads((tmp_path / "retrieval.json").read_text(encoding="utf-8"))
    assert {name: (row["R@1"], row["RR"]) for name, row in figures.items()} == {"as written": (1.0, 1.0), "without diacritics": (1.0, 1.0)}


@pytest.mark.parametrize(
    ("articles", "questions", "words"),
    [
        ([], QUESTIONS, "not an object"),
        ({"a": 1}, QUESTIONS, "not an object"),
        (ARTICLES, {"id": 1}, "a line is not"),
        (ARTICLES, {"id": 1, "question": "Gì?", "relevant": ["b"]}, "'b' is no article"),
    ],
)
def test_what_is_not_in_the_format_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], articles: object, questions: object, words: str) -> None:
    assert main([*files(tmp_path, articles, questions), "--runs", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
