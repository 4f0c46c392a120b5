"""When something is due, in every form that plans print it.

The words of a text are told apart by kind (``words``); a grammar over the kinds (``grammar``) finds the expressions, and rules for dates in a
row (``rows``) and for spans and periods (``periods``) read them. Partial dates stay partial and relative ones keep their anchor. A bare period
is read as one ("6 tháng đầu năm" in "báo cáo 6 tháng đầu năm" too): whether it is a deadline or the name of an occasion is for the reader of
the sentence to tell; a preposition is part of the due's text.
"""

from xhht_qa.text.due.grammar import find_dues
from xhht_qa.text.due.reading import DueMention

__all__ = ["DueMention", "find_dues"]
