"""Rows of task tables: what the columns are called tells what each cell is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.bodies import body_end
from ingest.facts.clauses import rows_of
from ingest.facts.occasions import level_in
from xhht_qa.text.due import find_dues
from xhht_qa.text.normalise import fold
from xhht_qa.types import Due, Fact, FactKind, Paragraph, Plan, Role, Section

_COLUMNS = (
    ("coordinate", re.compile(r"(?:.*\b)?phoi hop\b")),
    ("due", re.compile(r"(?:thoi han|thoi gian|han|tien do|hoan thanh|ngay hoan thanh|moc)\b")),
    ("lead", re.compile(r"(?:.*\b)?(?:chu tri|phu trach|dau moi|duoc giao|phan cong)\b|(?:co quan|don vi|bo phan|nguoi) (?:thuc hien|bao cao)\b")),
    ("product", re.compile(r"(?:san pham|ket qua|dau ra)\b")),
    ("budget", re.compile(r"(?:kinh phi|du toan|so tien|von)\b")),
    ("target", re.compile(r"(?:chi tieu|muc tieu|ke hoach giao|so luong|chi so)\b.*")),
    (
        "task",
        re.compile(
            r"(?:ten |noi dung|nhiem vu|cong viec|viec|hoat dong|giai phap|hang muc|co so|chuyen de|du an|xa\b|phuong\b|huyen\b|don vi\b|dia phuong|chi tieu|linh vuc|khoi\b)"
        ),
    ),
)
_COUNTER = re.compile(r"(?:stt|tt|so tt|so thu tu)\b|$")
_FIGURE = re.compile(r"\d[\d.,]*(?:\s*%)?$")


def rows_facts(plan: Plan) -> Iterator[Fact]:
    """Deadline, responsibilities and figures of every row that names a task."""
    for section, paragraph in rows_of(plan):
        yield from _of_row(plan, section, paragraph)


def _of_row(plan: Plan, section: Section, paragraph: Paragraph) -> Iterator[Fact]:
    cells: dict[str, tuple[str, str]] = {}
    for name, text in paragraph.cells:
        column = _column(name)
        if column and text.strip() and column not in cells:
            cells[column] = (name, text.strip())
    if "task" not in cells and "target" in cells and not _FIGURE.match(cells["target"][1]):
        cells["task"] = cells.pop("target")  # "Chỉ tiêu" heads what is measured here, the figure stands elsewhere
    if "task" not in cells:
        return
    task = cells["task"][1]
    lead = cells.get("lead", ("", ""))[1]

    def fact(kind: FactKind, actor: str = "", role: Role | None = None, due: Due | None = None, value: str = "") -> Fact:
        fields = {"action": task} if kind in ("deadline", "responsibility") else {"object": task}
        return Fact(
            kind,
            plan.id,
            section.address,
            paragraph.bullet,
            paragraph.first_line,
            paragraph.last_line,
            paragraph.text,
            actor=actor,
            role=role,
            due=due,
            value=value,
            level=level_in(task),
            **fields,
        )

    dues = [mention.due for mention in find_dues(cells["due"][1])] if "due" in cells else []
    target = cells.get("target")
    if target and _FIGURE.match(target[1]):
        yield fact("target", due=dues[0] if dues else None, value=target[1])
        dues = []  # the row's date is that of its figure
    for due in dues:
        yield fact("deadline", lead, None, due, cells.get("product", ("", ""))[1])
    if lead:
        yield fact("responsibility", lead, "lead", None, cells.get("product", ("", ""))[1])
    for partner in _partners(cells.get("coordinate", ("", ""))[1]):
        yield fact("responsibility", partner, "coordinate")
    if "budget" in cells and re.search(r"\d", cells["budget"][1]):
        yield fact("budget", value=cells["budget"][1])


def _column(name: str) -> str:
    folded = fold(name).strip(" .:")
    if _COUNTER.match(folded):
        return ""
    return next((column for column, pattern in _COLUMNS if pattern.match(folded)), "")


def _partners(cell: str) -> list[str]:
    """The bodies of a cell, apart where each has a name of its own: "Sở KHCN, UBND cấp xã"."""
    if not cell or cell in ("-", "–"):
        return []
    parts = re.split(r"[;,]\s+", cell)
    whole = all(body_end(part, 0) == len(part) and part[:1].isupper() for part in parts)
    return parts if len(parts) > 1 and whole else [cell]
