"""Answers about a plan as a document: who signed it, where it goes, its number and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import CLOSING, OPENING, Draft, Plan, Query, Source, Statement

_DELEGATED = re.compile(r"(KT|TL|TUQ)\.\s*(.+)")
_ABBREVIATED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.")
_INITIALS = re.compile(r"(?:ubnd|[^aeiouy\W\d]+)$")  # "UBND", "GDĐT"
_DAY_TOO = re.compile(r"(?<!\w)(?:ngày|hôm|số) (?:nào|mấy|bao nhiêu)|khi nào|bao giờ|số hiệu")
_SIGNER_TOO = re.compile(r"(?<!\w)(?:ai|người nào) (?:là người )?(?:ký|kí)(?!\w)|người (?:ký|kí)")
_CLAIMED_SIGNER = re.compile(r"(?<!\w)do (?:ông |bà |đồng chí )?(.+?) (?:ký|kí)(?!\w)")
_PLAN_NAMED = re.compile(r"kế hoạch(?: ([^?]*?))??(?= (?:của|ở|tại|bên|do|được|ký|kí|có|số|mang|ban hành|gửi|năm \d|thì)(?!\w)|\?|$)")
_NO_SUBJECT = frozenset(("nay", "do", "tren", "va", "ve", "cua", "nam", "cac", "thuc", "hien", "trien", "khai", "nao", "so", "hieu", "ky", "ngay", "ai"))
_SUBJECT_SYLLABLES = 3  # what is shorter may be a manner of speaking
_OFFICES = r"(?:phó )?(?:chủ tịch|(?:tổng )?giám đốc|bí thư|bộ trưởng|(?:chi )?cục trưởng|hiệu trưởng|trưởng (?:ban|phòng)|chánh thanh tra|viện trưởng)"
_OFFICE_ASKED = re.compile(rf"\b{_OFFICES}\b")
_POST_ASKED = re.compile(r"(?<!\w)(?:giữ )?chức(?: vụ| danh)? (?:gì|nào)|(?<!\w)(?:là ai|làm gì)(?!\w)")
# Nothing but the office: that of another body has the body's name behind it
_HOLDER_ASKED = re.compile(
    rf"\W*(?:ai (?:là|làm|giữ chức) (?P<one>{_OFFICES})|(?P<other>{_OFFICES})(?: hiện nay)? (?:là ai|(?:là )?(?:ông|bà) nào|(?:họ )?tên (?:là )?gì))(?: vậy| thế| ạ)*\W*$"
)
_OF_DOCUMENT = re.compile(r"\b(?:ke hoach|kh|van ban)\b")
_MOST_SIGNED = 30  # plans that are listed
_RECIPIENT_SHARE = 0.9  # plans whose recipients hold the question nearly as well as the best one's


def compose(material: Material) -> Draft | None:
    """The draft from the metadata of the plans in scope, or None where they have nothing of the kind."""
    query = material.query
    if query.slot not in ("signer", "copies", "number"):
        return _on_signer(material)
    if query.slot == "number" and len(query.plans) == 1:
        plan, number = material.plans[query.plans[0]], _asks_number(query)
        if _is_blank(plan, number):
            blank, signer = messages.blank(plan.title, number), _signer(plan) if _SIGNER_TOO.search(query.text.lower()) else None
            return Draft("answered", statements=(signer,), tail=blank) if signer else Draft("not_found", blank)
    if _names_another(query, [material.plans[plan] for plan in material.scope]):
        return not_found(material)
    sought = query.slot == "copies" and query.compare and not query.plans
    plans = (_sent_to(material) if sought else ()) or material.candidates
    if query.slot == "signer" and query.compare and not query.plans:
        plans = tuple(plan for plan in material.scope if _signs_as_asked(query, material.plans[plan]))[:_MOST_SIGNED]
    found = {plan: statements for plan in plans if (statements := _about(query, material.plans[plan]))}
    if not found:
        unsigned = query.slot == "signer" and len(query.plans) == 1 and _OF_DOCUMENT.search(fold(query.question))
        return Draft("not_found", messages.signed_without_name(material.plans[query.plans[0]].title, "")) if unsigned else None
    every = tuple(statement for statements in found.values() for statement in statements)
    if len(found) == 1 and query.confirm and query.slot == "signer":
        return _confirmed(query, every)
    if len(found) == 1:
        return Draft("answered", statements=every)
    if query.compare or query.named:
        return Draft("answered", messages.COMPARE, every)
    options = tuple(messages.reading(query.question, material.plans[plan].title) for plan in found)
    return Draft("clarify", messages.CLARIFY, tuple(statements[0] for statements in found.values()), options=options)


def _names_another(query: Query, plans: Sequence[Plan]) -> bool:
    """Whether "kế hoạch …" of the question is about what none of the plans is about: the plan meant is not here."""
    named = _PLAN_NAMED.search(query.question.lower())
    subject = [word for word in folded_syllables(named.group(1) or "") if word not in _NO_SUBJECT and not word.isdigit()] if named else []
    if len(subject) < _SUBJECT_SYLLABLES:
        return False
    own = {word for plan in plans for word in folded_syllables(f"{plan.metadata.subject} {plan.title}")}
    return sum(word in own for word in subject) < len(subject) / 2


def _about(query: Query, plan: Plan) -> tuple[Statement, ...]:
    """Everything of the plan as a document that the question asks for: its number and day, its signer, its recipients."""
    asked = query.text.lower()
    statements = (
        _number(plan) if query.slot == "number" or (query.slot == "signer" and _DAY_TOO.search(asked)) else None,
        _signer(plan) if query.slot == "signer" or (query.slot == "number" and _SIGNER_TOO.search(asked)) else None,
        _copies(query, plan) if query.slot == "copies" else None,
    )
    return tuple(statement for statement in statements if statement and statement.sources)


def _signs_as_asked(query: Query, plan: Plan) -> bool:
    """Whether the plan is signed as the question says: by a deputy, for somebody, by the head."""
    asked, capacity = query.text.lower(), plan.metadata.capacity.lower()
    office = _OFFICE_ASKED.search(asked)
    if office and office.group() not in capacity:
        return False
    if "phó" in asked.split() or re.search(r"\b(?:ký|kí) thay\b", asked):
        return "phó" in capacity.split() or "kt." in capacity
    return not office or "phó" not in capacity.split()


def _confirmed(query: Query, statements: tuple[Statement, ...]) -> Draft:
    """Whether the one whom the question names signed: "phó bí thư" is not "bí thư"."""
    claimed = _CLAIMED_SIGNER.search(query.text.lower())
    return _judged(" ".join(claimed.group(1).split()[:2]), statements) if claimed else Draft("answered", statements=statements)


def _on_signer(material: Material) -> Draft | None:
    """Who is said to hold an office, or asked to: the plan's signer, where the question gives the name or the office that stands above it."""
    query, asked = material.query, material.query.text.lower()
    plans = [material.plans[plan] for plan in query.plans]
    named = [plan for plan in plans if plan.metadata.signer and fold(plan.metadata.signer) in fold(query.question)]
    plan = (named or plans)[0] if len(named or plans) == 1 else None
    statement = _signer(plan) if plan and plan.metadata.signer and " ; " not in plan.metadata.signer else None
    if plan is None or statement is None:
        return None
    if named and (query.confirm or _POST_ASKED.search(asked)):
        office = _OFFICE_ASKED.search(asked) or _OFFICE_ASKED.search(query.question.lower())  # "Trưởng Ban Thi đua" loses the issuer's name
        return _judged(office.group(), (statement,)) if query.confirm and office else Draft("answered", statements=(statement,))
    holder = _HOLDER_ASKED.match(asked)
    held = holder and fold(plan.metadata.capacity.rpartition(" / ")[2]).removeprefix("q. ").startswith(fold(holder["one"] or holder["other"]))
    return Draft("answered", statements=(statement,)) if held else None


def _judged(office: str, statements: tuple[Statement, ...]) -> Draft:
    """Whether the signer holds that very office: a deputy who signs for the head is not the head."""
    held = re.search(rf"(?<!pho )\b{re.escape(fold(office))}(?!\w)", fold(statements[0].text.partition(" ký")[0]))
    return Draft("answered" if held else "corrected", messages.CORRECT if held else messages.INCORRECT, statements)


def _sent_to(material: Material) -> tuple[str, ...]:
    """The plans one of whose recipients the question names ("kế hoạch nào gửi Hội …?")."""
    best = {plan.id: max((material.weights.cover(recipient) for recipient in plan.metadata.recipients), default=0.0) for plan in material.plans.values()}
    top = max(best.values(), default=0.0)
    return tuple(plan for plan, cover in best.items() if top and cover >= _RECIPIENT_SHARE * top)


def _asks_number(query: Query) -> bool:
    """Whether the number of a plan is asked for, not its day."""
    words = query.text.lower().split()
    return "số" in words and "ngày" not in words


def _is_blank(plan: Plan, number: bool) -> bool:
    """Whether the number, or the day, is left blank in print."""
    if number:
        return not plan.metadata.number[:1].isdigit()
    return plan.metadata.date.count("/") < 2 or plan.metadata.date.startswith("/")


def _signer(plan: Plan) -> Statement | None:
    """Who signed; of a plan of several agencies every one."""
    capacities, names = plan.metadata.capacity.split(" ; "), plan.metadata.signer.split(" ; ")
    if len(capacities) != len(names):
        capacities, names = [plan.metadata.capacity], [plan.metadata.signer]
    signatures = [(name, capacity, capacity.split(" / ") if capacity else []) for name, capacity in zip(names, capacities, strict=True)]
    sources = [
        _source(plan, CLOSING, "\n".join([*lines, name])) or _source(plan, CLOSING, name or (lines[-1] if lines else "")) for name, _, lines in signatures
    ]
    found = tuple(source for source in sources if source)
    if len(found) < len(signatures):
        return None
    if not plan.metadata.signer:
        return Statement(messages.signed_without_name(plan.title, plan.metadata.capacity), found)
    return Statement(messages.signed_by(plan.title, [_signature(plan, *signature) for signature in signatures]), found)


def _signature(plan: Plan, name: str, capacity: str, lines: list[str]) -> str:
    delegated = next((match for line in lines if (match := _DELEGATED.match(line))), None)
    manner = messages.signed_for(delegated.group(1), _office(delegated.group(2), plan)) if delegated else ""
    own = next((line for line in reversed(lines) if not _ABBREVIATED.match(line)), "")
    return messages.signature(name, _office(own, plan), manner, capacity)


def _office(capitals: str, plan: Plan) -> str:
    """An office of the signature block ("PHÓ CHỦ TỊCH") spelt as the plan's body spells it, else with its head word's capital."""
    for section in plan.sections:
        for match in re.finditer(rf"\b{re.escape(capitals)}\b", section.text, re.IGNORECASE):
            if capitals and not is_upper(match.group()):
                return match.group()[0].upper() + match.group()[1:]
    words = (word if _INITIALS.match(fold(word)) else word.lower() for word in capitals.split())
    lowered = re.sub(r"\b(chủ tịch|giám đốc|công an|sở)\b", lambda office: office.group().capitalize(), " ".join(words))
    return lowered[:1].upper() + lowered[1:]


def _copies(query: Query, plan: Plan) -> Statement | None:
    recipients = plan.metadata.recipients
    if not recipients:
        return None
    if "lưu" in query.text.lower().split():
        kept = [recipient for recipient in recipients if fold(recipient).startswith("luu")]
        source = _source(plan, CLOSING, kept[0]) if kept else None
        return Statement(f"{plan.title}: {kept[0]}.", (source,)) if source else None
    source = _source(plan, CLOSING, "\n".join(_bullets(plan))) or _source(plan, CLOSING, recipients[0])
    return Statement(messages.received_by(plan.title, recipients), (source,) if source else ())


def _bullets(plan: Plan) -> list[str]:
    section = plan.section(CLOSING)
    paragraphs = section.paragraphs if section else ()
    start = next((i for i, paragraph in enumerate(paragraphs) if fold(paragraph.text).startswith("noi nhan")), len(paragraphs))
    return [paragraph.text for paragraph in paragraphs[start + 1 :] if paragraph.bullet]


def _number(plan: Plan) -> Statement | None:
    metadata = plan.metadata
    if not (metadata.number or metadata.date):
        return None
    section = plan.section(OPENING)
    line = next((paragraph.text for paragraph in section.paragraphs if re.match(r"so\s*:", fold(paragraph.text))), "") if section else ""
    source = _source(plan, OPENING, line)
    return Statement(messages.numbered(plan.title, metadata.number, metadata.date), (source,)) if source else None


def _source(plan: Plan, address: str, quote: str) -> Source | None:
    section = plan.section(address)
    if not section or not quote:
        return None
    if quote not in section.text:
        return None
    paragraph = next((paragraph for paragraph in section.paragraphs if quote in paragraph.text), None)
    return Source(plan.id, address, paragraph.bullet if paragraph else "", quote)
