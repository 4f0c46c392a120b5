"""What a body has to do: all that stands under its name where the plan hands out the work, else what the plan says of it here and there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from xhht_qa import messages
from xhht_qa.extract.asked import prints
from xhht_qa.extract.listing import printed
from xhht_qa.extract.lookup import summed_up, whole
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.extract.stated import as_said, once, source_of
from xhht_qa.extract.unheard import OF_PLACE, is_body, is_unheard_of
from xhht_qa.extract.units import heads_bullets, label_of, without_mark
from xhht_qa.lexicon.naming import COMMITTEE, LEVELS, names_of
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import OPENING, Draft, Fact, Paragraph, Plan, Section, Source, Statement

_WORK = r"(?:(?:những|các|mấy|cái|phần|công|nhiệm vụ|trách nhiệm|vai trò|việc) )*"
# "Phòng Nội vụ phải làm những việc gì", "nhiệm vụ của Phòng Nội vụ là gì": what is left of them is the body's name.
_ASKS = re.compile(
    rf"(?:(?<!\w)(?:thì|phải|cần|sẽ|được giao|được phân công|có|chịu|giữ|đảm nhận|đảm nhiệm|thực hiện|phụ trách|làm|lo) )+{_WORK}(?:gì|nào|ra sao|thế nào)(?!\w)"
    r"|(?<!\w)(?:nhiệm vụ|trách nhiệm|vai trò|công việc|phần việc|việc)(?: (?:cụ thể|chính|được giao))? (?:của|cho|giao cho|mà)(?!\w)"
    r"|(?<!\w)(?:là|gồm|bao gồm|có)(?: những| các)? gì(?!\w)|(?<!\w)(?:như )?thế nào(?!\w)|(?<!\w)ra sao(?!\w)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?<!\w)để làm gì(?!\w)", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?<!\w)(?:theo|trong) kế hoạch của .*$|(?<!\w)(?:theo|trong|ở|tại|của) kế hoạch(?: này| đó| ấy| trên)?(?!\w)|(?<!\w)(?:trực )?thuộc(?: [^\W\d_]+){0,6}\W*$|(?<!\w)(?:theo(?! dõi)|của|thì|ạ|vậy|thế|nhỉ|cho (?:tôi|em) (?:hỏi|biết))(?!\w)",
    re.IGNORECASE,
)
_HANDS_OUT = re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem|nhiem vu|thuc hien)\b")
_OPENS = frozenset({"de", "nghi", "giao", "doi", "voi"})  # stands before a name in a heading
_JOINING = frozenset({"va", "cac", "nhung", "cap"})  # "UBND cấp xã" and "UBND các xã" are one
_COMMITTEE_OF_FRONT = ("uy", "ban", "mat", "tran")
_DUTY = frozenset({"nhiem", "vu", "trach", "vai", "tro", "cong", "viec"})
_STATED = ("responsibility", "reporting", "deadline")
_PLANS = 8  # that are looked through; of more that are meant, some other one has the body too
_DUTIES = 15  # beside the part under the body's name
_LEAST, _MOST = 2, 12  # syllables of a name


def compose(material: Material) -> Draft | None:
    """What one plan gives the body to do, or that no plan knows it; None where more than that is asked for, or several plans know the body."""
    query = material.query
    if query.slot != "responsible" or query.confirm or query.compare or query.addresses:
        return None
    name = _without_place(name_asked(query.text), material)
    if of_issuer := _within_issuer(material, name):
        material, name = of_issuer
    if issuer := _issuer_asked(material, name):
        return _given(material, issuer) or summed_up(material.plans[query.plans[0]])  # a plan without a word of its issuer is what that one has to do
    if not _LEAST <= len(name) <= _MOST:
        return None
    given = _given(material, name) if len(material.candidates) <= _PLANS else None
    return given or (not_found(material) if is_unheard_of(material, name) or _is_only_cited(material, name) else None)


def _is_only_cited(material: Material, name: Sequence[str]) -> bool:
    """Whether the one plan asked about speaks of a body nowhere but where it says on what it rests."""
    if len(material.candidates) != 1 or not is_body(name):
        return False
    return {section.address for section in material.plans[material.candidates[0]].sections if prints(section.text, " ".join(name))} == {OPENING}


def _within_issuer(material: Material, name: Sequence[str]) -> tuple[Material, Sequence[str]] | None:
    """The plan and the name left of one that ends with the issuer's, where one plan's does: "Văn phòng Sở Y tế" is the "Văn phòng" in that plan."""
    agencies = {plan: tuple(names_of(material.plans[plan]).agency.split()) for plan in material.candidates}
    own = [plan for plan, agency in agencies.items() if len(agency) >= _LEAST and len(name) > len(agency) and tuple(name[-len(agency) :]) == agency]
    if len(own) != 1 or not is_body(left := name[: -len(agencies[own[0]])]):
        return None
    return replace(material, query=replace(material.query, plans=(own[0],))), left


def _issuer_asked(material: Material, name: Sequence[str]) -> Sequence[str]:
    """The name of the issuer where its own duties are asked for; () where they are not. The plan's name is no part of what is searched for."""
    query = material.query
    plan = material.plans[query.plans[0]] if len(query.plans) == 1 else None
    if plan is None or not (_names_nobody(query.text) or list(name) == names_of(plan).agency.split()):
        return ()
    names, said = names_of(plan), COMMITTEE.sub("ubnd", fold(query.standalone))
    forms = "|".join(map(re.escape, filter(None, (names.agency, *names.short))))
    named = forms and re.search(rf"(?<!\bke hoach )(?<!\bke hoach cua )\b(?:{forms})\b", said)
    return _syllables(plan.metadata.issuer)[: len(_syllables(names.agency)) + names.is_committee] if named else ()


def _given(material: Material, name: Sequence[str]) -> Draft | None:
    part = _named_part(material, name)
    sources = part.sources if part else ()
    facts = _elsewhere(material, name, sources)
    statements = (*([part] if part else []), *(_said(material, fact) for fact in facts[:_DUTIES]))
    if len({source.plan for statement in statements for source in statement.sources}) != 1:
        return None
    return Draft("answered", messages.DUTIES if len(statements) > 1 else "", statements, messages.MORE_DUTIES if len(facts) > _DUTIES else "")


def _named_part(material: Material, name: Sequence[str]) -> Statement | None:
    """The only part of the plans whose heading or label is the body's name, else begins with it, else holds it."""
    found = [(material.plans[plan], *each) for plan in material.candidates for each in _under(material.plans[plan], name)]
    nearest = min((far for *_, far in found), default=0)
    best = [each for each in found if each[-1] == nearest]
    if len(best) != 1:
        return None
    plan, section, paragraph, _ = best[0]
    return whole(material, plan.id, section) if paragraph is None else _item(plan, section, paragraph)


def _elsewhere(material: Material, name: Sequence[str], given: Sequence[Source]) -> list[Fact]:
    """What the facts have the body do beside what is given, in the order of the text."""
    plans = map(material.plans.__getitem__, dict.fromkeys(source.plan for source in given) or material.candidates)
    facts = [fact for plan in plans for fact in plan.facts if fact.kind in _STATED and fact.section != OPENING and is_of(fact.actor, name, plan)]
    return sorted(once(facts, given), key=facts.index)


def name_asked(text: str) -> Sequence[str]:
    """The syllables that are left when a question for duties loses what asks; () where none are asked for."""
    rest, asks = _ASKS.subn(" ", text)
    return _syllables(_BESIDE.sub(" ", rest)) if asks and not _PURPOSE.search(text) else ()


def _names_nobody(text: str) -> bool:
    """Whether duties are asked for and nothing else is said."""
    rest, asks = _ASKS.subn(" ", text)
    return bool(asks) and not _PURPOSE.search(text) and not set(_syllables(_BESIDE.sub(" ", rest))) - _DUTY


def name_of(text: str, material: Material) -> Sequence[str]:
    """The folded syllables of a body's name as a question says it, without the place of its plan."""
    return _without_place(_syllables(text), material)


def _without_place(name: Sequence[str], material: Material) -> Sequence[str]:
    """The name without the place of a plan behind it; a level alone, "các xã", is its committee."""
    for plan in material.candidates:
        place = _syllables(names_of(material.plans[plan]).place)
        if place and len(name) > len(place) and tuple(name[-len(place) :]) == place and name[0] not in OF_PLACE:
            name = name[: -len(place)]
    return (*_syllables("UBND"), *name) if " ".join(name) in LEVELS else name


def _syllables(text: str) -> tuple[str, ...]:
    """The folded syllables of a name without what only joins, and of a front without its committee."""
    words = tuple(word for word in folded_syllables(text) if word not in _JOINING)
    at = next((place for place in range(len(words) - 3) if words[place : place + 4] == _COMMITTEE_OF_FRONT), None)
    return words if at is None else words[:at] + words[at + 2 :]


def _under(plan: Plan, name: Sequence[str]) -> Iterator[tuple[Section, Paragraph | None, int]]:
    """The headings and labels with the name, below a heading that hands out work: (section, the item, how far from the bare name)."""
    for section in plan.sections:
        if section.address == OPENING or not any(_HANDS_OUT.search(fold(heading)) for heading in section.path):
            continue
        items = section.paragraphs[1 if section.is_heading else 0 :]
        titles = [(section.title, None)] if section.is_heading else []
        heads = [(other.text, other) for place, other in enumerate(section.paragraphs) if heads_bullets(section, place)]
        for title, paragraph in [*titles, *heads, *((_label(paragraph), paragraph) for paragraph in items)]:
            words = _words(title, name)
            far = _distance(words, name)
            if far is not None and _may_be(words, name, plan):
                yield section, paragraph, far


def _label(paragraph: Paragraph) -> str:
    return label_of(paragraph.text) or (without_mark(paragraph.text) if paragraph.text.endswith(":") else "")


def _words(title: str, name: Sequence[str]) -> tuple[str, ...]:
    """The syllables of a title without those that open such titles, as far as the name does not begin with them."""
    words = _syllables(title)
    while words and words[0] in _OPENS and words[: len(name)] != tuple(name):
        words = words[1:]
    return words


def _distance(words: Sequence[str], name: Sequence[str]) -> int | None:
    """0 for the name alone, 1 where it is the beginning, 2 where it stands further on, 3 where only its kind and the rest of it do, else None."""
    at = next((place for place in range(len(words) - len(name) + 1) if words[place : place + len(name)] == tuple(name)), None)
    if at is None:  # "Phòng Tài chính": the last half of "Phòng Kế hoạch - Tài chính"; "Đài Lam Khê": the ends of "Báo và Đài Truyền hình Lam Khê"
        kind = words.index(name[0]) if name[0] in words and (name[0] in OF_PLACE or words[0] == name[0]) else None
        return 3 if kind is not None and len(name) > _LEAST and _distance(words[kind + 1 :], name[1:]) is not None else None
    return 2 if at else int(len(words) > len(name))


def is_of(actor: str, name: Sequence[str], plan: Plan) -> bool:
    """Whether the name, or its initials behind its first word ("Sở KHCN"), opens that of who acts, or the other way round."""
    words = _words(actor, name)
    short = (words[:1] == tuple(name[:1]) and len(name) > _LEAST and _are_initials(words[1:2]) and words[1].startswith(_initials(name))) or (
        len(name) == 2 and (words[:1], _initials(words)) == (tuple(name[:1]), name[1])
    )
    first = _words(actor.partition(", ")[0], name)  # "Sở Y tế, Phòng Y tế các huyện" is the issuer and others
    return (words[: len(name)] == tuple(name) and (_may_be(words, name, plan) or first == tuple(name))) or short


def _initials(name: Sequence[str]) -> str:
    """Of what stands behind the first word of a name."""
    return "".join(word[0] for word in name[1:])


def _are_initials(words: Sequence[str]) -> bool:
    """Whether a word cannot be said, as it has no vowel."""
    return bool(words) and not set("aeiouy") & set(words[0])


def _may_be(words: Sequence[str], name: Sequence[str], plan: Plan) -> bool:
    """Whether a longer name can be meant: by the word for its own kind, "Chi cục phải làm gì?", the issuer means itself."""
    issuer = _syllables(plan.metadata.issuer)
    return issuer[: len(name)] != tuple(name) or issuer[: len(words)] == tuple(words)


def _led(material: Material, fact: Fact) -> Fact:
    """The same duty of the body that leads it, where the one asked about only works with it: who leads must be said."""
    led = (other for other in material.plans[fact.plan].facts if other.role == "lead" and (other.section, other.quote) == (fact.section, fact.quote))
    return next(led, fact) if fact.role == "coordinate" else fact


def _said(material: Material, fact: Fact) -> Statement:
    """The duty in the plan's words; of a line that only names the body, "Chủ trì: Phòng …", what stands above it in the section."""
    section = material.plans[fact.plan].section(fact.section)
    above = list(takewhile(lambda paragraph: paragraph.text != fact.quote, section.paragraphs)) if section else []
    if above and ":" in fact.quote and fact.quote.rstrip(".;").endswith(fact.actor):
        work = " ".join(without_mark(paragraph.text) for paragraph in above)
        sources = (Source(fact.plan, fact.section, paragraph.bullet, paragraph.text) for paragraph in above)
        return Statement(f"{work} ({without_mark(fact.quote)})", (*sources, source_of(fact)))
    return Statement(as_said(material, _led(material, fact)), (source_of(fact),))


def _item(plan: Plan, section: Section, paragraph: Paragraph) -> Statement:
    place = section.paragraphs.index(paragraph)
    behind = section.paragraphs[place + 1 :]
    if heads_bullets(section, place):
        below = [paragraph, *takewhile(lambda other: other.bullet, behind)]
    else:
        below = [paragraph, *(other for other in behind if paragraph.bullet and other.bullet.startswith(f"{paragraph.bullet}/"))]
    return Statement(
        "\n".join([without_mark(paragraph.text), *map(printed, below[1:])]), tuple(Source(plan.id, section.address, each.bullet, each.text) for each in below)
    )
