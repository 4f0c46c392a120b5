"""Which part of a web page is the document: the article without menus, banners, footers and hidden text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

_UNSEEN = {"head", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select", "textarea", "button", "dialog", "del"}
_AROUND = {"nav", "aside", "footer"}
_ARTICLE = {"article", "main"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_FRAMES = {"div", "section", "ul", "ol", "table", "header"}  # what may hold a menu
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_READER_ONLY = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:\s|$)")
_NAMED_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|header|footer|breadcrumbs?|banner|related|comments?|share|social|pagination|pager|toolbar|copyright|cookies?|modal|popup)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES_AROUND = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar"}
_SMALL_PART = 0.1  # of the page's text: a block that only its name or its links tell from the document may hold so much
_LINK_SHARE, _FEW_LINKS = 0.8, 3  # three links and little else are a menu


class Node(Protocol):
    """What is asked of a node of the parser's tree."""

    @property
    def tag(self) -> str | None:
        """The name in small letters; "-text" for text."""

    @property
    def mem_id(self) -> int:
        """What tells this node from every other."""

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """By name; None for one without a value."""

    @property
    def text_content(self) -> str | None:
        """Of a text node."""

    @property
    def first_child(self) -> Node | None:
        """None in a node that is empty."""

    @property
    def next(self) -> Node | None:
        """The node behind it in its parent."""

    @property
    def parent(self) -> Node | None:
        """None above the root."""


@dataclass(frozen=True)
class Page:
    """``article`` holds the document; ``around`` are the ids of the nodes in it that do not belong to it; ``hidden`` characters are in them."""

    article: Node
    around: frozenset[int]
    hidden: int


@dataclass
class _Element:
    """What an element holds, counted while the walk is inside it."""

    node: Node
    text: int = 0  # characters
    linked: int = 0  # of them, in links
    headed: int = 0  # of them, in headings: a list of links has its own
    links: int = 0
    hidden: int = 0


def walk(root: Node, around: Collection[int] = ()) -> Iterator[tuple[Node, bool]]:
    """Every node below ``root`` twice, when it opens and when it closes; those ``around`` and what a browser never draws are passed over."""
    node = root.first_child
    while node is not None:
        passed_over = node.tag in _UNSEEN or node.mem_id in around
        if not passed_over:
            yield node, True
            if node.first_child is not None:
                node = node.first_child
                continue
            yield node, False
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent
            yield node, False
        node = node.next


def article_of(body: Node) -> Page:
    """The innermost article that holds more than half of a page's text, else the whole body."""
    elements = [_Element(body)]
    articles: list[_Element] = []
    frames: list[_Element] = []
    around: list[int] = []
    for node, opening in walk(body):
        if node.tag == "-text":
            elements[-1].text += len((node.text_content or "").strip()) if opening else 0
        elif opening:
            elements.append(_Element(node))
        else:
            element = elements.pop()
            if not _give_to_parent(element, elements[-1]):
                around.append(node.mem_id)
            if node.tag in _ARTICLE or node.attributes.get("role") == "main":
                articles.append(element)
            elif node.tag in _FRAMES:
                frames.append(element)
    whole = elements[0]
    chosen = next((article for article in articles if article.text > whole.text / 2), whole)
    menus = (frame.node.mem_id for frame in frames if frame.text <= whole.text * _SMALL_PART and _is_menu(frame))
    return Page(chosen.node, frozenset([*around, *menus]), chosen.hidden)


def _give_to_parent(element: _Element, parent: _Element) -> bool:
    """What an element has held is its parent's too. False, and nothing is, for one that is hidden or stands around the document."""
    attributes = element.node.attributes
    parent.hidden += element.hidden
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(attributes.get("style") or ""):
        parent.hidden += element.text
        return False
    if element.node.tag in _AROUND or attributes.get("role") in _ROLES_AROUND or _READER_ONLY.search(attributes.get("class") or ""):
        return False
    is_link = element.node.tag == "a" and "href" in attributes
    parent.text += element.text
    parent.linked += element.text if is_link else element.linked
    parent.headed += element.text if element.node.tag in _HEADINGS else element.headed
    parent.links += 1 if is_link else element.links
    return True


def _is_menu(frame: _Element) -> bool:
    attributes = frame.node.attributes
    if _NAMED_AROUND.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"):
        return True
    # a page's own header in a file that Word or LibreOffice wrote
    if attributes.get("title") in ("header", "footer") or "mso-element:" in (attributes.get("style") or ""):
        return True
    return frame.links >= _FEW_LINKS and frame.linked >= (frame.text - frame.headed) * _LINK_SHARE
