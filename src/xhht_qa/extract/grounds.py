"""Answers about the documents that a plan cites: number, date and issuer of the one that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.lexicon.naming import COMMITTEE
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, LegalBasis, Plan, Query, Source, Statement

KINDS = "quyet dinh|ke hoach|nghi quyet|chi thi|ket luan|thong tu|nghi dinh|luat|huong dan|cong van|chuong trinh"
_NUMBERED = re.compile(r"(?<!\d)\d\w*[/-][\w/&-]*\w")
# "… để triển khai kết luận số mấy?": the kind before "số mấy" is sought, whatever other document the question names
_SOUGHT = re.compile(rf"\b({KINDS})\s+(?:so (?:may|bao nhieu|nao)|nao)\b")
_SOUGHT_KIND = re.compile(rf"\b({KINDS})\b")
_REPLACES = re.compile(r"\b(?:thay the|thay cho|bai bo)\b")
_REPLACED_ASKED = re.compile(r"\b(?:thay|bãi bỏ)\b", re.IGNORECASE)
_NEAR = 40  # characters between the verb and the document
_CLAUSE = re.compile(r"[.;\n]|\d/[\w/-]+")
_WORDS_BESIDE, _SAID_BESIDE, _LEAST_SAID = 20, 1.0, 0.6  # "“Gia đình hiếu học” theo Quyết định số … phê duyệt Đề án …"
_AS_MUCH = 0.8  # of what the best one says
_BY_NAME = ("luat", "chuong trinh")  # are cited without a number
_BY_NUMBER = 0.95  # how sure a document is that was found by its very number
_LEAST_FIT = 1.0  # its kind alone, or its issuer, or a good rank of its section
# "kế hoạch nào căn cứ quyết định 1315?": all of them, each with the words in which it cites that document; whoever asks by when
# or to whom such plans report, or for what guides or replaces that document, does not seek those that cite it.
_CITING = re.compile(
    r"^(?!.*\b(?:ai|dau|gi|the nao|khi nao|bao gio|bao lau|ra sao|huong dan thuc hien|quy dinh chi tiet|thay the|sua doi|(?:ngay|co quan|don vi|so|phong) nao"
    r"|(?:may|bao nhieu)(?! (?:ke hoach|van ban)\b))\b)"
    r"(?=.*\b(?:(?:ke hoach|van ban) nao|(?:nhung|cac|may|bao nhieu) (?:ke hoach|van ban))\b)"
    r"(?=.*\b(?:can cu|(?<!huong )dan|nhac|dua|theo|thuc hien|trien khai|cu the hoa|neu)\b)"
    r".*\b(quyet dinh|nghi quyet|chi thi|ket luan|thong tu|nghi dinh|huong dan|cong van)(?: so)? (\d[\w/&-]*)"
)
_LIST_ASKED = re.compile(r"\b(?:nhung|cac)\b.{0,20}\b(?:van ban|can cu|quyet dinh|ke hoach|nghi quyet|thong tu|nghi dinh|chi thi|luat)\b")


def compose(material: Material) -> Draft | None:
    """The cited document that is asked for, or all of a kind; None where none fits."""
    query = material.query
    if query.slot != "legal_basis" or query.compare:
        return None
    fitting = _fitting(query, material)
    if not fitting:
        return None if _prints_sought(material) else not_found(material)
    if not _LIST_ASKED.search(fold(query.text)):
        return Draft("answered", statements=tuple(map(_statement, _equal(fitting))))
    kind = _SOUGHT_KIND.search(fold(query.text))
    named = [source for basis, source, _ in fitting if kind and fold(basis.kind) == kind.group(1) and source.plan == fitting[0][1].plan]
    return Draft("answered", statements=tuple(map(_statement, named))) if named else None


def citing(material: Material) -> Draft | None:
    """The plans that cite the document named by its kind and number; None where no plans are sought by one."""
    query = material.query
    asked = _CITING.search(fold(query.text)) if not query.named and not query.confirm else None
    if asked is None:
        return None
    printed = re.compile(rf"\b{asked.group(1)} so:? ?{re.escape(asked.group(2))}(?!\d)[^,;.“”\"()]*?(?=[,;.“”\"()]| ve | ban hanh | phe duyet |$)")
    found = (next(_citations(material.plans[plan], printed), None) for plan in material.candidates)
    statements = tuple(Statement(f"{source.quote}.", (source,), material.name(source.plan)) for source in found if source)
    tail = messages.NARROWER if len(material.candidates) < len(material.scope) else ""
    return Draft("answered", messages.AGGREGATE, statements, tail, confidence=_BY_NUMBER, side_by_side=True) if statements else not_found(material)


def _citations(plan: Plan, printed: re.Pattern[str]) -> Iterator[Source]:
    """Where a plan prints a document, in its order."""
    for section in plan.sections:
        for paragraph in section.paragraphs:
            yield from (
                Source(plan.id, section.address, paragraph.bullet, paragraph.text[match.start() : match.end()])
                for match in printed.finditer(fold(paragraph.text))
            )


def _prints_sought(material: Material) -> bool:
    """Whether any plan asked about prints a number behind the kind of document whose number is asked for; where no kind is, nothing is missed."""
    sought = _SOUGHT.search(fold(material.query.text))
    numbered = re.compile(rf"\b{sought.group(1)}\b" + ("" if sought.group(1) in _BY_NAME else r" so:? ?\d")) if sought else None
    return numbered is None or any(numbered.search(fold(section.text)) for plan in material.candidates for section in material.plans[plan].sections)


def _statement(source: Source) -> Statement:
    return Statement(f"{source.quote}.", (source,))


def _fitting(query: Query, material: Material) -> list[tuple[LegalBasis, Source, float]]:
    """The cited documents that fit the question, best first, each with the words in which its plan cites it and the share of the question beside them."""
    asked, passages, plans = fold(query.text), material.passages, material.plans
    candidates = []
    rank = {(passage.plan, passage.section): passage.score for passage in passages}
    for plan in (plans[passage_plan] for passage_plan in dict.fromkeys(passage.plan for passage in passages)):
        for basis in plan.metadata.legal_bases:
            quote = quoted(plan, basis)
            score = _fit(basis, asked) + _replacing(plan, basis, quote, query.text) + rank.get((plan.id, basis.section), 0.0)
            said = max(map(material.weights.words_cover, _beside(plan, basis, quote)))
            if quote and score > _LEAST_FIT:
                candidates.append((score + _SAID_BESIDE * said, basis, Source(plan.id, basis.section, "", quote), said))
    return [(basis, source, said) for _, basis, source, said in sorted(candidates, key=lambda candidate: -candidate[0])]


def _equal(fitting: Sequence[tuple[LegalBasis, Source, float]]) -> list[Source]:
    """The best one, with others of its kind that the plan cites in the very words of the question: it may give one matter two numbers."""
    best, source, said = fitting[0]
    others = {
        basis.number: other
        for basis, other, share in reversed(fitting)
        if (basis.kind, other.plan) == (best.kind, source.plan) and basis.number != best.number and share >= max(_AS_MUCH * said, _LEAST_SAID)
    }
    return [source, *others.values()]


def _fit(basis: LegalBasis, asked: str) -> float:
    """How well kind, number and issuer of a cited document are those of the question."""
    numbers = _NUMBERED.findall(asked)
    sought = _SOUGHT.search(asked)
    if sought and fold(basis.kind) != sought.group(1):
        return -3.0
    if numbers and not sought:
        return 3.0 if fold(basis.number) in numbers else -3.0
    kind = 1.0 if re.search(rf"\b{fold(basis.kind)}\b", asked) else 0.0
    issuer, asked = (COMMITTEE.sub("ubnd", text) for text in (fold(basis.issuer), asked))
    opening = " ".join(issuer.split()[:2])  # "Kế hoạch nào của UBND tỉnh": whose place the plan leaves no doubt of
    return kind + (1.5 if issuer and issuer in asked else 1.0 if " " in opening and opening in asked else 0.0)


def _replacing(plan: Plan, basis: LegalBasis, quote: str, asked: str) -> float:
    """Whether the document is the one that the plan takes the place of, where that is asked; and not, where it is not."""
    section = plan.section(basis.section)
    before = section.text.partition(quote)[0] if section and quote else ""
    replaced = bool(_REPLACES.search(fold(before)[-_NEAR:]))
    return 2.0 if replaced and _REPLACED_ASKED.search(asked) else -2.0 if replaced or _REPLACED_ASKED.search(asked) else 0.0


def _beside(plan: Plan, basis: LegalBasis, quote: str) -> tuple[str, str]:
    """The words on either side of a citation, as far as the end of the clause and the next citation: what it is cited for, and what it is about."""
    section = plan.section(basis.section)
    before, _, behind = section.text.partition(quote) if section and quote else ("", "", "")
    return " ".join(_CLAUSE.split(before)[-1].split()[-_WORDS_BESIDE:]), " ".join(_CLAUSE.split(behind)[0].split()[:_WORDS_BESIDE])


def quoted(plan: Plan, basis: LegalBasis) -> str:
    """The citation as printed, from the kind of document to its issuer."""
    section = plan.section(basis.section)
    if not section:
        return ""
    number = rf"{re.escape(basis.kind)} số:? {re.escape(basis.number)}"
    issuer = rf"(?:\s+của\s+{re.escape(basis.issuer)})?"
    dated = (rf"{number}[^.;\n]*?{re.escape(basis.date)}{issuer}", rf"{number}(?:[^.;]*?{re.escape(basis.date)})?{issuer}") if basis.date else (number,)
    found = (re.search(pattern, section.text) for pattern in dated)  # on one line where it stands so: a title may have the number without its day
    return next((match.group() for match in found if match), "")
