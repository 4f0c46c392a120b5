"""The machine: packages, programs that read files, folders, the port."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from xhht_qa.errors import ModelFailure
from xhht_qa.llm import load_model
from xhht_qa.operate.finding import Finding, broken, doubtful, well
from xhht_qa.settings import Settings

_FEW_BYTES, _TOO_FEW_BYTES = 2_000_000_000, 100_000_000  # a build is written beside the one that it replaces
_PROJECT = Path(__file__).parents[3] / "pyproject.toml"
_CONSTRAINTS = _PROJECT.with_name("constraints.txt")
_PINNED = re.compile(r"([\w.-]+)==([\w.+]+)")
_WEB_FONTS = Path(__file__).parents[1] / "web" / "static"
_INSTALL = "python -m pip install --constraint constraints.txt --editable ."


def check_packages(settings: Settings) -> Iterator[Finding]:
    """The packages that were tested together are those that are installed."""
    try:
        pinned = _pins(_required())
    except metadata.PackageNotFoundError:
        yield doubtful("packages", "the product is not installed, so that its packages cannot be compared", _INSTALL)
        return
    tested = pinned | _pins(_CONSTRAINTS.read_text(encoding="utf-8").splitlines() if _CONSTRAINTS.is_file() else ())
    installed = {name: _version(name) for name in tested}
    missing = [name for name in pinned if installed[name] is None]
    others = [
        f"{name} {version} instead of {tested[name]}"
        for name, version in installed.items()
        if version not in (None, tested[name], _local(tested[name], version))
    ]
    if missing:
        yield broken("packages", f"not installed: {', '.join(missing)}", _INSTALL)
    if others:
        yield doubtful("packages", f"not the versions that were tested together: {', '.join(sorted(others))}", _INSTALL)
    if not missing and not others:
        yield well(
            "packages", f"{len(pinned)} packages and those that they need are the versions that were tested together, on Python {sys.version.split()[0]}"
        )


def _required() -> list[str]:
    """By the checkout, which may be newer than what was installed from it; else as it was installed."""
    if _PROJECT.is_file():
        listed: list[str] = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
        return listed
    return [line for line in metadata.requires("xhht-qa") or [] if "extra ==" not in line]


def _pins(lines: Iterable[str]) -> dict[str, str]:
    """Package → version."""
    return {match.group(1): match.group(2) for line in lines if (match := _PINNED.match(line))}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _local(wanted: str, version: str | None) -> str | None:
    """The version if it is a build of the one that is wanted, as 2.13.0+cpu is one of 2.13.0."""
    return version if version and version.partition("+")[0] == wanted else None


def check_readers(settings: Settings) -> Iterator[Finding]:
    """What reads scanned pages and office files, and the page's own fonts."""
    done = subprocess.run([sys.executable, "-m", "ingest.needs"], capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode:
        yield broken("reading", f"the program that reads plans does not start: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}", _INSTALL)
        return
    needs = json.loads(done.stdout)
    for what, mend in needs["missing"].items():
        yield doubtful("reading", f"{what} cannot be read", mend)
    if not needs["missing"]:
        yield well("reading", f"{' '.join(needs['formats'])} and scanned pages can be read")
    if not any(_WEB_FONTS.rglob("*.woff2")):
        yield doubtful("fonts", f"the page's Vietnamese font is not in {_WEB_FONTS}", _INSTALL)


def check_folders(settings: Settings) -> Iterator[Finding]:
    """Every folder that is written to can be, and has room."""
    folders = {"index": settings.index_dir, "data": settings.data_dir, "plans": settings.plans_dir, "feedback": settings.feedback_file.parent}
    for name, folder in folders.items():
        yield from _folder(name, folder)
    if settings.data_dir.is_dir() and settings.data_dir.stat().st_mode & 0o007:
        for file in sorted(settings.data_dir.glob("*.sqlite")):
            if file.stat().st_mode & 0o077:
                yield doubtful("folder", f"other users of this machine can read {file}, in which people's questions are", f"chmod 600 {file}")


def _folder(name: str, folder: Path) -> Iterator[Finding]:
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not there.is_dir():
        yield broken("folder", f"{there}, where the folder of the {name} should be, is a file", f"move it away, or change XHHT_{name.upper()}_DIR")
        return
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            yield broken("folder", f"{there} (for the {name}) cannot be written to: {error.strerror}", f"chown -R {_user()} {there}")
            return
    free = shutil.disk_usage(there).free
    room = f"{free / 1e9:.1f} GB free"
    if free < _TOO_FEW_BYTES:
        yield broken("folder", f"{folder} ({name}): the disk is full, {room}", "make room on the disk; builds, uploads and conversations fail without it")
    elif free < _FEW_BYTES:
        yield doubtful("folder", f"{folder} ({name}): {room}, which a new build may need", "make room on the disk")
    else:
        yield well("folder", f"{folder} ({name}): can be written to, {room}")


def _user() -> str:
    return str(os.environ.get("USER") or os.getuid())


_MODEL_FAILURES = {
    "down": ("nothing answers there", "start the server, or correct XHHT_LLM_BASE_URL; leave it empty to do without"),
    "timeout": ("it says nothing in time", "raise XHHT_LLM_FIRST_TIMEOUT, or take a smaller model"),
    "busy": ("it has no time", "ask again later, or raise its limits"),
    "refused": ("it does not take the request", "correct XHHT_LLM_MODEL and XHHT_LLM_API_KEY"),
    "invalid": ("what it sends is not what OpenAI's servers send", "correct XHHT_LLM_BASE_URL; it usually ends in /v1"),
    "empty": ("it answers nothing", "take another model"),
}


def check_port(settings: Settings) -> Iterator[Finding]:
    """The port is free, or it is we who answer there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    place = f"{settings.host}:{settings.port}"
    try:
        with closing(socket.create_server((settings.host, settings.port), family=family)):
            yield well("port", f"{place} is free; nothing is served now")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            yield broken("port", f"{place} cannot be listened at: {error.strerror}", "correct XHHT_HOST and XHHT_PORT")
        elif _answers(settings):
            yield well("port", f"{place} is served by us")
        else:
            yield broken("port", f"another program listens at {place}", f"stop it (ss -ltnp 'sport = :{settings.port}' names it), or choose another XHHT_PORT")


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, f"[{settings.host}]" if ":" in settings.host else settings.host)
    try:
        with build_opener(ProxyHandler({})).open(f"http://{host}:{settings.port}/health", timeout=5) as answer:
            return bool(json.loads(answer.read(1000)).get("status") == "ok")
    except (URLError, OSError, ValueError, AttributeError):
        return False


def check_model(settings: Settings) -> Iterator[Finding]:
    """The language model, where one is named, says something."""
    model = load_model(settings)
    if model is None:
        return
    place = f"{settings.llm_model or 'the model'} at {settings.llm_base_url}"
    try:
        next(model.stream("Answer with one word.", "1 + 1 = ?", max_tokens=8))
        yield well("model", f"{place} answers")
    except ModelFailure as failure:
        means, mend = _MODEL_FAILURES.get(failure.reason, _MODEL_FAILURES["down"])
        yield doubtful("model", f"{place}: {means}; answers are the plans' own words meanwhile", mend)
