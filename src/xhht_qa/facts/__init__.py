"""What the plans state, taken apart at ingest: picked out, and given away as a list, a table or a calendar."""

from xhht_qa.facts.calendar import calendar
from xhht_qa.facts.choose import Choice, Stated, choose
from xhht_qa.facts.days import Span, named_days
from xhht_qa.facts.export import as_csv, as_json, as_text

__all__ = ["Choice", "Span", "Stated", "as_csv", "as_json", "as_text", "calendar", "choose", "named_days"]
