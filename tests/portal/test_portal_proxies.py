"""The example portal of the documentation behind nginx and Caddy, over http and https, with the assistant below a path and at a host of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from portal import DAY, QUESTION, assistant
from programs import free_port
from proxies import ASSISTANT, PORTAL, Portal, caddy, nginx

WAIT = 60_000
PROXIES: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "nginx-https": (nginx, {"scheme": "https"}),
    "nginx-http": (nginx, {"scheme": "http"}),
    "nginx-strips": (nginx, {"scheme": "https", "strips": True}),
    "caddy": (caddy, {}),
}


@pytest.fixture(scope="module")
def assistants(portal_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """The ports of an assistant below /tro-ly and of one with a host of its own, with the settings that the example tells."""
    ports = {"below": free_port(), "own": free_port()}
    with ExitStack() as stack:
        for name, settings in (("below", {"XHHT_ROOT_PATH": "/tro-ly"}), ("own", {"XHHT_FRAME_ANCESTORS": f"'self' {PORTAL}:*"})):
            stack.enter_context(assistant(portal_index, tmp_path_factory.mktemp(name), ports[name], settings))
        yield ports


@pytest.fixture(scope="module", params=PROXIES)
def behind(request: pytest.FixtureRequest, assistants: dict[str, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    proxy, options = PROXIES[request.param]
    with proxy(tmp_path_factory.mktemp("proxy"), below=assistants["below"], own=assistants["own"], **options) as portal:
        yield portal


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window that trusts the certificate; no script may have failed and nothing may have been refused by a policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, ignore_https_errors=True)
    context.set_default_timeout(WAIT)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" and "favicon" not in message.location["url"] else None)
    yield context.new_page()
    context.close()
    assert errors == []


def answered(frame: Any, question: str = QUESTION) -> Any:
    """The answer to a question that is typed into a frame, once its first citation is open."""
    frame.locator("#send:enabled").wait_for()
    frame.locator("#box").fill(question)
    frame.locator("#box").press("Enter")
    answer = frame.locator("[data-testid=bot]").first
    answer.locator("p a[href^='#src=']").first.click()
    assert DAY in frame.locator("#source .marked").first.inner_text()
    return answer


def test_the_button_of_the_portal(behind: Portal, page: Any) -> None:
    page.goto(f"{behind.address}/")
    page.get_by_role("button", name="Hỏi đáp kế hoạch").click()
    frame = page.frame_locator("xhht-qa iframe")
    assert DAY in answered(frame).inner_text()
    assert frame.locator("#source .source-page-link").get_attribute("href") == f"{behind.address}/tro-ly/doc/doi-may#I.1.a"
    assert Axe().run(page).response["violations"] == []
    page.reload()
    assert page.evaluate("() => Object.keys(sessionStorage)") == ["xhht-qa 0 "], "on one origin the frame keeps the conversation itself"
    page.get_by_role("button", name="Hỏi đáp kế hoạch").click()
    assert DAY in frame.locator("[data-testid=bot]").inner_text()


def test_the_panel_in_a_page_of_the_portal(behind: Portal, page: Any) -> None:
    page.goto(f"{behind.address}/trong-trang.html")
    assert DAY in answered(page.frame_locator("xhht-qa iframe")).inner_text()
    assert Axe().run(page).response["violations"] == []
    page.reload()
    assert DAY in page.frame_locator("xhht-qa iframe").locator("[data-testid=bot]").inner_text(), "across origins too a reload keeps the conversation"


def test_a_frame_without_a_script(behind: Portal, page: Any) -> None:
    page.goto(f"{behind.address}/khung.html")
    assert DAY in answered(page.frame_locator("iframe.tro-ly")).inner_text()
    assert page.frame_locator("iframe.tro-ly").locator("#close").count() == 0


def test_the_pages_of_the_assistant_below_the_portal(behind: Portal, page: Any) -> None:
    page.goto(f"{behind.address}/tro-ly/")
    page.wait_for_selector("#box textarea")
    page.fill("#box textarea", QUESTION)
    page.press("#box textarea", "Enter")
    page.locator("#thread .sources").wait_for()
    page.locator("#thread a[href^='#src=']").first.click()
    assert DAY in page.locator("#source .marked").first.inner_text()
    page.click("#history-open")  # asked for with the visitor's cookie, which must hold below the path alone
    page.locator("#history li").first.wait_for()
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "xhht_visitor")
    assert (cookie["path"], cookie["secure"], cookie["httpOnly"]) == ("/tro-ly", behind.scheme == "https", True)
    page.goto(f"{behind.address}/tro-ly/thoi-han")
    page.locator("main a[href*='/doc/']").first.click()
    page.wait_for_url(f"{behind.address}/tro-ly/doc/**")
    page.locator("nav a").first.click()
    page.wait_for_selector("#box textarea")


@pytest.mark.parametrize(
    ("host", "path", "status", "goes_to", "kind", "why"),
    [
        (PORTAL, "/tro-ly/", 307, "/tro-ly/chat/", "", "the way in leads to the chat, below the path"),
        (PORTAL, "/tro-ly/api/khong", 404, "", "application/json", "a program is answered as a program"),
        (PORTAL, "/tro-ly/khong", 404, "", "text/html", "a person as a person"),
        (PORTAL, "/tro-ly/health", 200, "", "application/json", ""),
        (ASSISTANT, "/", 307, "/chat/", "", "at a host of its own there is no path"),
    ],
)
def test_addresses(behind: Portal, host: str, path: str, status: int, goes_to: str, kind: str, why: str) -> None:
    address = httpx.URL(f"{behind.scheme}://127.0.0.1:{behind.port}{path}")
    forged = {"X-Forwarded-Host": "xau.example", "X-Forwarded-Prefix": "/xau", "X-Forwarded-For": "10.0.0.1"}
    with httpx.Client(verify=False) as client:
        request = client.build_request("GET", address, headers={"Host": f"{host}:{behind.port}", **forged}, extensions={"sni_hostname": host})
        response = client.send(request)
    assert (response.status_code, response.headers.get("location", "").removeprefix(f"{behind.scheme}://{host}:{behind.port}")) == (status, goes_to), why
    assert response.headers.get("content-type", "").startswith(kind), why
    assert "xau" not in response.text


@pytest.mark.parametrize(("sent", "cookie"), [("https", "; Secure"), ("http", "")])
def test_the_scheme_is_believed_of_a_proxy(assistants: dict[str, int], sent: str, cookie: str) -> None:
    headers = {"X-Forwarded-Proto": sent, "Accept": "text/html"}
    assert httpx.get(f"http://127.0.0.1:{assistants['below']}/tro-ly/embed", headers=headers).headers["set-cookie"].endswith(f"SameSite=Lax{cookie}")


def test_who_has_not_signed_in_is_shown_where(assistants: dict[str, int], browser: Any, tmp_path: Path) -> None:
    closed = {"    location /tro-ly/ {": "    location /tro-ly/api/ { return 401; }\n    location /tro-ly/ {"}
    with nginx(tmp_path, "http", **assistants, more=closed) as portal:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(f"{portal.address}/tro-ly/embed")
        page.locator("#send:enabled").wait_for()
        page.locator("#box").fill(QUESTION)
        page.locator("#box").press("Enter")
        page.locator("#notice").filter(has_text="Anh/Chị cần đăng nhập").wait_for()
        link = page.get_by_role("link", name="Mở trang hỏi đáp để đăng nhập")
        assert (link.get_attribute("href"), link.get_attribute("target")) == (f"{portal.address}/tro-ly/chat/", "_blank")
        assert page.locator("#box").input_value() == QUESTION
        page.close()


@pytest.mark.parametrize("proxy", ["nginx-https", "caddy"])
def test_what_a_browser_says_of_itself_does_not_get_through(proxy: str, tmp_path: Path) -> None:
    heard: list[dict[str, str]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    begin, options = PROXIES[proxy]
    forged = {
        "X-Remote-User": "truong-phong",
        "X-Remote-Name": "Trưởng phòng".encode(),
        "X-Remote-Groups": "quan-tri",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "http",
        "Authorization": "Basic dHJ1b25nLXBob25nOng=",  # nginx makes its $remote_user of it, whether the password was looked at or not
    }
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listener,
        begin(tmp_path, below=listener.server_port, own=listener.server_port, **options) as portal,
    ):
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        with httpx.Client(verify=False) as client:
            for host, path in ((PORTAL, "/tro-ly/embed"), (ASSISTANT, "/embed")):
                headers = {"Host": f"{host}:{portal.port}", **forged}
                client.send(client.build_request("GET", f"https://127.0.0.1:{portal.port}{path}", headers=headers, extensions={"sni_hostname": host}))
        listener.shutdown()
    for host, told in zip((PORTAL, ASSISTANT), heard, strict=True):
        assert (told["host"], told["x-forwarded-for"], told["x-forwarded-proto"]) == (f"{host}:{portal.port}", "127.0.0.1", "https")
        assert [told.get(f"x-remote-{name}", "") for name in ("user", "name", "groups")] == ["", "", ""]
