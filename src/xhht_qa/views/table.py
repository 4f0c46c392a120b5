"""A page's table as a file: for any program (CSV), and for Excel (XLSX)."""

from __future__ import annotations

import io
from dataclasses import dataclass

from xhht_qa.facts.export import table_as_csv

_NARROW, _WIDE = 12, 60  # characters of a column


@dataclass(frozen=True)
class Table:
    """What a page shows, cell by cell."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_csv(self) -> bytes:
        """Excel opens it as it is."""
        return table_as_csv(self.head, self.rows).encode()

    def as_xlsx(self) -> bytes:
        """A workbook of one sheet; every cell is text, so that none can be a formula."""
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = self.title
        for number, row in enumerate((self.head, *self.rows), 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(number, column)
                if text:
                    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
                    cell.data_type = "s"
                cell.font = Font(bold=number == 1)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column, texts in enumerate(zip(self.head, *self.rows, strict=True), 1):
            sheet.column_dimensions[get_column_letter(column)].width = min(max(_NARROW, *(len(text) + 2 for text in texts)), _WIDE)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()
