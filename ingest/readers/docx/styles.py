"""What a paragraph or a run inherits: its own properties first, then those of its styles, then the document's defaults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ingest.readers.docx.markup import VALUE, is_on, is_shaded, is_white, value, w

_MOST_BASES = 30  # styles below one another; Word stops at about ten


class Styles:
    """The styles part of a document."""

    def __init__(self, part: Element) -> None:
        self._styles = {style.get(w("styleId"), ""): style for style in part.iter(w("style"))}
        self._coloured: dict[str, bool] = {}
        self._default = next(
            (name for name, style in self._styles.items() if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")), ""
        )
        self._defaults = [found for found in [part.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")] if found is not None]

    def chain(self, name: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those it is based on, the nearest first; a style that is based on itself, or on too many, ends the chain."""
        seen: set[str] = set()
        while name and name not in seen and name in self._styles and len(seen) < _MOST_BASES:
            seen.add(name)
            yield name, self._styles[name]
            name = value(self._styles[name], "basedOn")

    def of_paragraph(self, properties: Element | None) -> Iterator[tuple[str, Element]]:
        """The chain of styles of a paragraph with these ``w:pPr``."""
        return self.chain(value(properties, "pStyle") or self._default)

    def of_run(self, run: Element | None, paragraph: Element | None) -> Sequence[Element]:
        """Every ``w:rPr`` that holds for a run, the nearest first, from the ``w:rPr`` of the run and the ``w:pPr`` of its paragraph."""
        chains = (*self.chain(value(run, "rStyle")), *self.of_paragraph(paragraph))
        inherited = [found for _, style in chains if (found := style.find(w("rPr"))) is not None]
        return [*([] if run is None else [run]), *inherited, *self._defaults]

    def is_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is a line of the table of contents, which repeats headings with page numbers."""
        return any((value(style, "name") or "").lower().startswith("toc ") for _, style in self.of_paragraph(properties))

    def shades_paragraph(self, properties: Element | None) -> bool:
        """Whether the paragraph has a coloured background, its own or its style's."""
        return is_shaded(properties) or any(is_shaded(style.find(w("pPr"))) for _, style in self.of_paragraph(properties))

    def shades_table(self, properties: Element | None) -> bool:
        """Whether a table or any condition of its style colours cells."""
        return is_shaded(properties) or any(self._colours(name) for name, _ in self.chain(value(properties, "tblStyle")))

    def _colours(self, name: str) -> bool:
        """Whether any part of a style has a coloured background; looked up once, since a file may have thousands of tables."""
        if name not in self._coloured:
            self._coloured[name] = any(map(is_shaded, self._styles[name].iter()))
        return self._coloured[name]


def is_switched_on(properties: Sequence[Element], name: str) -> bool:
    """Whether the nearest properties that mention a switch (``vanish``, ``caps``) turn it on."""
    return is_on(_first(properties, name))


def is_invisible(properties: Sequence[Element], shaded: bool) -> bool:
    """Whether a run with these properties cannot be read on paper: hidden, or white on white; ``shaded`` is its surroundings."""
    if is_switched_on(properties, "vanish"):
        return True
    colour = _first(properties, "color")
    if shaded or colour is None or not is_white(colour.get(VALUE, "")):
        return False
    highlight = _first(properties, "highlight")
    highlighted = highlight is not None and highlight.get(VALUE) not in (None, "none", "white")
    return not highlighted and not any(is_shaded(part) for part in properties)


def font_of(properties: Sequence[Element]) -> str:
    """The name of the font of a run's Latin letters, "" where a theme or nothing names it."""
    for part in properties:
        fonts = part.find(w("rFonts"))
        if fonts is not None and fonts.get(w("asciiTheme")):
            return ""
        if fonts is not None and (name := fonts.get(w("ascii")) or fonts.get(w("hAnsi"))):
            return name
    return ""


def _first(properties: Sequence[Element], name: str) -> Element | None:
    return next((found for part in properties if (found := part.find(w(name))) is not None), None)
