"""WordprocessingML as it is printed: names, values, and the children that are left once every change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(name: str) -> str:
    """A name of the main vocabulary as the parser spells it: "p" → "{http://…}p"."""
    return f"{{{WORD}}}{name}"


VALUE = w("val")
_ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
_CHOICES = (f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback")
_WRAPPERS = {w(name) for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "sdtContent", "dir", "bdo")}
_DROPPED = {w(name) for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rt")}
_OFF = ("0", "false", "off", "none")


def printed(element: Element) -> Iterator[Element]:
    """The children that the page shows: wrappers opened, insertions kept, deletions dropped, one of each set of alternatives."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from printed(child)
        elif child.tag == w("sdt"):
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from printed(content)
        elif child.tag == _ALTERNATIVES:
            chosen = next((choice for name in _CHOICES if (choice := child.find(name)) is not None), None)
            if chosen is not None:
                yield from printed(chosen)
        elif child.tag not in _DROPPED:
            yield child


def value(element: Element | None, name: str) -> str | None:
    """The ``w:val`` of a child: ``<w:pPr><w:pStyle w:val="Heading1"/>`` → "Heading1"; None without child or value."""
    child = None if element is None else element.find(w(name))
    return None if child is None else child.get(VALUE)


def whole(text: str | None, default: int, most: int = 32_767) -> int:
    """A whole number from an attribute, within what Word itself can hold."""
    try:
        return max(0, min(int(text or default), most))
    except ValueError:
        return default


def is_on(switch: Element | None) -> bool:
    """Whether a property such as ``<w:vanish/>`` is there and not switched off by its value."""
    return switch is not None and switch.get(VALUE, "on") not in _OFF


def is_shaded(properties: Element | None) -> bool:
    """Whether these properties fill the background with a colour on which white letters can be read."""
    shading = None if properties is None else properties.find(w("shd"))
    return shading is not None and not is_white(shading.get(w("fill"), "auto")) and shading.get(w("fill"), "auto") != "auto"


def is_white(colour: str) -> bool:
    """Whether an RRGGBB colour cannot be told from paper."""
    return len(colour) == 6 and all(colour[at] in "Ff" for at in (0, 2, 4))
