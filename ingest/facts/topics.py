"""What a part of a plan is about, by the heading or lead-in nearest to it: criteria, awards, a dossier, phases, targets, money, purposes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from xhht_qa.text.normalise import fold

Topic = Literal["criterion", "award", "dossier", "phase", "target", "budget", "purpose", "situation", "duty", "terms"]

# Tried in this order on each heading from the nearest up; the first that fits decides.
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "situation",
        re.compile(
            r"(?:dac diem|tinh hinh|thuc trang|danh gia|nhan dinh|thiet hai|ket qua (?:thuc hien|dat duoc)|ton tai|thuan loi|kho khan|khu vuc trong diem|dieu kien tu nhien|bai hoc)\b|.*\btinh hinh$"
        ),
    ),
    ("terms", re.compile(r"(?:giai thich tu ngu|khai niem|dinh nghia|tu viet tat)\b")),
    ("dossier", re.compile(r"(?:thanh phan )?ho so\b(?!.*\b(?:thoi gian|thu tuc)\b)|(?:.*\bho so (?:\S+ ){0,14}?(?:gom|bao gom)\b.*:$)")),
    (
        "award",
        re.compile(
            r"(?:\S+ ){0,3}?(?:hinh thuc|so luong|muc|co cau)?\b(?:.*\bva )?(?:hinh thuc|muc) (?:\S+ ){0,4}?(?:khen|thuong)|khen thuong\b|hinh thuc\b|giay khen$|bang khen"
        ),
    ),
    (
        "criterion",
        re.compile(
            r"(?:cac |mot so |he thong |bo )?(?:tieu chi|tieu chuan)\b(?!.*\b(?:hinh thuc|thoi gian|ho so|doi tuong|quy trinh)\b)"
            r"|(?:cac )?dieu kien (?:tham gia|de|xet|duoc|dang ky|cong nhan|huong|du|tuyen|khen|cua|doi voi|cap|ho tro|ap dung|ve|tham du|tiep nhan)\b|(?:cac )?dieu kien:?$"
            r"|.*(?:dat|dap ung|theo|bao dam|du) (?:\S+ ){0,4}?(?:tieu chi|tieu chuan|dieu kien)(?: \S+){0,4}? (?:sau|duoi day)\b.*:$|yeu cau doi voi\b"
        ),
    ),
    ("target", re.compile(r"(?:(?:cac |mot so )?(?:chi tieu|muc tieu(?! chung| tong quat))\b|.*\bchi tieu$|phan dau\b)")),
    ("phase", re.compile(r"(?:tien do|lo trinh|cac giai doan|phan ky|giai doan|buoc) ?")),
    (
        "budget",
        re.compile(r"(?:.*\b(?:va|,) )?(?:nguon )?(?:kinh phi|von|ngan sach|du toan|tai chinh)\b|(?:muc|dinh muc) (?:chi|ho tro)\b|nguon luc tai chinh"),
    ),
    ("purpose", re.compile(r"(?:muc dich|yeu cau|quan diem|muc tieu|nguyen tac|su can thiet)\b(?! ky thuat)")),
    (
        "duty",
        re.compile(
            r"(?:to chuc thuc hien|phan cong|trach nhiem|nhiem vu|bao cao|che do|thong tin|noi dung|giai phap|thoi gian|thoi han|trinh tu|thu tuc|kiem tra)\b"
        ),
    ),
)


def topic_of(above: Sequence[str]) -> Topic | None:
    """What the nearest telling heading or lead-in announces, or None."""
    return next((topic for heading in above if (topic := _announced(heading))), None)


def is_about(topic: Topic, heading: str) -> bool:
    """Whether a heading or lead-in announces that topic."""
    return _announced(heading) == topic


@lru_cache(maxsize=1024)
def _announced(heading: str) -> Topic | None:
    folded = fold(heading)
    return next((topic for topic, pattern in _TOPICS if pattern.match(folded)), None)
