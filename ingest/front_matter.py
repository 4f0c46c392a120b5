"""What a person states about a plan: at the top of its file, between two "---", or in a YAML file of the same name beside it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from xhht_qa.errors import ReadError
from xhht_qa.types import Line

FIELDS = ("id", "title", "issuer", "place", "number", "date", "subject", "signer", "capacity", "recipients", "legal_bases", "note")
_MEND = "write one “key: value” a line"
_LARGEST_BYTES = 10_000  # a page or two
_FIELD = re.compile(rf"(?:{'|'.join(FIELDS)})\s*:")
_KEY = re.compile(r"[a-z_]+\s*:")
_DATE = re.compile(r"(?:(?:(?P<day>\d{0,2})/)?(?P<month>\d{0,2})/(?P<year>[12]\d{3})|(?P<iso_year>[12]\d{3})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2}))$")
_SHOWN = 30  # characters of what is wrong
_NAMED = 10  # slips that are pointed out


def split(path: Path, lines: tuple[Line, ...]) -> tuple[dict[str, str], tuple[Line, ...]]:
    """The front matter of a plan and the plan's own lines; between two rules that hold no “key:” stands text. Raises ReadError."""
    if not lines or lines[0].text != "---":
        return {}, lines
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.text == "---"), None)
    if end is None or not (_KEY.match(lines[1].text) or any(_FIELD.match(line.text) for line in lines[1:end])):
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
    fields = {key: value for key, value in (values | lists).items() if isinstance(key, str) and isinstance(value, str)}
    return fields | {"date": _date(path, fields["date"])} if fields.get("date") else fields


def _date(path: Path, text: str) -> str:
    """A date as the print of a plan gives it: "5/3/2026", "/3/2026" with its day left blank, "/2026". Raises ReadError."""
    match = _DATE.match("".join(text.split()))
    figures = [(match[part] or match[f"iso_{part}"] or "").lstrip("0") for part in ("day", "month", "year")] if match else []
    try:
        day, month, year = (int(figure or 1) for figure in figures)
        datetime.date(year, month, day)
    except ValueError:
        raise ReadError(f"{path}: the date “{text[:_SHOWN]}” is none; write it as day/month/year, such as 5/3/2026, or /3/2026 without its day") from None
    if figures[0] and not figures[1]:
        raise ReadError(f"{path}: the date “{text[:_SHOWN]}” has a day and no month; write it as day/month/year, such as 5/3/2026")
    return "/".join(figures) if figures[0] else "/" + "/".join(filter(None, figures))


def _item(value: object) -> str:
    """An item of a list as it was typed: to YAML "- Lưu: VT." is a mapping."""
    if isinstance(value, dict):
        return next((f"{key}: {text}" for key, text in value.items() if isinstance(text, str)), "")
    return value if isinstance(value, str) else ""
