"""Which groups see which plans, as the access file says, and what holds when it cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xhht_qa.access.rules import LiveRules, Rules
from xhht_qa.errors import SettingsError

RULES = """
[[rule]]                       # biên chế: chỉ phòng tổ chức và lãnh đạo
plans = ["so-noi-vu-bien-che", "so-noi-vu-luan-chuyen-*"]
groups = ["to-chuc", "lanh-dao"]

[[rule]]
plans = ["nhap-*"]
groups = []

[[rule]]
plans = ["ubnd-*"]
groups = ["*"]

[[rule]]
plans = ["*"]
groups = ["can-bo"]
"""


def written(folder: Path, text: str, age: float = 10) -> Path:
    path = folder / "access.toml"
    path.write_text(text, encoding="utf-8")
    touched = path.stat().st_mtime - age
    os.utime(path, (touched, touched))
    return path


@pytest.mark.parametrize(
    ("groups", "plan", "sees", "why"),
    [
        ({"to-chuc"}, "so-noi-vu-bien-che", True, "the group is named"),
        ({"can-bo"}, "so-noi-vu-bien-che", False, "another group is not, though the last rule would admit it"),
        ({"lanh-dao"}, "so-noi-vu-luan-chuyen-2025", True, "a pattern names plans that are still to come"),
        ({"lanh-dao", "to-chuc"}, "nhap-ke-hoach", False, "a rule without groups is for nobody"),
        (set(), "ubnd-huyen-suoimay-cds", True, "everyone"),
        (set(), "so-noi-vu-lamkhe-cchc", False, "who is in no group has what everyone has"),
        ({"can-bo"}, "so-noi-vu-lamkhe-cchc", True, "the last rule is for all other plans"),
        ({"CAN-BO"}, "so-noi-vu-lamkhe-cchc", False, "names of groups are compared letter by letter"),
        ({"*"}, "so-noi-vu-bien-che", False, "a group that calls itself everyone is none"),
    ],
)
def test_the_first_rule_that_names_a_plan_decides(tmp_path: Path, groups: set[str], plan: str, sees: bool, why: str) -> None:
    assert Rules.read(written(tmp_path, RULES)).may_see(groups, plan) is sees, why


@pytest.mark.parametrize(
    ("text", "told", "why"),
    [
        ("", "rule", "an empty file says nothing: it must not open everything"),
        (RULES[: RULES.rindex("[[rule]]")], "last rule", "a file that was cut off lacks its last rule"),
        (RULES[:-12], "correct the access file", "cut off in the middle of a line"),
        (RULES.replace('groups = ["can-bo"]', ""), "groups", "cut off between two lines"),
        (RULES.replace("groups = []", "group = []"), "rule.2.groups", "a slip of the pen in a name"),
        (RULES.replace('["nhap-*"]', '"nhap-*"'), "rule.2.plans", "not a list"),
        (RULES.replace("lanh-dao", "lanh\x00dao"), "correct the access file", "no TOML"),
    ],
)
def test_a_file_that_says_nothing_of_some_plans_is_refused(tmp_path: Path, text: str, told: str, why: str) -> None:
    with pytest.raises(SettingsError, match=told):
        Rules.read(written(tmp_path, text))


def test_a_file_that_is_missing_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="XHHT_ACCESS_FILE"):
        LiveRules(tmp_path / "access.toml")
    (tmp_path / "access.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="correct the access file"):
        LiveRules(tmp_path / "access.toml")


def test_a_change_holds_at_once_and_a_broken_one_never(tmp_path: Path) -> None:
    path = written(tmp_path, RULES, age=100)
    rules = LiveRules(path)
    assert rules.may_see({"to-chuc"}, "so-noi-vu-bien-che")
    written(tmp_path, RULES.replace('"to-chuc", ', ""), age=90)
    assert not rules.may_see({"to-chuc"}, "so-noi-vu-bien-che"), "a group that was taken out sees nothing any more"
    written(tmp_path, "", age=80)
    assert not rules.may_see({"can-bo"}, "so-noi-vu-bien-che"), "an empty file does not open what was closed"
    path.unlink()
    assert not rules.may_see({"can-bo"}, "so-noi-vu-bien-che"), "nor does one that has gone"
    written(tmp_path, RULES, age=70)
    assert rules.may_see({"to-chuc"}, "so-noi-vu-bien-che"), "a good one is taken over again"


def test_a_file_that_is_being_written_is_not_read_yet(tmp_path: Path) -> None:
    path = written(tmp_path, RULES, age=100)
    rules = LiveRules(path, now=lambda: path.stat().st_mtime + 0.5)
    written(tmp_path, RULES.replace('"to-chuc", ', ""), age=0)
    assert rules.may_see({"to-chuc"}, "so-noi-vu-bien-che")
