"""Files of older and other word processors: LibreOffice turns .doc, .odt and .rtf into .docx, and the Word reader reads that.

LibreOffice takes anything for text and follows links, so a file is let in only by its first bytes, its import filter is named, and it
runs without network, without macros, with an empty profile and in a folder of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError

_SECONDS = 12  # a plan takes one or two; a file that needs more is no plan
_MAX_UNPACKED_BYTES, _MAX_PART_BYTES, _MAX_ENTRIES = 200_000_000, 40_000_000, 5_000
_BINARY = re.compile(rb"\\bin(\d+)")  # how many bytes of a picture follow in an .rtf file
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOLDER = "xhht-office-"
_PROGRAMS = ("soffice", "libreoffice")
_INSTALL = "install LibreOffice (on Debian and Ubuntu: apt-get install libreoffice-writer-nogui), or save the file as .docx"

# Nothing outside the file is loaded, no macro runs, and no link is brought up to date.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class _Format:
    suffix: str
    import_filter: str


_DOC = _Format(".doc", "MS Word 97")
_ODT = _Format(".odt", "writer8")
_RTF = _Format(".rtf", "Rich Text Format")


def read_office(path: Path, data: bytes) -> Reading:
    """The lines of a .doc, .odt or .rtf file, whichever its bytes say it is. Raises ReadError."""
    return read_docx(path, _as_docx(path, data, _format(path, data)))


def _format(path: Path, data: bytes) -> _Format:
    if data.startswith(_OLE2):
        if "WordDocument".encode("utf-16-le") in data:  # a stream's name as the directory of the file holds it
            return _DOC
    elif data.startswith(b"{\\rtf"):
        if any(len(size) > 9 or int(size) > len(data) for size in _BINARY.findall(data)):  # LibreOffice would wait for them
            raise ReadError(f"{path}: the file is cut short; open it in a word processor and save it as .docx")
        return _RTF
    elif zipfile.is_zipfile(io.BytesIO(data)) and _is_odt(path, data):
        return _ODT
    raise ReadError(f"{path}: this is not a .doc, .odt or .rtf file, or it was cut short; open it in a word processor and save it as .docx")


def _is_odt(path: Path, data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > _MAX_ENTRIES:
                raise ReadError(f"{path}: the file has more than {_MAX_ENTRIES} parts; open it in a word processor and save it as .docx")
            texts = [entry for entry in entries if entry.filename.endswith(".xml")]
            if sum(entry.file_size for entry in entries) > _MAX_UNPACKED_BYTES or any(entry.file_size > _MAX_PART_BYTES for entry in texts):
                raise ReadError(f"{path}: the file unpacks to more than {_MAX_UNPACKED_BYTES // 1_000_000} MB; remove its pictures and save it again")
            if any(b"<!DOCTYPE" in package.read(entry) for entry in texts):
                raise ReadError(f"{path}: the file declares a document type, which is refused; open it in a word processor and save it as .docx")
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise ReadError(f"{path}: the file is locked with a password; open it, save it without one and add it again")
            return package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text")
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def missing() -> str:
    """What has to be installed before these files can be read, as the end of a sentence; empty when all is there."""
    return "" if _program() else _INSTALL


def _program() -> str | None:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _as_docx(path: Path, data: bytes, file_format: _Format) -> bytes:
    program = _program()
    if program is None:
        raise ReadError(f"{path}: {file_format.suffix} files are read with LibreOffice, which is not on this machine; {_INSTALL}")
    with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (folder / f"plan{file_format.suffix}").write_bytes(_with_list_names(data) if file_format is _ODT else data)
        command = [program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += [f"--infilter={file_format.import_filter}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", name, f"plan{file_format.suffix}"]
        in_time = _run([*_without_network(), *command], folder)
        _socket(folder).unlink(missing_ok=True)
        result = folder / "plan.docx"
        if not in_time:
            raise ReadError(f"{path}: LibreOffice did not finish within {_SECONDS} seconds; open the file and save it as .docx")
        if not result.exists():
            raise ReadError(f"{path}: LibreOffice cannot open this {file_format.suffix} file; it is damaged or locked, open it and save it as .docx")
        return result.read_bytes()


def _with_list_names(data: bytes) -> bytes:
    """An .odt file whose lists go on where they left off.

    LibreOffice writes that a list continues another by name, but leaves the name out of a list that begins with a number of its own;
    reading the file again, it then starts the numbers over. The nearest nameless list before is the one that was meant.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, _name_lists(content) if entry.filename == "content.xml" else content)
    return result.getvalue()


def _name_lists(content: bytes) -> bytes:
    named = set(re.findall(rb'<text:list [^<>]*xml:id="([^"]*)"', content))
    nameless = -1  # where the last list tag without a name begins, in ``content``
    pieces, end = [], 0
    for tag in re.finditer(rb"<text:list ([^<>]*)>", content):
        continued = re.search(rb'text:continue-list="([^"]*)"', tag.group(1))
        if continued and continued.group(1) not in named and nameless >= end:
            pieces += [content[end:nameless], b'<text:list xml:id="', continued.group(1), b'" ']
            end = nameless + len(b"<text:list ")
            named.add(continued.group(1))
        if b"xml:id=" not in tag.group(1):
            nameless = tag.start()
    return b"".join([*pieces, content[end:]])


def _run(command: list[str], folder: Path) -> bool:
    """Whether a command ended in time; nothing of this process's environment reaches it but the path of programs."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        # the program is started by a script; both, and whatever they started, are in a group of their own
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return True


def clear_away(folder: Path) -> None:
    """Remove what LibreOffice left elsewhere when it and this reader were stopped at their work below ``folder``."""
    for working in folder.glob(f"{_FOLDER}*"):
        _socket(working).unlink(missing_ok=True)


def _socket(folder: Path) -> Path:
    """Where LibreOffice listens for a second start of itself, whatever TMPDIR says; it stays behind when the program is stopped."""
    digest = hashlib.md5((folder / "profile").as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return Path("/tmp") / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"


def _without_network() -> list[str]:
    """What to put before a command so that it sees no network, where the system allows an ordinary user to ask for that."""
    prefix = ["unshare", "--net", "--map-current-user"]
    allowed = shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    return prefix if allowed else []
