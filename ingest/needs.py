"""``python -m ingest.needs``: as one JSON object, which files can be read here and what is missing for others."""

from __future__ import annotations

import json

from ingest.readers import READERS, ocr, office


def main() -> None:
    """Prints {"formats": suffixes, "missing": {what cannot be read: the mend}}."""
    missing = {"scanned pages": ocr.missing(), ".doc, .odt and .rtf files": office.missing()}
    print(json.dumps({"formats": list(READERS), "missing": {what: mend for what, mend in missing.items() if mend}}))


if __name__ == "__main__":
    main()
