"""A plan in the formats that LibreOffice writes from a Word file."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from evals.variants import word
from evals.variants.source import Source, VariantError

_SECONDS = 120
_RUNNING_HEAD = "Bản lưu hành nội bộ"


def missing() -> str:
    """What has to be installed first, as the end of a sentence; empty when all is there."""
    return "" if shutil.which("soffice") else "install LibreOffice, on Debian with apt-get install libreoffice-writer-nogui"


def doc(plan: Source, path: Path) -> None:
    """Word before 2007, with automatic numbers; LibreOffice loses the shared count of lists that restart when it writes this format."""
    _save(plan, path, word.Automatic(restarts=False))


def odt(plan: Source, path: Path) -> None:
    """LibreOffice's own format, with automatic numbers and restarts."""
    _save(plan, path, word.Automatic())


def rtf(plan: Source, path: Path) -> None:
    """Rich text, with automatic numbers as in ``doc``."""
    _save(plan, path, word.Automatic(restarts=False))


def pdf(plan: Source, path: Path) -> None:
    """Printed from the typed Word file, with page numbers and a running head."""
    path.write_bytes(printed(plan))


def pdf_unruled(plan: Source, path: Path) -> None:
    """Printed likewise, its tables set by white space alone."""
    _save(plan, path, word.Typed(), _RUNNING_HEAD, ruled=False)


@lru_cache(maxsize=1)
def printed(plan: Source) -> bytes:
    """The PDF of a plan; kept, as the scans of one plan are made one after the other."""
    with tempfile.TemporaryDirectory(prefix="xhht-variant-") as folder:
        path = Path(folder) / "plan.pdf"
        _save(plan, path, word.Typed(), _RUNNING_HEAD)
        return path.read_bytes()


def _save(plan: Source, path: Path, numbers: word.Numbers, head: str = "", ruled: bool = True) -> None:
    """Have LibreOffice save a Word file as what the suffix of ``path`` says. Raises VariantError."""
    with tempfile.TemporaryDirectory(prefix="xhht-variant-") as name:
        folder = Path(name)
        source = folder / f"{path.stem}.docx"
        word.write(plan, source, numbers, word.in_unicode, head, ruled)
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", path.suffix.lstrip("."), "--outdir", str(path.parent), str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            raise VariantError(f"LibreOffice did not write {path.name} ({error}); run it again") from None
