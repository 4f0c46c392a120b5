"""People sign in, as they meet it: with a portal whose nginx names them, and with an OpenID provider."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from openid_provider import CLIENT, PASSWORD, SECRET, provider
from portal import ASSISTANT, DAY, DESKTOP, QUESTION, WAIT, ask, assistant
from prerequisites import ROOT
from programs import free_port
from proxies import Portal, nginx

from xhht_qa import messages

GUIDE = (ROOT / "docs" / "dang-nhap.md").read_text(encoding="utf-8")
HEADERS, LOCATIONS = re.findall(r"```nginx\n(.*?)```", GUIDE, re.DOTALL)
RULES = '[[rule]]\nplans = ["suoi-lau"]\ngroups = ["to-chuc"]\n[[rule]]\nplans = ["*"]\ngroups = ["*"]\n'
PEOPLE = {"an": ("an", "Nguyễn An", "to-chuc"), "binh": ("binh", "Trần Bình", "van-phong")}
PROXY = "127.0.0.2"  # an address of this machine, as the proxy's and nobody else's


@contextmanager
def signing_portal() -> Iterator[int]:
    """The portal's own sign-in, behind its nginx: /vao?ten=an signs in, /ai-dang-vao says who is there."""

    class Signing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            who = SimpleCookie(self.headers.get("Cookie", "")).get("cong")
            self.send_response(200)
            if self.path.startswith("/vao"):
                self.send_header("Set-Cookie", f"cong={parse_qs(urlsplit(self.path).query)['ten'][0]}; Path=/; HttpOnly; SameSite=Lax")
            elif who and who.value in PEOPLE:
                for name, value in zip(("X-Nguoi-Dung", "X-Ho-Ten", "X-Nhom"), PEOPLE[who.value], strict=True):
                    self.send_header(name, value.encode().decode("latin-1"))
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Signing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def signed(portal_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, int, Path]]:
    """The example portal as the guide has it changed, the port of its assistant and the folder of what that keeps."""
    folder, port = tmp_path_factory.mktemp("signed"), free_port()
    (folder / "access.toml").write_text(RULES, encoding="utf-8")
    settings = {
        "XHHT_ROOT_PATH": "/tro-ly", "XHHT_SIGN_IN": "proxy", "XHHT_TRUSTED_PROXIES": PROXY, "XHHT_ACCESS_FILE": str(folder / "access.toml"),
    }  # fmt: skip
    with ExitStack() as stack:
        signing = stack.enter_context(signing_portal())
        stack.enter_context(assistant(portal_index, folder / "data", port, settings))
        shipped = "\n".join(f'proxy_set_header X-Remote-{name} "";' for name in ("User", "Name", "Groups"))
        location = "    location /tro-ly/ {\n        proxy_pass http://tro_ly; # giữ nguyên /tro-ly/; viết http://tro_ly/ (bỏ /tro-ly/) cũng được\n    }\n"
        sign_in = f"    location /vao {{ proxy_pass http://127.0.0.1:{signing}; }}\n"
        more = {
            shipped: f"proxy_bind {PROXY};\n{HEADERS}",
            location: LOCATIONS.replace("127.0.0.1:8080", f"127.0.0.1:{signing}") + sign_in,
        }
        yield stack.enter_context(nginx(tmp_path_factory.mktemp("nginx"), "http", below=port, own=port, more=more)), port, folder


def test_who_has_signed_in_with_the_portal_is_known_to_the_assistant(signed: tuple[Portal, int, Path], browser: Any) -> None:
    portal, _, folder = signed
    context = browser.new_context(**DESKTOP)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(f"{portal.address}/")
    page.get_by_role("button", name="Hỏi đáp kế hoạch").click()
    frame = page.frame_locator("xhht-qa iframe")
    frame.locator("#notice").filter(has_text="Anh/Chị cần đăng nhập").wait_for()
    assert page.goto(f"{portal.address}/tro-ly/thoi-han").status == 401
    assert "đăng nhập" in page.locator("main").inner_text()

    page.goto(f"{portal.address}/vao?ten=binh")
    page.goto(f"{portal.address}/")
    page.get_by_role("button", name="Hỏi đáp kế hoạch").click()
    assert DAY in ask(frame, QUESTION).inner_text()
    assert frame.locator("#notice").inner_text() == ""
    page.goto(f"{portal.address}/tro-ly/")
    page.fill("#box textarea", QUESTION)
    page.press("#box textarea", "Enter")
    page.locator("#thread .sources").wait_for()
    assert "Đồi Mây" in page.locator("#catalogue").inner_text()
    assert "Suối Lau" not in page.content(), "neither in the catalogue nor among the first questions"
    page.goto(f"{portal.address}/tro-ly/van-ban")
    assert "Suối Lau" not in page.locator("main").inner_text(), "a plan of another group"
    page.goto(f"{portal.address}/vao?ten=an")
    page.goto(f"{portal.address}/tro-ly/")
    page.locator("#catalogue", has_text="Suối Lau").wait_for()
    page.goto(f"{portal.address}/tro-ly/van-ban")
    assert "Suối Lau" in page.locator("main").inner_text()
    context.close()
    record = [json.loads(line) for line in (folder / "data" / "audit" / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["who"] for line in record] == ["proxy:binh"] * 2


@pytest.mark.parametrize(
    ("cookie", "sent", "status", "sees_all", "why"),
    [
        ("", {}, 401, False, "nobody"),
        ("", {"X-Remote-User": "an", "X-Remote-Groups": "to-chuc"}, 401, False, "a browser that says who it is"),
        ("", {"x-remote-user": "an", "X_Remote_User": "an"}, 401, False, "in other letters"),
        ("", {"X-Nguoi-Dung": "an", "X-Nhom": "to-chuc"}, 401, False, "in the words in which the portal answers nginx"),
        ("", {"Cookie": "cong=nguoi-la"}, 401, False, "a cookie that the portal has not given"),
        ("binh", {}, 200, False, "one who has signed in"),
        ("binh", {"X-Remote-Groups": "to-chuc"}, 200, False, "and gives himself a group"),
        ("binh", {"X-Remote-User": "an", "X-Remote-Groups": "to-chuc", "X-Forwarded-For": PROXY}, 200, False, "and another name"),
        ("an", {}, 200, True, "a member of the group"),
    ],
)
def test_a_browser_cannot_say_who_it_is(signed: tuple[Portal, int, Path], cookie: str, sent: dict[str, str], status: int, sees_all: bool, why: str) -> None:
    portal = signed[0]
    host = portal.address.removeprefix("http://")
    headers = {"Host": host, **({"Cookie": f"cong={cookie}"} if cookie else {}), **sent}
    told = httpx.get(f"http://127.0.0.1:{portal.port}/tro-ly/api/plans", headers=headers, timeout=60)
    assert told.status_code == status, why
    if status == 200:
        assert {plan["id"] for plan in told.json()["plans"]} == ({"doi-may", "suoi-lau"} if sees_all else {"doi-may"}), why


@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": PROXY}, {"Forwarded": f"for={PROXY}"}, {"X-Real-IP": PROXY}])
def test_past_the_proxy_a_name_is_worth_nothing(signed: tuple[Portal, int, Path], forwarded: dict[str, str]) -> None:
    named = {"X-Remote-User": "an", "X-Remote-Groups": "to-chuc", **forwarded}
    told = httpx.get(f"http://127.0.0.1:{signed[1]}/tro-ly/api/plans", headers=named, timeout=60)
    assert (told.status_code, told.json()["detail"]) == (401, messages.NOT_SIGNED_IN)


def test_one_signs_in_with_a_provider_asks_and_signs_out(portal_index: Path, browser: Any, tmp_path: Path) -> None:
    port = free_port()
    home = f"http://{ASSISTANT}:{port}"
    with provider() as house:
        settings = {
            "XHHT_SIGN_IN": "oidc", "XHHT_OIDC_ISSUER": house.address, "XHHT_OIDC_CLIENT_ID": CLIENT, "XHHT_OIDC_CLIENT_SECRET": SECRET, "XHHT_PUBLIC_URL": home,
        }  # fmt: skip
        with assistant(portal_index, tmp_path, port, settings):
            context = browser.new_context(**DESKTOP)
            context.set_default_timeout(WAIT)
            errors: list[str] = []
            context.on("weberror", lambda error: errors.append(str(error.error)))
            page = context.new_page()
            page.goto(f"{home}/thoi-han?ke_hoach=doi-may")
            assert page.url.startswith(f"{house.address}/authorize?")
            page.get_by_label("Tên").fill("an")
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Vào").click()
            page.wait_for_url(f"{home}/thoi-han?ke_hoach=doi-may")
            assert DAY in page.locator("main").inner_text()

            page.goto(f"{home}/")
            page.fill("#box textarea", QUESTION)
            page.press("#box textarea", "Enter")
            page.locator("#thread .sources").wait_for()
            page.click("#history-open")
            page.locator("#history li").first.wait_for()
            page.keyboard.press("Escape")
            page.wait_for_url("**/chat/?hoi-thoai=*")
            conversation = page.url

            other = context.new_page()
            other.goto(f"{home}/van-ban")
            other.get_by_role("link", name="Đăng xuất").click()
            other.get_by_role("button", name="Đăng xuất").click()
            other.get_by_text(messages.SIGNED_OUT).wait_for()

            page.goto(conversation)
            assert page.url.startswith(f"{house.address}/authorize?"), "what was kept is closed again"
            page.get_by_label("Tên").fill("an")
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Vào").click()
            page.wait_for_url(conversation)
            page.locator("#thread .sources").wait_for()
            context.close()
            assert errors == []
