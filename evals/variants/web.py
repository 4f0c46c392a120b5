"""A plan as a web page: on an agency's portal, saved from Word, and with its numbers in lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from evals.variants.source import Item, Source
from ingest.markers import Kind
from xhht_qa.types import Section

_NAVIGATION = ["Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Thủ tục hành chính", "Liên hệ"]


def portal(plan: Source, path: Path) -> None:
    """An article between a menu, related news and the portal's own foot."""
    menu = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(_NAVIGATION))
    news = "".join(f'<li><a href="/tin/{number}">Tin liên quan số {number}</a></li>' for number in range(1, 6))
    page = f"""<header class="banner"><img alt="Biểu trưng"><nav><ul>{menu}</ul></nav></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> / <a href="/van-ban">Văn bản</a></div>
<main><article>{_columns(plan.left, plan.right)}{_blocks(plan.body)}{_columns(plan.recipients, plan.signature)}{_blocks(plan.appendix)}</article></main>
<aside><h2>Tin liên quan</h2><ul>{news}</ul></aside>
<footer><p>Cổng thông tin điện tử. Điện thoại: 0000 000 000.</p></footer>"""
    path.write_text(_document(page, '<meta charset="utf-8">'), encoding="utf-8")


def breaks(plan: Source, path: Path) -> None:
    """As older portals keep it: no paragraphs but line breaks, hard spaces for the indent and behind the number."""
    text = _blocks(plan.items, _line)
    path.write_text(_document(f'<div class="noi-dung"><font face="Times New Roman">{text}</font></div>', '<meta charset="utf-8">'), encoding="utf-8")


def word(plan: Source, path: Path) -> None:
    """As Word saves it: every line wrapped, numbers of lists inside comments for old browsers, letters as Western ones or references."""
    body = _blocks(plan.items, _word_paragraph)
    page = f'<div class=WordSection1>\n{body}\n</div>\n<div style="mso-element:footer"><p class=MsoFooter>1</p></div>'
    style = '<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm;font-family:"Times New Roman",serif;} --></style>'
    head = f'<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Microsoft Word 15">{style}'
    path.write_bytes(_document(page, head).replace("\n", "\r\n").encode("cp1252", errors="xmlcharrefreplace"))


def lists(plan: Source, path: Path) -> None:
    """Parts and their numbers are items of ordered lists, dashes of unordered ones; what a browser would number otherwise is typed."""
    path.write_text(_document(_sections(plan, None), '<meta charset="utf-8">'), encoding="utf-8")


def _document(body: str, head: str) -> str:
    return f'<!DOCTYPE html>\n<html lang="vi"><head>{head}<title>Kế hoạch</title></head>\n<body>\n{body}\n</body></html>\n'


def _paragraph(item: Item) -> str:
    text = escape(item.text, quote=False)
    return f"<p><strong>{text}</strong></p>" if item.is_heading else f"<p>{text}</p>"


def _line(item: Item) -> str:
    return f"&nbsp; &nbsp; {escape(item.text, quote=False).replace(' ', '&nbsp;', 1)}<br>"


def _columns(left: tuple[Item, ...], right: tuple[Item, ...]) -> str:
    cells = (f"<td>{''.join(map(_paragraph, items))}</td>" for items in (left, right))
    return f"<table><tr>{''.join(cells)}</tr></table>" if left and right else _blocks((*left, *right))


def _blocks(items: Iterable[Item], paragraph: Callable[[Item], str] = _paragraph) -> str:
    grouped = groupby(items, key=lambda item: bool(item.cells))
    return "\n".join(_table(block) if is_table else "\n".join(map(paragraph, block)) for is_table, block in grouped)


def _table(rows: Iterable[Item]) -> str:
    """The last cell of a row that has fewer than the others goes to the edge."""
    rows = list(rows)
    width = max(len(row.cells) for row in rows)
    lines = []
    for row in rows:
        spans = [1] * (len(row.cells) - 1) + [width - len(row.cells) + 1]
        lines.append("".join(f'<td colspan="{span}"><p>{escape(text, quote=False)}</p></td>' for span, text in zip(spans, row.cells, strict=True)))
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _word_paragraph(item: Item) -> str:
    """Word keeps the number of an item apart from its text, with spaces of another font between them."""
    number = item.marker.printed if item.marker else ""
    if not number or not item.text.startswith(f"{number} "):
        return f"<p class=MsoNormal>{_wrapped(item.text)}</p>"
    gap = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    mark = f"<![if !supportLists]><span style='mso-list:Ignore'>{escape(number)}{gap}</span><![endif]>"
    return f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>{mark}{_wrapped(item.rest)}</p>"


def _wrapped(text: str) -> str:
    """Lines of the width at which Word breaks its markup."""
    return "\n".join(wrap(escape(text, quote=False), 76, break_long_words=False, break_on_hyphens=False))


def _sections(plan: Source, parent: str | None) -> str:
    """The sections below a parent, None for the top: neighbours that a browser numbers alike are the items of one list."""
    below = [section for section in plan.plan.sections if section.parent == parent]
    html = ""
    for kind, sections in groupby(below, key=lambda section: _list_type(_items(plan, section)[0])):
        inside = "".join(_section(plan, section, kind) for section in sections)
        html += f'<ol type="{kind}">{inside}</ol>\n' if kind else inside
    return html


def _section(plan: Source, section: Section, kind: str) -> str:
    first, *others = _items(plan, section)
    children = _sections(plan, section.address)
    if not kind:
        return _flow([first, *others]) + children
    assert first.marker
    text = escape(first.rest, quote=False)
    return f'<li value="{first.marker.last}"><p>{text}</p>{_flow(others)}{children}</li>\n'


def _items(plan: Source, section: Section) -> list[Item]:
    return [item for item in plan.items if item.section == section.address]


def _list_type(item: Item) -> str:
    """The type of the list whose items a browser numbers as this one is printed; "" when there is none."""
    marker = item.marker
    if marker is None or not item.text.startswith(f"{marker.printed} "):
        return ""
    if marker.kind is Kind.ROMAN and marker.printed == f"{marker.token}.":
        return "I"
    return "1" if marker.kind is Kind.ARABIC and marker.printed == f"{marker.last}." else ""


def _flow(items: list[Item]) -> str:
    """Paragraphs and tables as they are; dashes as list items, each with the pluses behind it as a list of its own."""
    html, dashes = "", ""
    for depth, run in groupby(items, key=_depth):
        block = list(run)
        if depth == 1 or (depth == 2 and dashes):
            inside = "".join(f"<li>{escape(item.rest, quote=False)}</li>" for item in block)
            dashes = dashes + inside if depth == 1 else f"{dashes.removesuffix('</li>')}<ul>{inside}</ul></li>"
        else:
            html += (f"<ul>{dashes}</ul>" if dashes else "") + _blocks(block)
            dashes = ""
    return html + (f"<ul>{dashes}</ul>" if dashes else "")


def _depth(item: Item) -> int:
    """1 for a dash, 2 for a plus, 0 for everything else."""
    if item.marker is None or item.marker.kind is not Kind.BULLET:
        return 0
    return {"-": 1, "+": 2}.get(item.text.partition(" ")[0], 0)
