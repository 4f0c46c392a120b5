"""What a plan is called: its agency, level and place, its number and what it is about, folded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan

LEVELS = {level: level for level in ("tinh", "huyen", "thanh pho", "thi xa", "quan", "xa", "phuong", "thi tran")} | {"tp": "thanh pho"}
_ISSUER_LEVEL = re.compile(r"(?<!\w)(tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn)(?:\.\s*|\s+)(?!đoàn(?!\w)|ủy(?!\w)|uỷ(?!\w))", re.IGNORECASE)
_PARTY = re.compile(r"((?:Tỉnh|Thành|Huyện|Quận|Thị|Xã) (?:ủy|uỷ|đoàn))\s+(\S.*)$", re.IGNORECASE)
# Between the agencies of a joint plan; "Phòng Văn hóa - Xã hội" is one.
_NEXT_AGENCY = re.compile(
    r"\s[-–]\s(?=(?:sở|ban|bộ|cục|chi cục|hội|liên đoàn|công an|phòng|ủy ban|ubnd|viện|tòa án|bảo hiểm|kho bạc|trường|trung tâm|(?:tỉnh|thành|huyện|xã)? ?đoàn)\s)",
    re.IGNORECASE,
)
_PARTY_LEVELS = {"tinh": "tinh", "thanh": "thanh pho", "huyen": "huyen", "quan": "quan", "thi": "thi xa", "xa": "xa"}
LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
COMMITTEE = re.compile(r"\b(?:uy ban nhan dan|ubnd)\b")
KIND = r"ke hoach|chuong trinh|de an|phuong an|thong bao|huong dan|cong van|nghi quyet|quyet dinh|chi thi|thong tu|nghi dinh|phap lenh|bo luat|luat"
COMMUNES = ("xa", "phuong", "thi tran")
_NATIONAL_SYLLABLES = 3
_INITIALS = range(3, 7)
_JOINED = re.compile(r"\bva\b|,")
SYLLABLE = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class PlanNames:
    """Folded: "so noi vu", "tinh", "lam khe"."""

    plan: str
    agency: str
    level: str
    place: str
    kind: str  # "ke hoach", as its title begins
    number: str
    short: frozenset[str]
    cited: frozenset[str]  # numbers of the documents that the plan cites
    subject: frozenset[str]  # the syllables of what it is about, its issuer and its place left out
    pairs: frozenset[str]  # of syllables that stand together there
    topic: frozenset[str]  # runs of three of them that few other plans print at all
    initials: frozenset[str]  # of three of them and more in a row: "cchc"

    @property
    def is_committee(self) -> bool:
        """Whether a people's committee issued it."""
        return self.agency == "ubnd"

    @property
    def national(self) -> frozenset[str]:
        """What tells it from every other agency alone: the name of a body of the whole country, as printed and as said in short."""
        return frozenset(name for name in (self.agency, *self.short) if not self.place and len(name.split()) >= _NATIONAL_SYLLABLES)


def names_of(plan: Plan) -> PlanNames:
    """The names of a plan, from its head."""
    agencies = [_parts_of(issuer, plan.metadata.place) for issuer in _NEXT_AGENCY.split(plan.metadata.issuer)]
    agency = agencies[0][0]
    _, level, place = next((parts for parts in agencies if parts[2]), agencies[0])
    level = LEVELS.get(level, level)
    cited = frozenset(fold(basis.number) for basis in plan.metadata.legal_bases if basis.number)
    suffix = plan.metadata.number.rpartition("-")[2]
    initials = "".join(word[0] for word in agency.split()) if agency != "ubnd" else ""
    spoken = " ".join(SYLLABLE.findall(_JOINED.sub(" ", agency)))  # "Bộ Hạ tầng Đô thị" of "Bộ Hạ tầng và Đô thị"
    short = {
        fold(name) for name in (suffix, initials, spoken, *(other for other, _, _ in agencies[1:])) if len(name) >= 2 and fold(name) not in ("ubnd", agency)
    }
    kind = re.match(KIND, fold(plan.title))
    subject = fold(plan.metadata.subject)
    for name in (name for name in (agency, place) if name and name in subject):  # a pattern of its own for each of thousands of plans takes seconds
        subject = re.sub(rf"\b(?:cua )?{re.escape(name)}\b|\b(?:{LEVEL}) (?={re.escape(name)}\b)", " | ", subject)
    parts = re.split(r"\||\bnam \d+\b", subject)
    return PlanNames(
        plan=plan.id,
        agency=agency,
        level=level,
        place=place,
        kind=kind.group() if kind else "",
        number=fold(plan.metadata.number),
        short=frozenset(short),
        cited=cited,
        subject=frozenset(word for part in parts for word in SYLLABLE.findall(part)),
        pairs=frozenset(run for part in parts for run in runs(part, 2) if not re.search(r"\d", run)),
        topic=frozenset(run for part in parts for run in runs(part, 3) if not re.search(r"\d", run)),
        initials=frozenset("".join(word[0] for word in run.split()) for part in parts for length in _INITIALS for run in runs(part, length)),
    )


def runs_sought(every: Iterable[PlanNames]) -> frozenset[str]:
    """The runs of syllables of which it matters which plans print them: those of the subjects, and the names of communes; of a place of one syllable nothing is said."""
    names = list(every)
    communes = {one.place for one in names if one.level in COMMUNES and " " in one.place}
    return frozenset(communes.union(*(one.pairs | one.topic for one in names)))


def runs_printed(plan: Plan, sought: Collection[str]) -> set[str]:
    """Those of the runs that stand in a section of the plan."""
    lengths = {run.count(" ") + 1 for run in sought}
    return {run for section in plan.sections for length in lengths for run in runs(section.text, length) if run in sought}


def runs(text: str, length: int) -> Iterable[str]:
    """The runs of so many syllables of a text, folded."""
    words = SYLLABLE.findall(fold(text))
    return (" ".join(run) for run in zip(*(words[start:] for start in range(length)), strict=False))


def _parts_of(issuer: str, date_line: str) -> tuple[str, str, str]:
    """Agency, level and place of an issuer, folded; a body of the whole country has a name of its own and no place."""
    party = _PARTY.match(issuer)
    if party:
        return fold(party.group(1)), _PARTY_LEVELS.get(fold(party.group(1)).split()[0], ""), fold(party.group(2))
    level = _ISSUER_LEVEL.search(issuer)  # with its accents: "Ban Quản lý" is of no "quận"
    if level:
        return COMMITTEE.sub("ubnd", fold(issuer[: level.start()])).strip(), fold(level.group(1)), fold(issuer[level.end() :]).strip()
    agency, place = COMMITTEE.sub("ubnd", fold(issuer)), fold(date_line)
    if place and agency.endswith(place):
        return agency.removesuffix(place).strip(), "", place
    return agency, "", "" if agency else place
