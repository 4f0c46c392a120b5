"""Who comes in by which way, what each may do, and what is believed of whom."""

from __future__ import annotations

import html
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from gate import QUESTION, SECRET, Gate, sees
from prerequisites import ROOT
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from xhht_qa import messages
from xhht_qa.access.entry import refuse_open_network, way_in
from xhht_qa.access.keys import Keys, Scope
from xhht_qa.access.trust import Networks
from xhht_qa.errors import SettingsError
from xhht_qa.settings import Settings

TOKEN = "mot-ma-quan-ly-dai"
PEOPLE = {"editor_groups": "bien-tap", "admin_groups": "quan-tri"}


@pytest.fixture(scope="module")
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, stack: ExitStack) -> Gate:
    return Gate(tmp_path_factory.mktemp("proxied"), stack, sign_in="proxy", trusted_proxies="127.0.0.1, 10.1.0.0/16", admin_token=TOKEN, **PEOPLE)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, stack: ExitStack) -> Gate:
    return Gate(tmp_path_factory.mktemp("opened"), stack)


def key_of(gate: Gate, *scopes: Scope, groups: tuple[str, ...] = (), expires: str = "") -> str:
    return Keys.of(gate.settings).add("chương trình", scopes, groups, expires)[1]


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


CALLS: dict[str, Callable[[TestClient], int]] = {
    "ask": lambda client: client.post("/api/ask", json={"question": QUESTION}).status_code,
    "read": lambda client: client.get("/api/plans").status_code,
    "view": lambda client: client.get("/thoi-han", headers={"Accept": "text/html"}).status_code,
    "manage": lambda client: client.get("/api/library").status_code,
    "keep": lambda client: client.post("/api/conversations").status_code,
}
ALL = {"ask": 200, "read": 200, "view": 200, "manage": 200, "keep": 201}
READER = ALL | {"manage": 403}
NOBODY = dict.fromkeys(ALL, 401)


@pytest.mark.parametrize(
    ("who", "may", "plans", "why"),
    [
        ({}, NOBODY, set(), "nobody is named"),
        ({"X-Remote-User": "an"}, READER, {"mo"}, "a user without groups"),
        ({"X-Remote-User": "an", "X-Remote-Groups": "van-phong, to-chuc"}, READER, {"mo", "kin-01"}, "a member of the group"),
        ({"X-Remote-User": "an", "X-Remote-Groups": "to-chuc-2"}, READER, {"mo"}, "a group of a longer name is another one"),
        ({"X-Remote-User": "bình", "X-Remote-Groups": "bien-tap"}, ALL, {"mo", "kin-01"}, "an editor sees every plan, to replace none unknowingly"),
        ({"X-Remote-User": "chi", "X-Remote-Groups": "quan-tri"}, ALL, {"mo", "kin-01"}, "an admin"),
        ({"X-Remote-Groups": "quan-tri"}, NOBODY, set(), "groups of nobody"),
        ({"X-Remote-User": "  "}, NOBODY, set(), "a blank name"),
        ({"X-Remote-User": "a" * 151}, NOBODY, set(), "a name that no conversation could be kept under"),
        ({"X_Remote_User": "an"}, NOBODY, set(), "another header, which some servers take for the same"),
        (bearer(TOKEN), ALL, {"mo", "kin-01"}, "the token of the settings goes on to work"),
        (bearer("xhht_00000000_" + "a" * 43), NOBODY, set(), "a key that nobody made"),
        (bearer("sk-khong-can"), NOBODY, set(), "a key of others"),
        ({"Authorization": "Basic YW46YW4="}, NOBODY, set(), "another scheme"),
    ],
)
def test_whom_a_proxy_names(proxied: Gate, who: dict[str, str], may: dict[str, int], plans: set[str], why: str) -> None:
    client = proxied.comes(**who)
    assert {name: call(client) for name, call in CALLS.items()} == may, why
    assert sees(client) == plans, why


@pytest.mark.parametrize(
    ("scopes", "groups", "may", "why"),
    [
        (("ask",), (), NOBODY | {"ask": 200, "read": 403, "view": 403, "manage": 403, "keep": 201}, "it may ask only"),
        (("read",), (), {"ask": 403, "read": 200, "view": 200, "manage": 403, "keep": 403}, "it may read only"),
        (("ask", "read"), ("to-chuc",), READER, "as a person"),
        (("manage",), (), {"ask": 403, "read": 403, "view": 403, "manage": 200, "keep": 403}, "it may manage only"),
        (("admin",), (), ALL, "everything"),
    ],
)
def test_what_a_key_may_do(proxied: Gate, scopes: tuple[Scope, ...], groups: tuple[str, ...], may: dict[str, int], why: str) -> None:
    client = proxied.comes("203.0.113.9", **bearer(key_of(proxied, *scopes, groups=groups)))
    assert {name: call(client) for name, call in CALLS.items()} == may, why
    if "read" in scopes:
        assert sees(client) == ({"mo", "kin-01"} if groups else {"mo"}), why


@pytest.mark.parametrize(
    ("scope", "path", "may", "why"),
    [
        ("read", "/chat/gradio_api/queue/join", False, "to ask through the page is to ask"),
        ("read", "/chat/gradio_api/run/predict", False, "the same"),
        ("ask", "/chat/gradio_api/queue/join", True, ""),
        ("read", "/api/search", True, "what is read has a body"),
        ("read", "/api/feedback", True, "the same"),
        ("read", "/dang-xuat", False, "what nobody has thought of needs the most"),
        ("ask", "/dang-xuat", False, "the same"),
    ],
)
def test_what_a_key_may_send(proxied: Gate, scope: Scope, path: str, may: bool, why: str) -> None:
    client = proxied.comes("203.0.113.9", **bearer(key_of(proxied, scope)))
    assert (client.post(path, json={"question": QUESTION}).status_code != 403) is may, why


def test_a_manager_who_signs_out_is_out_whoever_kept_the_cookie(proxied: Gate) -> None:
    client, thief = proxied.comes("203.0.113.9"), proxied.comes("198.51.100.7")
    cookies = []
    for _ in range(2):
        assert client.post("/api/library/session", json={"token": TOKEN}).status_code == 204
        cookies.append(client.cookies.get("xhht_manager", domain="localhost.local"))
    assert cookies[0] != cookies[1], "each has a name of its own"
    thief.headers["Cookie"] = f"xhht_manager={cookies[1]}"
    assert (client.get("/api/library").status_code, thief.get("/api/library").status_code) == (200, 200)
    assert client.delete("/api/library/session").status_code == 204
    assert (client.get("/api/library").status_code, thief.get("/api/library").status_code) == (401, 401)
    thief.headers["Cookie"] = f"xhht_session={cookies[0]}"
    assert thief.get("/api/plans").status_code == 401, "the session of a manager is no sign-in with a provider"


@pytest.mark.parametrize(
    "path",
    [
        "/doc/mo",
        "/doc/mo/original",
        "/doc/xyz",
        "/van-ban",
        "/thoi-han",
        "/thoi-han.csv",
        "/thoi-han.ics",
        "/api/plans",
        "/api/plans/mo/fragment",
        "/api/facts",
    ],
)
def test_what_is_drawn_from_plans_is_kept_for_nobody_else_and_asked_for_again(proxied: Gate, path: str) -> None:
    kept = proxied.comes(**{"X-Remote-User": "an"}).get(path).headers["cache-control"]
    assert kept in ("private, no-cache", "no-store")


def test_a_key_is_refused_from_the_moment_it_is_revoked(proxied: Gate) -> None:
    keys = Keys.of(proxied.settings)
    key, text = keys.add("cổng", ["read"], expires="2999-01-01")
    client = proxied.comes(**bearer(text))
    assert client.get("/api/plans").status_code == 200
    assert text not in (proxied.settings.data_dir / "keys.json").read_text(encoding="utf-8"), "the key itself is not kept"
    keys.revoke(key.id)
    refused = client.get("/api/plans")
    assert (refused.status_code, refused.json()["detail"]) == (401, messages.NOT_SIGNED_IN)
    over = proxied.comes(**bearer(key_of(proxied, "read", expires="2020-01-01")))
    assert over.get("/api/plans").status_code == 401, "its time has run out"
    wrong = proxied.comes(**bearer(key_of(proxied, "read")[:-1] + "~"))
    assert wrong.get("/api/plans").status_code == 401, "one letter is wrong"


def test_no_key_is_good_while_their_file_cannot_be_read(tmp_path: Path, stack: ExitStack) -> None:
    gate = Gate(tmp_path, stack, sign_in="proxy")
    client = gate.comes(**bearer(key_of(gate, "read")))
    assert client.get("/api/plans").status_code == 200
    (gate.settings.data_dir / "keys.json").write_text("{", encoding="utf-8")
    assert client.get("/api/plans").status_code == 401


@pytest.mark.parametrize(
    ("address", "headers", "enters", "why"),
    [
        ("127.0.0.1", {}, True, "the proxy of the machine"),
        ("::ffff:127.0.0.1", {}, True, "the same address, written as IPv6"),
        ("10.1.2.3", {}, True, "a proxy of the listed network"),
        ("::ffff:10.1.2.3", {}, True, "the same"),
        ("10.2.0.1", {}, False, "a machine beside it"),
        ("::1", {}, False, "IPv6 is not listed here"),
        ("203.0.113.9", {}, False, "anybody"),
        ("203.0.113.9", {"X-Forwarded-For": "127.0.0.1"}, False, "anybody who says to be the proxy"),
        ("203.0.113.9", {"X-Forwarded-For": "10.1.2.3, 127.0.0.1"}, False, "a whole chain that was made up"),
        ("203.0.113.9", {"Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1"}, False, "in other words"),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, True, "for whom the proxy speaks does not matter: it has signed them in"),
        ("testclient", {}, False, "no address at all"),
    ],
)
def test_only_listed_proxies_are_believed(proxied: Gate, address: str, headers: dict[str, str], enters: bool, why: str) -> None:
    client = proxied.comes(address, **{"X-Remote-User": "an"}, **headers)
    assert client.get("/api/plans").status_code == (200 if enters else 401), why


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ([("X-Remote-User", "an"), ("X-Remote-User", "chi")], "two names: one of them is not the proxy's"),
        ([("X-Remote-User", "an"), ("x-remote-user", "chi")], "in small letters"),
        ([("X-Remote-User", "an"), ("X-Remote-Groups", "van-phong"), ("X-Remote-Groups", "quan-tri")], "groups beside the proxy's"),
        ([("X-Remote-User", "an\x00chi")], "a name that cannot be printed"),
        ([("X-Remote-User", "an"), ("Authorization", "Bearer a"), ("Authorization", "Bearer b")], "two keys"),
    ],
)
def test_headers_that_stand_twice_name_nobody(proxied: Gate, headers: list[tuple[str, str]], why: str) -> None:
    assert proxied.comes().get("/api/plans", headers=headers).status_code == 401, why


def test_a_plan_that_one_may_not_see_does_not_differ_from_one_that_is_not_there(proxied: Gate) -> None:
    client = proxied.comes(**{"X-Remote-User": "an"})
    insider = proxied.comes(**{"X-Remote-User": "bình", "X-Remote-Groups": "to-chuc"})
    digest = proxied.engine.plans["kin-01"].digest
    for path in ("/doc/{}", "/doc/{}/original", "/doc/{}?ban=" + digest, "/doc/{}/page/1.png", "/api/plans/{}", "/api/plans/{}/outline", "/api/plans/{}/fragment",
                 "/api/plans/{}/sections/I.1", "/thoi-han?ke_hoach={}", "/thoi-han.ics?ke_hoach={}", "/so-sanh?trai={}&phai=mo", "/api/facts?plan={}"):  # fmt: skip
        hidden, missing = (client.get(path.format(plan)) for plan in ("kin-01", "xyz"))
        assert hidden.status_code == missing.status_code, path
        assert hidden.text.replace("kin-01", "xyz") == missing.text, path
        assert SECRET not in hidden.text, path
    assert insider.get("/doc/kin-01").status_code == 200
    for path in ("/thoi-han", "/thoi-han.csv", "/thoi-han.ics", "/van-ban", "/van-ban.csv", "/dau-moi", "/tieu-chi", "/api/facts", "/api/plans", "/v1/models"):
        told = client.get(path)
        assert told.status_code == 200, path
        assert SECRET not in told.text, path
        assert "Đồi Sương" not in told.text, path
        assert "kin-01" not in told.text, path
    assert SECRET in insider.get("/thoi-han.csv").text
    for body in (
        {"question": QUESTION},
        {"question": QUESTION, "scope": ["kin-01"]},
        {"question": "Có kế hoạch luân chuyển cán bộ của huyện Đồi Sương không?"},
    ):
        answer = client.post("/api/ask", json=body).json()
        assert SECRET not in str(answer), body
    assert SECRET in str(insider.post("/api/ask", json={"question": QUESTION}).json())
    verdict = {"question": "a", "answer": "b", "status": "answered", "verdict": "up", "citations": [{"plan": "kin-01", "section": "I.1"}]}
    judged = [client.post("/api/feedback", json=verdict | {"citations": [{"plan": plan, "section": "I.1"}]}) for plan in ("kin-01", "xyz")]
    assert judged[0].status_code == judged[1].status_code == 422
    assert judged[0].text.replace("kin-01", "xyz") == judged[1].text


def test_what_one_may_not_see_any_more_is_withheld_from_what_was_kept(proxied: Gate) -> None:
    member, now_outside = ({"X-Remote-User": "dung", "X-Remote-Groups": groups} for groups in ("to-chuc", "van-phong"))
    before = proxied.comes(**member)
    kept = before.post("/api/conversations").json()["id"]
    told = before.post(f"/api/conversations/{kept}/questions", json={"question": QUESTION}).json()
    assert SECRET in told["answer"]["answer"]
    edition = told["editions"]["kin-01"]
    assert before.get(f"/doc/kin-01?ban={edition}").status_code == 200
    after = proxied.comes(**now_outside)
    for path in ("", "/export.md"):
        read = after.get(f"/api/conversations/{kept}{path}")
        assert read.status_code == 200
        assert messages.WITHHELD.split(" mà ")[0] in read.text
        assert SECRET not in read.text
        assert edition not in read.text
    assert SECRET.encode() not in after.get(f"/api/conversations/{kept}/export.docx").content
    assert after.get(f"/doc/kin-01?ban={edition}").text.replace("kin-01", "x") == after.get(f"/doc/x?ban={edition}").text
    for words, found in (("17/9/2025", 0), ("phòng nội vụ", 0), ("luân chuyển", 1)):
        listed = after.get("/api/conversations", params={"words": words}).json()["conversations"]
        assert len(listed) == found, f"{words}: only what one has asked oneself is searched"
    again = after.post(f"/api/conversations/{kept}/questions", json={"question": "còn phòng nào tổng hợp?"}).json()
    assert SECRET not in str(again)
    assert SECRET in before.get(f"/api/conversations/{kept}").text, "nothing was deleted: who is let in again finds it"
    stranger = proxied.comes(**{"X-Remote-User": "khac", "X-Remote-Groups": "to-chuc"})
    assert stranger.get(f"/api/conversations/{kept}").status_code == 404, "another user's conversation is not there"


def test_a_change_of_the_rules_holds_for_the_next_question(tmp_path: Path, stack: ExitStack) -> None:
    gate = Gate(tmp_path, stack)
    client = gate.comes()
    assert sees(client) == {"mo"}
    gate.rules.write_text('[[rule]]\nplans = ["*"]\ngroups = ["*"]\n', encoding="utf-8")
    os.utime(gate.rules, (1_700_000_000, 1_700_000_000))
    assert sees(client) == {"mo", "kin-01"}
    gate.rules.write_text("", encoding="utf-8")
    os.utime(gate.rules, (1_700_000_100, 1_700_000_100))
    assert sees(client) == {"mo", "kin-01"}, "a broken file changes nothing"


def test_where_everyone_may_ask_a_key_of_ours_must_still_be_good(opened: Gate) -> None:
    assert sees(opened.comes()) == {"mo"}, "a visitor is in no group"
    assert sees(opened.comes(**bearer("sk-khong-can"))) == {"mo"}, "programs made for OpenAI bring some word"
    assert sees(opened.comes(**bearer(key_of(opened, "read", groups=("to-chuc",))))) == {"mo", "kin-01"}
    assert opened.comes(**bearer("xhht_00000000_" + "a" * 43)).get("/api/plans").status_code == 401
    assert sees(opened.comes("203.0.113.9", **{"X-Remote-User": "an", "X-Remote-Groups": "to-chuc"})) == {"mo"}, "headers are not read here"


@pytest.mark.parametrize("path", ["/health", "/readiness", "/version", "/static/page.css", "/favicon.ico", "/widget.js", "/embed?plans=kin-01"])
def test_what_tells_nothing_of_plans_is_for_everyone(proxied: Gate, path: str) -> None:
    assert proxied.comes("203.0.113.9").get(path).status_code == 200


def test_a_frame_of_a_portal_says_where_to_sign_in(proxied: Gate) -> None:
    outside, inside = (proxied.comes("127.0.0.1", **who).get("/embed").text for who in ({}, {"X-Remote-User": "an"}))
    assert '"signedOut": true' in html.unescape(outside)
    assert '"signedOut": false' in html.unescape(inside)
    assert not any(word in outside for word in ("Đồi", "kin-01", SECRET)), "the page itself holds no word of any plan"


@pytest.mark.parametrize(
    ("address", "headers", "safe", "why"),
    [
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, True, "a listed proxy says how the browser came"),
        ("::ffff:10.1.2.3", {"X-Forwarded-Proto": "https"}, True, "of a listed network"),
        ("203.0.113.9", {"X-Forwarded-Proto": "https"}, False, "anybody may write that"),
        ("203.0.113.9", {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}, False, "and whom they come from"),
        ("127.0.0.1", {"X-Forwarded-Proto": "http"}, False, "a browser without a safe connection would not bring the cookie back"),
    ],
)
def test_the_scheme_is_believed_of_listed_proxies_and_another_host_of_nobody(
    proxied: Gate, address: str, headers: dict[str, str], safe: bool, why: str
) -> None:
    told = {"X-Forwarded-Host": "xau.invalid", "X-Forwarded-Prefix": "/xau", "X-Gradio-Server": "http://xau.invalid", "Forwarded": "host=xau.invalid"}
    page = proxied.comes(address, **headers, **told).get("/embed")
    assert page.headers["set-cookie"].endswith("; Secure") is safe, why
    assert "xau" not in page.text
    home = proxied.comes(address, **headers, **told, **bearer(TOKEN)).get("/", headers={"Accept": "text/html"})
    assert (home.status_code, home.headers["location"]) == (307, "/chat/")


def test_who_is_not_known_is_told_so_in_the_form_that_they_read(proxied: Gate) -> None:
    client = proxied.comes("203.0.113.9")
    page = client.get("/thoi-han", headers={"Accept": "text/html"})
    assert (page.status_code, messages.NOT_SIGNED_IN in page.text) == (401, True)
    assert "frame-ancestors" in page.headers["content-security-policy"]
    assert client.get("/api/plans").json() == {"detail": messages.NOT_SIGNED_IN}
    assert client.get("/v1/models").json()["error"]["message"] == messages.NOT_SIGNED_IN
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/chat/ws"):
        pass


@pytest.mark.parametrize(
    ("given", "starts", "why"),
    [
        ({}, True, "on the machine itself"),
        ({"host": "localhost"}, True, "its name"),
        ({"host": "::1"}, True, "in IPv6"),
        ({"host": "0.0.0.0"}, False, "the whole network could ask"),
        ({"host": "::"}, False, "in IPv6"),
        ({"host": "may-chu"}, False, "a name that may be any address"),
        ({"host": "0.0.0.0", "open_to_network": True}, True, "where that is meant"),
        ({"host": "0.0.0.0", "sign_in": "proxy"}, True, "where one signs in"),
    ],
)
def test_a_server_for_the_whole_network_asks_who_is_there(given: dict[str, Any], starts: bool, why: str) -> None:
    settings = Settings(_env_file=None, **given)  # type: ignore[call-arg]
    if starts:
        refuse_open_network(settings)
    else:
        with pytest.raises(SettingsError, match="XHHT_SIGN_IN"):
            refuse_open_network(settings)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"sign_in": "proxy", "trusted_proxies": "10.0.0.0/33"}, "XHHT_TRUSTED_PROXIES"),
        ({"sign_in": "proxy", "trusted_proxies": "10.0.0.1/24"}, "XHHT_TRUSTED_PROXIES"),
        ({"sign_in": "oidc"}, "XHHT_OIDC_ISSUER"),
        ({"sign_in": "oidc", "oidc_issuer": "https://a.example", "oidc_client_id": "x"}, "XHHT_PUBLIC_URL"),
    ],
)
def test_settings_that_are_no_way_in_are_refused(given: dict[str, Any], told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=told):
        way_in(Settings(_env_file=None, data_dir=tmp_path, **given))  # type: ignore[call-arg]


def test_no_proxy_is_trusted_where_none_is_listed() -> None:
    assert "127.0.0.1" not in Networks("")


def test_keys_are_made_listed_and_revoked_by_commands(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        variables = {"XHHT_DATA_DIR": str(tmp_path), "PATH": "", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        return subprocess.run([sys.executable, "-m", "xhht_qa", "keys", *arguments], cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=60)

    made = run("add", "Cổng thông tin", "--scope", "ask", "--group", "to-chuc", "--days", "30")
    assert made.returncode == 0, made.stderr
    text = made.stdout.strip()
    found = Keys(tmp_path / "keys.json").find(text)
    assert found is not None
    assert (found.name, found.scopes, found.groups) == ("Cổng thông tin", ("ask",), ("to-chuc",))
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0, "for its owner alone"
    listed = run("list")
    assert "Cổng thông tin" in listed.stdout
    assert text not in listed.stdout
    assert run("revoke", found.id).returncode == 0
    assert Keys(tmp_path / "keys.json").find(text) is None
    unknown = run("revoke", "00000000")
    assert (unknown.returncode, "keys list" in unknown.stderr) == (2, True)


def test_the_pages_name_who_has_signed_in_and_say_what_is_not_theirs(tmp_path: Path) -> None:
    with ExitStack() as stack:
        gate = Gate(tmp_path, stack, sign_in="proxy")
        client = gate.comes(**{"X-Remote-User": "binh", "X-Remote-Name": "Nguyễn Văn <b>Bình</b>", "Accept": "text/html"})
        for path in ("/van-ban", "/quan-ly", "/khong-co"):
            assert "Nguyễn Văn &lt;b&gt;Bình&lt;/b&gt;" in client.get(path).text, path
        assert "chưa được giao quản lý kế hoạch" in client.get("/quan-ly").text
        assert "Không tìm thấy trang" in client.get("/khong-co").text
        assert "Không tìm thấy trang" not in client.put("/van-ban").text
