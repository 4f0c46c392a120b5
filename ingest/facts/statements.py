"""A clause taken apart: who acts, what stands before the verb, where the verb begins; what one clause leaves out, the one before it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.bodies import VERB, bodies_ending_at, body_end, body_of_heading, subject_at
from ingest.facts.clauses import Sentence
from ingest.facts.dues import dues_in
from xhht_qa.text.due import DueMention

TAIL = " ,;:./-–"  # what a part of a clause does not end with
# What is sent, kept, shown: a noun that stands before "gửi" or "được" and does not act
PAPER = (
    r"(?:báo cáo(?! (?:cho|về|với|ủy|uỷ|UBND))|hồ sơ|tờ trình|danh sách|kế hoạch|kết quả|số liệu|văn bản|đề xuất|bản đăng ký|đăng ký(?! danh sách)|biên bản|phiếu|đơn|ý kiến|kịch bản|(?<!kịch )(?<!văn )(?<!biên )bản|thông tin|vướng mắc"
    r"|khó khăn|kết luận|dự toán|kinh phí|dữ liệu|chứng từ|quyết toán|đề cương|tham luận|bài|tài liệu|đề án|phương án|dự thảo|nội dung|đợt|thống kê|tóm tắt)"
)
_PAPER_AT = re.compile(rf"{PAPER}(?!\w)", re.IGNORECASE)
_MOVED = re.compile(
    r"(?<!\w)(?:gửi|nộp|trình|chuyển|được|phải|hoàn thành|chốt|phản ánh|(?<![Hh]ồ sơ )(?<![Vv]ăn bản )(?<![Dd]anh sách )(?<![Tt]ờ trình )(?<![Đđ]ơn )đề nghị|kiến nghị)(?!\w)"
)
_ADVERBIAL = re.compile(
    r"(?:khi|trước|sau|trong|trên cơ sở|căn cứ|định kỳ|kết thúc|riêng|để|nhằm|từ|đối với|trường hợp|nếu|quá trình|hằng|hàng|ngoài ra|đồng thời|ngày|vào|theo(?! dõi)|tháng|quý|đến|chậm nhất"
    r"|mỗi|phát hiện|nhận được|sáng|chiều|chậm|cuối|đầu|giữa|tuần|bên cạnh|thực hiện|với|tại|qua(?! trình)|muộn|tuỳ|tùy|năm|hết|nhân|dịp|mùa|lưu ý:)(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:;.“”]{2,70}:\s+(?=\S)")
_ADDRESSED = re.compile(r"(?:(?<!\w)(?:đề nghị|yêu cầu|giao(?: cho)?|phân công|ủy quyền cho)\s+)", re.IGNORECASE)
_ASKED = re.compile(r"(?:đề nghị|yêu cầu)(?!\w)", re.IGNORECASE)
_ADVERB = re.compile(
    r"(?:(?:định kỳ|(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần|ngày)|đồng thời|ngoài ra|thường xuyên|trực tiếp|từng bước|trong đó|riêng|chậm nhất)(?!\w)\s*,?\s*)+",
    re.IGNORECASE,
)
_AGENT = re.compile(r"(?<!\w)(?:được|do)\s+(?:các )?")
_PERIODIC = re.compile(
    r"báo cáo (?:định kỳ )?(?:(?:6|06|sáu|9|09) tháng|năm|quý|tháng|tuần|tổng kết|sơ kết|đột xuất|chuyên đề)(?:(?! được| gửi| nộp| trình| về | cho )[^,;.:])*$",
    re.IGNORECASE,
)
_IF_THEN = re.compile(r"(?<!\w)thì\s+(?!(?:gửi|nộp|báo|báo cáo|phải|có trách nhiệm|phản ánh)(?!\w))")
_CARRIES_OUT = re.compile(r"(?:chủ trì|thực hiện|phụ trách|đảm nhiệm|tổng hợp|phối hợp)(?!\w)")
_UNDERGOES = re.compile(r"(?:được|phải|hoàn thành|hoàn tất|kết thúc|khởi công|chốt)$")
_PASSIVE = re.compile(r"được(?!\w)")
_CONDITION = re.compile(r"(?:khi|nếu|trường hợp|kết thúc|sau khi)(?!\w)[^,]*", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """A clause with its parts; ``verb`` is the offset at which its predicate begins, or -1 where none was made out.

    ``topic`` is what stands before a verb that it does not act in ("Báo cáo năm được …"); ``actor`` is "" where it is not sure.
    ``own`` tells that the actor stands in the clause itself.
    """

    text: str
    actor: str
    own: bool
    topic: str
    verb: int
    condition: str
    dues: tuple[DueMention, ...]

    @property
    def passive(self) -> bool:
        """Whether something is done to the topic."""
        return self.verb >= 0 and bool(_PASSIVE.match(self.text, self.verb))

    @property
    def predicate(self) -> str:
        """From the verb to the end of the clause."""
        return self.text[self.verb :].rstrip(" ;./") if self.verb >= 0 else ""


def statements_of(sentence: Sentence) -> list[Statement]:
    """The clauses of a sentence, each taken apart; a clause that begins with its verb has the actor of the one before it."""
    found: list[Statement] = []
    for clause in sentence.clauses:
        earlier = found[-1] if found else None
        inherited = earlier.actor if earlier and earlier.actor else sentence.actor
        found.append(_taken_apart(clause, inherited))
    return found


def opens_with_verb(text: str, start: int = 0) -> bool:
    """Whether a verb of office language stands at ``start``, with a capital or without."""
    return bool(VERB.match(_small(text, start), start))


def _small(text: str, start: int) -> str:
    return f"{text[:start]}{text[start : start + 1].lower()}{text[start + 1 :]}"


def _taken_apart(clause: str, inherited: str) -> Statement:
    dues = dues_in(clause)
    condition = match.group().rstrip(" ,") if (match := _CONDITION.match(clause)) and "," in clause[: match.end() + 1] else ""
    actor, own, topic, verb = _parts(clause, inherited, dues)
    return Statement(clause, actor, own, topic, verb, condition, dues)


def _parts(clause: str, inherited: str, dues: tuple[DueMention, ...]) -> tuple[str, bool, str, int]:
    """Actor, whether it stands here, topic, offset of the verb."""
    addressed = _addressed(clause)
    if addressed:
        return addressed[0], bool(addressed[0]), "", addressed[1]
    label = _LABEL.match(clause)
    if label and opens_with_verb(clause, label.end()) and (body := body_of_heading(label.group().strip())):
        return body, True, "", label.end()  # "UBND cấp xã: tổ chức …"
    for start in _openings(clause, dues):
        subject = subject_at(clause, start)
        if subject and (then := _IF_THEN.search(clause, subject[1])):  # "người dân có ý kiến thì …": who does it is not said
            return "", False, "", then.end()
        if subject and not _PASSIVE.match(clause, subject[1]):
            return subject[0], True, _label(clause, start), subject[1]
        if subject:  # something done to it: a body is what the sentence is about, not who acts
            return "", False, subject[0], subject[1]
        if dues and _PERIODIC.match(clause[start : dues[0].start]):  # "báo cáo năm trước ngày …": what is sent, the verb is left out
            return inherited, False, clause[start : dues[0].start].rstrip(" ,"), -1
        if topic := _topic(clause, start):
            return _with_agent(clause, start, topic, inherited)
        if opens_with_verb(clause, start):
            return inherited, False, _label(clause, start), start
        if body_end(clause, start) > start:
            return "", False, "", -1  # a body that does nothing that we know
    for agent in re.finditer(r"(?<!\w)do\s+", clause):
        if (subject := subject_at(clause, agent.end())) and _CARRIES_OUT.match(clause, subject[1]):
            return subject[0], True, clause[: agent.start()].rstrip(" ,"), subject[1]
    verb = VERB.search(clause)
    if verb and _UNDERGOES.match(verb.group()):
        return _with_agent(clause, 0, verb.start(), "")
    return "", False, "", -1


def _openings(clause: str, dues: tuple[DueMention, ...]) -> list[int]:
    """Where the clause proper may begin: at its start, behind a label or an adverb, behind the commas of an opening phrase."""
    start = 0
    label = _LABEL.match(clause)
    if label and (
        subject_at(clause, label.end()) or opens_with_verb(clause, label.end()) or _ADVERBIAL.match(clause, label.end()) or _PAPER_AT.match(clause, label.end())
    ):
        start = label.end()
    behind = start
    for mention in dues:
        if mention.start == behind:
            behind = mention.end + len(clause[mention.end :]) - len(clause[mention.end :].lstrip(" ,:"))
    if behind > start:
        return [behind] if behind < len(clause) else [start]
    if adverb := _ADVERB.match(clause, start):
        start = adverb.end()
    if not _ADVERBIAL.match(clause, start):
        return [start]
    if subject_at(clause, start):
        return [start]
    commas = [match.end() for match in re.finditer(r",\s+", clause) if match.end() > start]
    acting = [comma for comma in commas if subject_at(clause, comma)] or [comma for comma in commas if _topic(clause, comma)]
    if not acting and opens_with_verb(clause, start):
        return [start]
    return acting[:1] or [comma for comma in commas if opens_with_verb(clause, comma)][:1] or [len(clause)]


def _label(clause: str, start: int) -> str:
    """ "Báo cáo nhanh" of "Báo cáo nhanh: UBND cấp xã gửi …"."""
    label = clause[:start].rstrip(" ")
    return label[:-1] if label.endswith(":") and _PAPER_AT.match(label) else ""


def _topic(clause: str, start: int) -> int:
    """Where the verb begins of a clause that opens with what is sent or done, 0 where it does not."""
    if not _PAPER_AT.match(clause, start):
        return 0
    moved = _MOVED.search(clause, start + 3)
    if moved is None or ";" in clause[start : moved.start()]:
        return 0
    comma = clause.find(", ", start, moved.start())
    return 0 if comma >= 0 and not bodies_ending_at(clause, start, moved.start()) and opens_with_verb(clause, comma + 2) else moved.start()


def _with_agent(clause: str, start: int, verb: int, inherited: str) -> tuple[str, bool, str, int]:
    """The agent of "Báo cáo năm được UBND các xã gửi …", "Hồ sơ … các cơ quan gửi …", "do Phòng … chủ trì"."""
    topic = clause[start:verb].rstrip(" ,")
    agent = _AGENT.match(clause, verb)
    if agent and (subject := subject_at(clause, agent.end()) or subject_at(clause, verb + len("được "))):
        return subject[0], True, topic, subject[1]
    if _PASSIVE.match(clause, verb):
        return "", False, topic, verb
    body = bodies_ending_at(clause, start, verb)
    if body:
        at = clause.find(body, start)
        return body, True, re.sub(r"\s+(?:của|do)$", "", clause[start:at].rstrip(" ,")), verb
    return inherited, False, topic, verb


def _addressed(clause: str) -> tuple[str, int] | None:
    """Who is asked or told to act, and the offset of what: "UBND tỉnh đề nghị các … gửi …"; nobody and -1 where that is not made out."""
    asked = False
    for match in _ADDRESSED.finditer(clause):
        before = clause[: match.start()].rstrip(" ,")
        start = before.rfind(", ") + 2 if _ADVERBIAL.match(clause) and ", " in before else 0
        asked = asked or not before or body_end(clause, start) == len(before) or before.startswith("Trên đây là")
        if asked and (subject := subject_at(clause, match.end())) and not _ADDRESSED.match(clause, subject[1]):
            return subject
    return ("", -1) if asked and opens_address(clause) else None


def opens_address(clause: str) -> bool:
    """Whether the clause is, as a whole, one that asks or tells somebody to act."""
    start = body_end(clause, 0)
    return bool(_ASKED.match(clause, start + 1 if start else 0))
