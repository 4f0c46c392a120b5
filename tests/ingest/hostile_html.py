"""HTML files made to harm."""

from __future__ import annotations

from hostile_files import Hostile


def html(body: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><body><h1>KẾ HOẠCH</h1><p>I. Mục đích</p>{body}</body>".encode()


HTML = [
    Hostile("deep.html", lambda: html("<div>" * 100_000), "nests", "100,000 elements in one another"),
    Hostile("deep_lists.html", lambda: html("<li><ul>" * 100_000), "nests", "lists"),
    Hostile("deep_tables.html", lambda: html("<table><tr><td>" * 400 + "x"), "indexed", "tables in tables"),
    Hostile("attributes_100k.html", lambda: html("<p " + " ".join(f"a{at}=1" for at in range(100_000)) + ">x</p>"), "too many elements", "100,000 attributes"),
    Hostile(
        "attributes_1m.html", lambda: html("<p " + " ".join(f"a{at}=1" for at in range(1_000_000)) + ">x</p>"), "too many elements", "a million attributes"
    ),
    Hostile(
        "attributes_many_tags.html",
        lambda: html(("<p " + " ".join(f"a{at}=1" for at in range(2_000)) + ">x</p>") * 200),
        "too many elements",
        "2,000 attributes on 200 tags",
    ),
    Hostile("same_attribute.html", lambda: html("<p " + "a=1 " * 300_000 + ">x</p>"), "too many elements", "one attribute 300,000 times"),
    Hostile(
        "body_attributes.html", lambda: html("".join(f"<body a{at}=1>" for at in range(50_000))), "too many elements", "50,000 bodies that are merged into one"
    ),
    Hostile("rowspans.html", lambda: html("<table>" + "<tr><td rowspan=999999>a" * 1_000), "not readable", "cells that go down to the end"),
    Hostile(
        "spans.html", lambda: html("<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>a" * 60) * 1_000), "more text than a plan", "cells over everything"
    ),
    Hostile(
        "long_spans.html",
        lambda: html("<table><tr>" + ("<td rowspan=60000>" + "việc " * 2_000) * 10 + "<tr><td>a" * 3_000),
        "indexed",
        "long cells over many rows",
    ),
    Hostile("tables_50k.html", lambda: html("<table><tr><td>a</table>" * 50_000), "too many elements", "50,000 tables"),
    Hostile("cells_500k.html", lambda: html("<table><tr>" + "<td>a" * 500_000), "too many elements", "half a million cells in a row"),
    Hostile("rows_500k.html", lambda: html("<table>" + "<tr><td>a<td>b" * 300_000), "too many elements", "300,000 rows"),
    Hostile("formatting.html", lambda: html("<b><i><u><font size=1>" * 100 + "<p>x" * 20_000), "not readable", "open formatting, rebuilt in every paragraph"),
    Hostile("anchors.html", lambda: html("<a>x" * 50_000 + "<b><p></b>" * 20_000), "nests", "misnested"),
    Hostile("unclosed_p_b.html", lambda: html("<p><b>x" * 30_000), "nests", "formatting that never ends"),
    Hostile("entities.html", lambda: html("&nbsp;&#x110000;&notanentity;&amp" * 100_000), "not readable", "400,000 entities"),
    Hostile("laughs.html", lambda: b"<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>I. M\xe1\xbb\xa5c &b;", "indexed", "entities of its own"),
    Hostile(
        "refresh.html",
        lambda: html(
            "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'><img src=x><iframe src=x></iframe><link rel=stylesheet href=x>"
        ),
        "indexed",
        "leads elsewhere",
    ),
    Hostile("data_50mb.html", lambda: html("<img src='data:image/png;base64," + "A" * 50_000_000 + "'>"), "MB of text", "a picture of 50 MB in the page"),
    Hostile("script_only.html", lambda: b"<html><body><script>document.write('x')</script></body></html>", "no text", "a page that a script writes"),
    Hostile("style_50mb.html", lambda: html("<style>" + ".a{font-family:'x'}" * 500_000 + "</style>"), "indexed", "half a million style rules"),
    Hostile("style_open.html", lambda: html("<style>" + "a{font:" * 300_000 + "</style>"), "indexed", "style rules that never end"),
    Hostile(
        "style_attribute.html",
        lambda: html("<p style='" + "font:" * 500_000 + "'>x" + "<p style='" + "list-style:" * 300_000 + "'>y"),
        "indexed",
        "style attributes that never end",
    ),
    Hostile("classes.html", lambda: html("<p class='" + "a " * 1_000_000 + "'>x</p>"), "too many elements", "a million classes"),
    Hostile("comments.html", lambda: html("<!--" * 500_000), "indexed", "comments that never end"),
    Hostile("brackets.html", lambda: html("<" * 3_000_000), "more text than a plan", "three million brackets"),
    Hostile("text_30mb.html", lambda: html("việc làm " * 3_000_000), "MB of text", "one paragraph of 30 MB"),
    Hostile("paragraphs_1m.html", lambda: html("<p>Việc" * 1_000_000), "too many elements", "a million paragraphs"),
    Hostile("hidden.html", lambda: html("<div hidden>" + "x " * 1_000_000 + "</div>"), "indexed", "hidden text"),
]
