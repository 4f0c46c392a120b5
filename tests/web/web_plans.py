"""The plans of the server that the tests of the page visit."""

from __future__ import annotations

from pathlib import Path

from prerequisites import ROOT

PLANS = [ROOT / "ingest" / "plans" / name for name in ("ubnd-tinh-lamkhe-cds.txt", "so-noi-vu-lamkhe-cchc.docx", "so-gddt-hoaikhe-xhht.md")]
PRINTED = Path(__file__).parent / "plans" / "thcs-binhkhe-trongcay.pdf"  # two pages, printed by Chromium
