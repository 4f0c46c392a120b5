"""Web pages: the article without the page around it, and Word's "save as HTML", with every number that a browser shows."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.readers.docx.tables import Row
from ingest.readers.html_lines import Lines, class_fonts
from ingest.readers.html_page import article_of, walk
from ingest.readers.legacy import decode_bytes, recode
from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError
from xhht_qa.text.normalise import compose
from xhht_qa.types import Line

_MAX_DEPTH = 512  # where browsers stop too; the parser's time grows with the square of the depth
_MAX_TAGS = 200_000  # Word's own HTML has some three hundred a page
_MAX_ATTRIBUTES = 1_000  # the parser's time grows with the square of their number
_CROWDED_TAG = re.compile(rf"<[a-zA-Z](?:[^\s<>]*+\s++){{{_MAX_ATTRIBUTES}}}")
_MERGED_TAG = re.compile(r"<(?:html|body)\b", re.IGNORECASE)  # the attributes of all of them are gathered on one element
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Tags that need no end, or get it from the next of their kind: they say nothing about depth.
_SELF_ENDING = frozenset(
    re.findall(
        r"\w+",
        "area base br col embed hr img input link meta param source track wbr option html head body p li dt dd tr td th thead tbody tfoot",
    )
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_WESTERN = ("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii")  # which browsers read as cp1252


def read_html(path: Path, data: bytes) -> Reading:
    """The lines of the article in a page: one a paragraph, one a table row. Raises ReadError."""
    from selectolax.lexbor import LexborHTMLParser

    decoded = decode_bytes(data, _declared(data))
    if decoded is None:
        raise ReadError(f"{path}: the page's encoding is not known; open it in a browser and save it as UTF-8")
    markup, warnings = decoded
    tags, depth = _tags(markup)
    if depth > _MAX_DEPTH:
        raise ReadError(f"{path}: the page nests more than {_MAX_DEPTH} elements in one another; copy its text into a .docx file")
    if tags > _MAX_TAGS or _CROWDED_TAG.search(markup) or len(_MERGED_TAG.findall(markup)) > _MAX_ATTRIBUTES:
        raise ReadError(f"{path}: the page has too many elements or attributes to be a plan; copy its text into a .docx file")
    tree = LexborHTMLParser(markup)
    if tree.body is None:
        raise ReadError(f"{path}: the page has no text; save it from the browser again")
    page = article_of(tree.body)
    lines = Lines(class_fonts("".join(style.text() for style in tree.css("style"))))
    for node, opening in walk(page.article, page.around):
        lines.take(node, opening)
    if page.hidden:
        warnings = (*warnings, f"hidden text of {page.hidden} characters was left out")
    return _reading(lines.rows(), warnings)


def _reading(rows: list[Row], warnings: tuple[str, ...]) -> Reading:
    """The rows as lines, all of them decoded when they stand in the letters of an old font that no element names."""
    text, recoded = recode("\n".join(text for text, _ in rows))
    texts = text.split("\n") if recoded else [text for text, _ in rows]
    # a lone byte-order mark is a row of nothing
    kept = [(compose(text), cells) for text, (_, cells) in zip(texts, rows, strict=True) if compose(text)]
    lines = (
        Line(number, text, tuple(map(compose, text.split(" | ") if recoded else cells)) if cells else ()) for number, (text, cells) in enumerate(kept, start=1)
    )
    return Reading(tuple(lines), (*warnings, *recoded))


def _declared(data: bytes) -> str:
    """The encoding that the page names, as Python knows it."""
    found = _CHARSET.search(data[:4096])
    name = found.group(1).decode("ascii", "replace").lower() if found else ""
    return "cp1252" if name in _WESTERN else name


def _tags(markup: str) -> tuple[int, int]:
    """How many tags there are, and at most how many elements stand in one another; more than there do where ends are missing."""
    tags = depth = deepest = 0
    for found in _TAG.finditer(markup):
        tags += 1
        if found.group(2).lower() not in _SELF_ENDING:
            depth = max(0, depth - 1) if found.group(1) else depth + 1
            deepest = max(deepest, depth)
    return tags, deepest
