"""Signing in with an OpenID provider that answers over HTTP: the way in, and every way past it that is known."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from gate import SECRET as DUE
from gate import Gate, sees
from joserfc.jwk import RSAKey
from openid_provider import CLIENT, PASSWORD, PEOPLE, SECRET, Claims, Provider, provider
from starlette.testclient import TestClient

from xhht_qa import messages
from xhht_qa.access.sessions import Sessions

HOME = "http://localhost"
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def house(stack: ExitStack) -> Provider:
    return stack.enter_context(provider())


@pytest.fixture(scope="module")
def gate(house: Provider, stack: ExitStack, tmp_path_factory: pytest.TempPathFactory) -> Gate:
    given = {"oidc_issuer": house.address, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "public_url": HOME, "admin_groups": "quan-tri"}
    return Gate(tmp_path_factory.mktemp("oidc"), stack, sign_in="oidc", **given)


@pytest.fixture
def well(house: Provider) -> Iterator[Provider]:
    """The provider, which behaves again afterwards."""
    yield house
    house.behaves()


def sent_to_provider(client: TestClient, page: str = "/thoi-han") -> str:
    """The address at the provider to which a page that was opened leads."""
    to_sign_in = client.get(page, headers=PAGE)
    assert to_sign_in.status_code == 303, to_sign_in.text
    away = client.get(to_sign_in.headers["location"])
    assert away.status_code == 302
    return str(away.headers["location"])


def coming_back(address: str, user: str = "an") -> str:
    """The address with which the provider sends a user back who has signed in there."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    back = httpx.post(address.partition("?")[0], data={**asked, "user": user, "password": PASSWORD})
    assert back.status_code == 303, back.text
    return back.headers["location"]


def signed_in(client: TestClient, user: str = "an", page: str = "/thoi-han") -> httpx.Response:
    return client.get(coming_back(sent_to_provider(client, page), user))


def test_who_signs_in_comes_back_to_where_they_were_and_sees_what_their_groups_may(gate: Gate) -> None:
    for user, plans in (("an", {"mo", "kin-01"}), ("binh", {"mo"}), ("chi", {"mo", "kin-01"})):
        client = gate.comes("203.0.113.9")
        assert client.get("/api/plans").status_code == 401
        back = signed_in(client, user, "/thoi-han?ke_hoach=mo&xem=a%26b")
        assert (back.status_code, back.headers["location"]) == (303, f"{HOME}/thoi-han?ke_hoach=mo&xem=a%26b")
        assert sees(client) == plans, user
        assert client.get("/api/library").status_code == (200 if user == "chi" else 403)
        assert "Đăng xuất" in client.get("/thoi-han", headers=PAGE).text
        left = client.post("/dang-xuat", headers=PAGE)
        assert messages.SIGNED_OUT in left.text
        assert client.get("/api/plans").status_code == 401


def test_a_session_ends_on_the_server_and_a_new_one_has_a_new_name(gate: Gate) -> None:
    client, thief = gate.comes("203.0.113.9"), gate.comes("198.51.100.7")
    client.cookies.set("xhht_session", "ten-do-ke-khac-dat")
    signed_in(client)
    token = client.cookies.get("xhht_session", domain="localhost.local")
    assert token != "ten-do-ke-khac-dat"
    thief.cookies.set("xhht_session", "ten-do-ke-khac-dat")
    assert thief.get("/api/plans").status_code == 401, "a name that was put before the sign-in is worth nothing after it"
    kept = (gate.settings.data_dir / "sessions.sqlite").read_bytes()
    assert str(token).encode() not in kept, "who reads the file cannot bring the cookie"
    again = gate.comes("203.0.113.9")
    again.cookies.set("xhht_session", str(token))
    assert again.get("/api/plans").status_code == 200
    client.post("/dang-xuat")
    assert again.get("/api/plans").status_code == 401, "signed out is signed out, whoever kept the cookie"


def test_who_signs_in_anew_has_ended_the_session_of_before(gate: Gate) -> None:
    client, other = gate.comes("203.0.113.9"), gate.comes("203.0.113.9")
    signed_in(client)
    other.headers["Cookie"] = f"xhht_session={client.cookies['xhht_session']}"
    assert other.get("/api/plans").status_code == 200
    client.get(coming_back(client.get("/dang-nhap").headers["location"]))
    assert (client.get("/api/plans").status_code, other.get("/api/plans").status_code) == (200, 401)


def test_a_sign_in_that_has_not_ended_is_no_session(gate: Gate) -> None:
    client, other = gate.comes("203.0.113.9"), gate.comes("203.0.113.9")
    sent_to_provider(client)
    other.cookies.set("xhht_session", str(client.cookies.get("xhht_signing_in", domain="localhost.local")))
    assert other.get("/api/plans").status_code == 401


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(gate: Gate) -> None:
    client = gate.comes("203.0.113.9")
    away = client.get("/dang-nhap")
    back = client.get(coming_back(away.headers["location"]))
    for response in (away, back):
        for cookie in response.headers.get_list("set-cookie"):
            if "Max-Age=0" not in cookie and not cookie.startswith("xhht_visitor"):
                assert {"HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}, cookie


def claims(**changed: Any) -> Callable[[Claims], Claims]:
    return lambda given: {**given, **changed}


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda given: {key: value for key, value in given.items() if key != name}


@pytest.mark.parametrize(
    ("bends", "why"),
    [
        (claims(nonce="khac"), "a token that was made for another sign-in"),
        (without("nonce"), "a token that was made for no sign-in"),
        (claims(aud="chuong-trinh-khac"), "a token for another program"),
        (claims(aud=[CLIENT, "khac"], azp="khac"), "a token that another program was given"),
        (claims(iss="http://xau.invalid"), "a token of another provider"),
        (claims(exp=int(time.time()) - 3600, iat=int(time.time()) - 7200), "a token of before"),
        (without("sub"), "a token of nobody"),
        (without("exp"), "a token without an end"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(gate: Gate, well: Provider, bends: Callable[[Claims], Claims], why: str) -> None:
    well.bends = bends
    client = gate.comes("203.0.113.9")
    refused = signed_in(client)
    assert (refused.status_code, messages.SIGN_IN_REFUSED in refused.text) == (403, True), why
    assert client.get("/api/plans").status_code == 401, why


@pytest.mark.parametrize(
    ("signs", "why"),
    [
        (lambda well: lambda given: well.signed(given, RSAKey.generate_key(2048)), "signed by somebody else under the same name"),
        (lambda well: well.signed_by_secret, "signed with the secret that the program shares"),
        (lambda well: well.unsigned, "not signed at all"),
        (lambda well: lambda given: f"{well.signed(given, well.key)[:-8]}AAAAAAAA", "a signature that was touched"),
        (lambda well: lambda given: "a.b.c", "no token"),
    ],
)
def test_a_token_that_the_provider_has_not_signed_is_refused(gate: Gate, well: Provider, signs: Callable[[Provider], Any], why: str) -> None:
    well.signs = signs(well)
    client = gate.comes("203.0.113.9")
    refused = signed_in(client)
    assert (refused.status_code, messages.SIGN_IN_REFUSED in refused.text) == (403, True), why
    assert client.get("/api/plans").status_code == 401, why


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        (lambda back: back.replace("state=", "state=x"), 403, "another state"),
        (lambda back: re.sub(r"&state=[^&]*", "", back), 403, "no state"),
        (lambda back: re.sub(r"code=[^&]*", "code=x", back), 403, "a code that was not given"),
        (lambda back: re.sub(r"code=[^&]*", "error=access_denied", back), 403, "the provider says no"),
        (lambda back: "/dang-nhap/xong", 403, "nothing at all"),
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused(gate: Gate, change: Callable[[str], str], status: int, why: str) -> None:
    client = gate.comes("203.0.113.9")
    refused = client.get(change(coming_back(sent_to_provider(client))))
    assert refused.status_code == status, why
    assert client.get("/api/plans").status_code == 401, why


def test_an_answer_is_good_once_and_for_the_browser_that_asked(gate: Gate) -> None:
    client, other = gate.comes("203.0.113.9"), gate.comes("198.51.100.7")
    back = coming_back(sent_to_provider(client))
    sent_to_provider(other)
    assert other.get(back).status_code == 403, "a link with which a stranger would have somebody signed in as himself"
    assert gate.comes("198.51.100.8").get(back).status_code == 400, "a browser that has not begun to sign in"
    fresh = coming_back(sent_to_provider(client))
    assert client.get(fresh).status_code == 303
    again = client.get(fresh)
    assert (again.status_code, messages.SIGN_IN_OVER in again.text) == (400, True), "the same answer once more"


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/doc/mo?ban=x", "/doc/mo?ban=x"),
        ("//xau.invalid/", "/"),
        ("/\\xau.invalid", "/"),
        ("/\t/xau.invalid", "/"),
        ("https://xau.invalid", "/"),
        ("https:xau.invalid", "/"),
        ("javascript:alert(1)", "/"),
        ("xau.invalid", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("@xau.invalid", "/"),
        (".xau.invalid", "/"),
        ("", "/"),
        ("/" + "a" * 3000, "/"),
    ],
)
def test_signing_in_leads_nowhere_else(gate: Gate, wanted: str, goes_to: str) -> None:
    client = gate.comes("203.0.113.9")
    away = client.get(f"/dang-nhap?{urlencode({'ve': wanted})}")
    back = client.get(coming_back(away.headers["location"]))
    assert back.headers["location"] == f"{HOME}{goes_to}"


def test_what_is_asked_of_the_provider_cannot_be_used_by_who_overhears_it(gate: Gate, house: Provider) -> None:
    first, second = ({name: values[0] for name, values in parse_qs(urlsplit(sent_to_provider(gate.comes())).query).items()} for _ in range(2))
    assert (first["response_type"], first["redirect_uri"], first["code_challenge_method"]) == ("code", f"{HOME}/dang-nhap/xong", "S256")
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]
    assert SECRET not in str(first)


def test_a_provider_that_is_away_is_told_in_a_sentence(stack: ExitStack, tmp_path: Path) -> None:
    given = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": CLIENT, "public_url": HOME}
    client = Gate(tmp_path, stack, sign_in="oidc", **given).comes("203.0.113.9")
    told = client.get("/dang-nhap", headers=PAGE)
    assert (told.status_code, messages.PROVIDER_AWAY in told.text, "Traceback" in told.text) == (503, True, False)
    assert client.get("/health").status_code == 200


def test_people_are_who_the_provider_says_and_not_how_they_are_called(gate: Gate, well: Provider) -> None:
    client = gate.comes("203.0.113.9")
    signed_in(client)
    kept = client.post("/api/conversations", json={"title": "của An"}).json()["id"]
    well.bends = claims(sub="u-9", name=PEOPLE["an"]["name"])
    namesake = gate.comes("203.0.113.9")
    signed_in(namesake)
    assert namesake.get(f"/api/conversations/{kept}").status_code == 404, "another person of the same name"
    well.bends = claims(name="Nguyễn Văn An", groups=[])
    renamed = gate.comes("203.0.113.9")
    signed_in(renamed)
    assert renamed.get(f"/api/conversations/{kept}").status_code == 200
    assert DUE not in renamed.get("/thoi-han", headers=PAGE).text, "who has left a group sees no more of it from the next sign-in on"


@pytest.mark.parametrize("groups", [None, 7, {"to-chuc": True}, ["to-chuc ", ["to-chuc"], 1], "to-chuc-2"])
def test_groups_that_are_written_strangely_open_nothing(gate: Gate, well: Provider, groups: Any) -> None:
    well.bends = claims(groups=groups)
    client = gate.comes("203.0.113.9")
    signed_in(client)
    assert sees(client) == {"mo"}


def test_a_session_is_over_after_its_time(tmp_path: Path) -> None:
    now = 1000.0
    sessions = Sessions(tmp_path / "sessions.sqlite", lambda: now)
    token = sessions.begin({"id": "an"}, 60)
    assert sessions.find(token) == {"id": "an"}
    now += 61
    assert sessions.find(token) is None
    assert (tmp_path / "sessions.sqlite").stat().st_mode & 0o077 == 0
