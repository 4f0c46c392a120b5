"""What speaks for and against the best piece found: the signs by which an answer is told from a near miss.

A near miss is on the topic and says nothing of what was asked: the fee, the name, the district's deadline. No single sign is sure; ``answerable``
weighs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from xhht_qa.extract.actors import actor_of
from xhht_qa.extract.asked import asked_noun, counted_noun, prints
from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit
from xhht_qa.extract.values import required_value
from xhht_qa.text.dates import years_in
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.normalise import CAPITAL
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import OPENING

# Nouns whose value is asked for by name: where the section does not print the noun, what it prints is the value of something else.
_ATTRIBUTES = (
    "lệ phí|học phí|viện phí|phí|giá|tiền phạt|mức phạt|xử phạt|phạt|kỷ luật|lãi suất|lãi|tỷ trọng|tiền thưởng|thưởng|lương|phụ cấp|thù lao|trợ cấp|bồi thường|thuế"
    "|tiền điện|tuổi|giới tính|địa chỉ|điện thoại|email|thư điện tử|fax|website|trang web|đường link|mã qr|mật khẩu|tài khoản|biển số|số nhà"
    "|hãng|nhãn hiệu|thương hiệu|công ty|nhà cung cấp|nhà tài trợ|nhà thầu|nhà hàng|khách sạn|diện tích|công suất|dung lượng|trừ|bãi đỗ"
)
_ATTRIBUTE = re.compile(rf"(?<!\w)(?:{_ATTRIBUTES})(?!\w)", re.IGNORECASE)
_OTHER_WORDS = re.compile(r"(?<!\w)(?:(?:kinh|chi) phí|(?:đánh|trị) giá)(?!\w)", re.IGNORECASE)  # "kinh phí" is no "phí"
# "xã nào", "bệnh viện nào": one that has a name
_NAMED_KIND = re.compile(
    r"(?<!\w)(xã|phường|thị trấn|huyện|quận|thôn|bản|xóm|tổ dân phố|trường|bệnh viện|khách sạn|chợ|đường|phố|khu|tỉnh|thành phố|công ty|doanh nghiệp|tổ chức|dự án"
    r"|công trình|sông|hồ|đài|báo|phần mềm|trung tâm) nào(?!\w)",
    re.IGNORECASE,
)


_VALUE_SLOTS = ("deadline", "count", "budget")


@dataclass(frozen=True)
class Evidence:
    """Signs between 0 and about 1, each named by what it says against the piece but for the last two."""

    unsaid: float  # the share of the question's weight that neither the piece nor its headings hold
    rarest: float  # how rare the rarest word is that they do not hold
    unsaid_value: float  # the same where a date, a sum or a number is asked for: paraphrases are rarer there
    no_attribute: float  # the noun whose value is asked for is not printed
    no_noun: float  # the noun before the gap is not printed
    no_counted: float  # the noun that is counted is not printed
    other_year: float  # a year is asked about that neither the section nor the head of the plan prints
    no_name: float  # one of several with names is asked for and none is named
    other_facet: float  # another period, level or occasion is spoken of
    other_actor: float  # the share of the question's weight in who acts that is not held
    rank: float  # the score of the best passage: this speaks for it
    confirm: float  # whether something is so is asked: what is stated may be wrong in part, which speaks for it

    def values(self) -> tuple[float, ...]:
        """The signs in their order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def evidence(material: Material) -> Evidence:
    """The signs for the best unit of the material."""
    query, unit, weights = material.query, material.best, material.weights
    headings = " ".join([*unit.section.path, unit.subject, *(name for name, _ in unit.paragraph.cells)])
    said = set(folded_syllables(f"{unit.text} {headings}"))
    section = f"{unit.section.text} {headings}"
    noun, counted = asked_noun(query.text), counted_noun(query.text)
    unsaid = {word: weight for word, weight in weights.idf.items() if word not in said}
    share = sum(unsaid.values()) / (sum(weights.idf.values()) or 1.0)
    actor = {word for word in folded_syllables(actor_of(query.text)) if word in unsaid}
    return Evidence(
        unsaid=share,
        rarest=max(unsaid.values(), default=0.0) / max(weights.idf.values(), default=1.0),
        unsaid_value=share * (query.slot in _VALUE_SLOTS or required_value(query) is not None),
        no_attribute=float(any(not prints(_OTHER_WORDS.sub(" ", section), match.group()) for match in _ATTRIBUTE.finditer(_OTHER_WORDS.sub(" ", query.text)))),
        no_noun=float(bool(noun) and not prints(section, noun)),
        no_counted=float(bool(counted) and not prints(section, counted)),
        other_year=float(not years_in(query.question) <= years_in(f"{section} {_head(material, unit)}")),
        no_name=float(_misses_name(query.text, f"{unit.text} {unit.subject}")),
        other_facet=float(any(agreement({facet: values}, facets_in(f"{unit.subject} {unit.text}")) < 0 for facet, values in query.facets.items())),
        other_actor=sum(unsaid[word] for word in actor) / (weights.total or 1.0),
        rank=material.passages[0].score,
        confirm=float(query.confirm),
    )


def is_list(material: Material, unit: Unit) -> bool:
    """Whether the unit stands among bullets or sections of its kind."""
    bullets = sum(bool(paragraph.bullet) for paragraph in unit.section.paragraphs)
    siblings = sum(section.parent in (unit.section.parent, unit.section.address) for section in material.plans[unit.plan].sections)
    return bullets > 1 or siblings > 1


def _head(material: Material, unit: Unit) -> str:
    """What the plan says of itself: its opening and its date."""
    plan = material.plans[unit.plan]
    opening = plan.section(OPENING)
    return f"{opening.text if opening else ''} {plan.title} {plan.metadata.date}"


def _misses_name(question: str, text: str) -> bool:
    kind = _NAMED_KIND.search(question)
    return kind is not None and not re.search(rf"(?i:(?<!\w){kind.group(1)}),? (?:[^,.;]* )?{CAPITAL}", text)
