"""How pages and files travel from a real server: compressed, kept while they stay the same, asked for early."""

from __future__ import annotations

import re

import httpx
import pytest

KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "private, no-cache"
FONT = "/static/fonts/be-vietnam-pro-vietnamese-400-normal.woff2"


@pytest.mark.parametrize(
    ("path", "encoding", "kept", "why"),
    [
        ("/chat/", "gzip", ASKED_AGAIN, "a page of ours, read for its scripts before it is compressed"),
        ("/static/chat.css", "gzip", "no-cache", "asked for again after an upgrade, and 304 until then"),
        ("/static/chat.js", "gzip", "no-cache", "one script of before never meets another of now"),
        (FONT, None, KEPT, "compressed by itself, known by its name"),
        ("/api/plans", "gzip", ASKED_AGAIN, "data is compressed, and never shown again unasked"),
        ("/health", None, None, "too small to be worth it"),
    ],
)
def test_each_kind_travels_as_it_should(server: str, path: str, encoding: str | None, kept: str | None, why: str) -> None:
    asked = httpx.get(f"{server}{path}", headers={"accept": "text/html", "accept-encoding": "gzip"})
    plain = httpx.get(f"{server}{path}", headers={"accept": "text/html", "accept-encoding": "identity"})
    assert (asked.headers.get("content-encoding"), asked.headers.get("cache-control")) == (encoding, kept), why
    assert "content-encoding" not in plain.headers
    assert len(asked.content) == len(plain.content) > 0
    assert "content-security-policy" in asked.headers


def test_gradios_files_are_kept_for_ever_and_ours_are_not_sent_twice(server: str) -> None:
    page = httpx.get(f"{server}/chat/", headers={"accept": "text/html"}).text
    asset = re.search(r'src="\./(assets/[^"]+\.js)"', page)
    assert asset
    assert httpx.get(f"{server}/chat/{asset[1]}").headers["cache-control"] == KEPT
    sheet = httpx.get(f"{server}/static/chat.css")
    again = httpx.get(f"{server}/static/chat.css", headers={"if-none-match": sheet.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_asked_for_early_is_there_and_is_what_the_page_needs(server: str) -> None:
    page = httpx.get(f"{server}/chat/", headers={"accept": "text/html"})
    early = [str(page.url.join(address)) for address in re.findall(r"<([^>]+)>", page.headers["link"])]
    assert sum(address.endswith(".woff2") for address in early) == 4
    assert all(httpx.get(address).status_code == 200 for address in early)
    assert "link" not in httpx.get(f"{server}/thoi-han").headers
