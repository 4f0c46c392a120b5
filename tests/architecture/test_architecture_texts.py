"""What source files may not name, and the error tree as it is drawn."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from xhht_qa import errors, messages
from xhht_qa.index import open_index
from xhht_qa.text.normalise import fold

ROOT = Path(__file__).parents[2]
MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "ingest").glob("*.py"), ROOT / "app.py"])
PAGES = sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in (".js", ".css", ".html"))
# Where the plans that the product was developed beside come from; a rule that knows one of them would fit no other plan.
DEVELOPED_BESIDE = ("bac giang", "ha tinh", "dong nai", "thanh tri", "ha noi")
XML_NAMESPACES = {"schemas.openxmlformats.org", "schemas.microsoft.com", "www.w3.org", "purl.org"}  # names that nobody visits
_HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|co|dev|cloud|ai|vn)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][A-Za-z]+(?=\s|$)")


def code(path: Path) -> str:
    """The names and literals of a module, one a line, without docstrings and comments, which only give examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    literals = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained]
    return "\n".join(literals + [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)])


def named(text: str, places: tuple[str, ...]) -> list[str]:
    """The folded places that stand in the text as whole words, joined or not."""
    folded = re.sub(r"[_\s-]+", " ", fold(text))
    return [place for place in places if re.search(rf"\b(?:{re.escape(place)}|{place.replace(' ', '')})\b", folded)]


def test_no_rule_names_a_place(sample_index: Path) -> None:
    samples = {fold(plan.metadata.place) for plan in open_index(sample_index).plans.values() if plan.metadata.place}
    assert len(samples) > 4
    places = tuple(sorted({*samples, *DEVELOPED_BESIDE}))
    assert {path.name: found for path in MODULES if (found := named(code(path), places))} == {}


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("kế hoạch của Hà Tĩnh", ["ha tinh"], "typed with accents"),
        ("sotuphap-hatinh", ["ha tinh"], "inside a plan id"),
        ("pha tính năng", [], "inside another word"),
    ],
)
def test_a_place_is_seen_however_it_is_written(text: str, found: list[str], why: str) -> None:
    assert named(text, DEVELOPED_BESIDE) == found, why


# Where Vietnamese is no sentence of ours: what the plans print and people type, read by rule.
GRAMMAR = {
    "query", "lexicon", "text", "extract", "retrieve",
    "facts/days.py",  # names of days and periods as printed
    "views/names.py", "views/pairing.py", "views/documents.py",  # names of agencies, numbers of sections, levels as printed
    "ui/questions.py",  # how a fact that is a report begins
    "generate/lexicon.py", "generate/reading.py", "generate/guard.py", "generate/clause.py",  # words as printed, and as models write them
    "live.py", "api/state.py", "operate/check_content.py",  # a question that nobody sees, to warm up and to try
    "web/static/filter.js",  # folds đ
    "web/static/widget.js",  # runs in the pages of others, which carry no words of ours
}  # fmt: skip
_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$|//[^\n\"'`]*$", re.DOTALL | re.MULTILINE)


def words_of(path: Path) -> str:
    """The Vietnamese that a module or a script holds beside its comments."""
    said = code(path) if path.suffix == ".py" else _SCRIPT_COMMENT.sub("", path.read_text(encoding="utf-8"))
    return "\n".join(line for line in said.split("\n") if _VIETNAMESE.search(line))


def test_what_users_are_told_stands_in_messages_and_templates() -> None:
    source = ROOT / "src" / "xhht_qa"
    files = {path.relative_to(source).as_posix(): path for path in (*source.rglob("*.py"), *source.rglob("*.js"))} | {"app.py": ROOT / "app.py"}
    found = {name: words for name, path in files.items() if not name.startswith("messages/") and (words := words_of(path))}
    excused = {name for name in found if {name, name.partition("/")[0]} & GRAMMAR}
    assert {name: words for name, words in found.items() if name not in excused} == {}, "move them to xhht_qa/messages"
    assert {entry for entry in GRAMMAR if not any(name in (entry,) or name.startswith(f"{entry}/") for name in excused)} == set(), "needs no excuse any more"


def test_the_scripts_say_what_there_is_to_say() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/xhht_qa/web/static").glob("*.js"))
    asked = set(re.findall(r"(?<=message\()[^)]*?(?=[,)])", scripts))
    named = {name for call in asked for name in re.findall(r'"(\w+)"', call)} | set(
        re.findall(r'"(filter_\w+|busy|lost|unexpected|ask_which|ask_next)"', scripts)
    )
    assert named == set(messages.SCRIPT)


def test_no_host_of_the_internet_is_named() -> None:
    shipped = [*MODULES, *PAGES, ROOT / "pyproject.toml", ROOT / "Makefile"]
    assert {path.name: found for path in shipped if (found := set(_HOST.findall(path.read_text(encoding="utf-8"))) - XML_NAMESPACES)} == {}


def test_the_error_tree_is_drawn_as_it_is() -> None:
    """The parent of a name in the drawing is the nearest name before it that stands further to the left."""
    drawn: dict[str, str] = {}
    open_branches: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").split("\n"):
        for match in _NAME.finditer(line):
            if not (match.start() == 0 or line[match.start() - 2] == "─"):
                continue  # a word of an explanation
            while open_branches and open_branches[-1][0] > match.start() - 3:  # siblings may be a column apart
                open_branches.pop()
            if open_branches:
                drawn[match.group()] = open_branches[-1][1]
            open_branches.append((match.start(), match.group()))
    real = {
        name: kind.__base__.__name__
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, Exception) and kind is not errors.XhhtError and kind.__base__
    }
    assert len(real) > 5
    assert drawn == real


def test_every_error_is_explained() -> None:
    undocumented = [name for name, kind in vars(errors).items() if inspect.isclass(kind) and not kind.__doc__]
    assert undocumented == []
    assert issubclass(errors.XhhtError, Exception)


def test_no_sentence_is_hidden_by_the_module_of_that_name() -> None:
    areas = [import_module(f"xhht_qa.messages.{found.name}") for found in iter_modules(messages.__path__)]
    said = [
        name
        for area in areas
        for name, value in vars(area).items()
        if not name.startswith("_") and not inspect.ismodule(value) and getattr(value, "__module__", area.__name__) == area.__name__
    ]
    assert len(said) == len(set(said)), "each once"
    assert [name for name in said if inspect.ismodule(getattr(messages, name, None))] == []
