"""What a person states about a plan: at the top of its file, between two "---", or in a YAML file of the same name beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from xhht_qa.errors import ReadError
from xhht_qa.types import Line

FIELDS = ("id", "title", "issuer", "place", "number", "date", "subject", "signer", "capacity", "recipients", "legal_bases", "note")
_MEND = "write one “key: value” a line"
_LARGEST_BYTES = 10_000  # a page or two
_NAMED = 10  # slips that are pointed out


def split(path: Path, lines: tuple[Line, ...]) -> tuple[dict[str, str], tuple[Line, ...]]:
    """The front matter of a plan and the plan's own lines. Raises ReadError."""
    if not lines or lines[0].text != "---":
        return {}, lines
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.text == "---"), None)
    if end is None:
        return {}, lines
    text = "\n".join(line.text for line in lines[1:end])
    if len(text) > _LARGEST_BYTES:
        raise ReadError(f"{path}: the front matter is longer than {_LARGEST_BYTES // 1000} kB; keep only the lines that correct the print")
    return _fields(path, text), lines[end + 1 :]


def beside(path: Path) -> dict[str, str]:
    """What "plan.yaml" says beside "plan.pdf"; empty without one. Raises ReadError, which names that file."""
    own = path.with_suffix(".yaml")
    try:
        if not own.is_file():
            return {}
        with own.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
        if len(data) > _LARGEST_BYTES:
            raise ReadError(f"{own}: the file is larger than {_LARGEST_BYTES // 1000} kB; keep only the lines that correct {path.name}")
        return _fields(own, data.decode("utf-8-sig"))
    except OSError as error:
        raise ReadError(f"{own}: cannot be opened ({error.strerror}); check its permissions") from None
    except UnicodeDecodeError:
        raise ReadError(f"{own}: the file is not UTF-8; save it as UTF-8") from None


def unknown_fields(front_matter: Mapping[str, str]) -> list[str]:
    """One warning for each field that nothing reads, mostly a slip of the pen."""
    return [f"the front matter's “{field}” is not known; the fields are {', '.join(FIELDS)}" for field in front_matter if field not in FIELDS][:_NAMED]


def _fields(path: Path, text: str) -> dict[str, str]:
    """Field → text; the items of a list one a line. A field that is given empty stays: the print is blank there."""
    try:
        # Every value stays the text that was typed: no dates, no numbers, and no aliases that unfold to gigabytes.
        values = yaml.load(text, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, RecursionError):
        raise ReadError(f"{path}: the front matter is not valid YAML; {_MEND}") from None
    if not isinstance(values, dict):
        raise ReadError(f"{path}: the front matter is not a list of “key: value” lines; {_MEND} between the two “---”")
    lists = {key: "\n".join(map(_item, value)) for key, value in values.items() if isinstance(value, list)}
    return {key: value for key, value in (values | lists).items() if isinstance(key, str) and isinstance(value, str)}


def _item(value: object) -> str:
    """An item of a list as it was typed: to YAML "- Lưu: VT." is a mapping."""
    if isinstance(value, dict):
        return next((f"{key}: {text}" for key, text in value.items() if isinstance(text, str)), "")
    return value if isinstance(value, str) else ""
