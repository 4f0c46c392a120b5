"""Files that LibreOffice turns into .docx: the same plan in every format, what is let in, and that nothing is fetched."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from prerequisites import ROOT, missing, shared_path

from ingest.outline import parse_outline
from ingest.readers.docx import read_docx
from ingest.readers.office import read_office
from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError

SAMPLE = ROOT / "ingest" / "plans" / "so-noi-vu-lamkhe-cchc.docx"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXPORTS = [("doc", "MS Word 97"), ("odt", "writer8"), ("rtf", "Rich Text Format")]


@pytest.fixture(scope="module")
def soffice() -> str:
    return shutil.which("soffice") or missing("LibreOffice is not on this machine")


def items(reading: Reading) -> list[tuple[str, str]]:
    """Every section's address and its words."""
    sections, _ = parse_outline(tuple(line for line in reading.lines if line.text))
    return [(section.address, " ".join(section.text.split())) for section in sections]


@pytest.mark.parametrize(("suffix", "export"), EXPORTS)
def test_a_plan_saved_in_another_format_is_the_same_plan(soffice: str, tmp_path: Path, suffix: str, export: str) -> None:
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", f"{suffix}:{export}", "--outdir", tmp_path]
    subprocess.run([*command, SAMPLE], check=True, capture_output=True, timeout=60)
    saved = tmp_path / f"{SAMPLE.stem}.{suffix}"
    assert items(read_office(saved, saved.read_bytes())) == items(read_docx(SAMPLE, SAMPLE.read_bytes()))


@pytest.mark.shared
@pytest.mark.parametrize(("name", "why"), [("003_typed.doc", "numbers typed by hand"), ("003_auto.odt", "a list that goes on behind another")])
def test_a_real_plan_has_its_numbers(soffice: str, name: str, why: str) -> None:
    path, original = shared_path("formats", name), shared_path("formats", "003_typed.docx")
    expected = items(read_docx(original, original.read_bytes()))
    found = items(read_office(path, path.read_bytes()))
    assert [address for address, _ in found] == [address for address, _ in expected], why
    # the list prints "2.2." where the hand left the last full stop out
    wrong = [address for (address, text), (_, other) in zip(found, expected, strict=True) if text.replace(".", "") != other.replace(".", "")]
    assert wrong == [], why


def package(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("a.doc", lambda: b"%PDF-1.4 and so on", "not a .doc, .odt or .rtf", "a PDF under another name"),
    ("a.doc", lambda: "KẾ HOẠCH\nI. MỤC ĐÍCH".encode(), "not a .doc, .odt or .rtf", "text, which LibreOffice would take"),
    ("a.doc", lambda: OLE2 + bytes(2000) + "Workbook".encode("utf-16-le"), "not a .doc, .odt or .rtf", "a table of Excel"),
    ("a.odt", lambda: package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"META-INF__manifest_xml": b""}), "not a .doc", "a table"),
    ("a.odt", lambda: package(mimetype=ODT, **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"}), "password", "a locked file"),
    ("a.odt", lambda: package(content_xml=b"<x/>"), "not a .doc, .odt or .rtf", "a package of something else"),
    ("a.odt", lambda: package(mimetype=ODT, **{"META-INF__manifest_xml": b"", "content_xml": bytes(210_000_000)}), "unpacks to more than", "a bomb"),
    ("a.rtf", lambda: b"{\\urtf1 hello}", "not a .doc, .odt or .rtf", "almost the right beginning"),
]


@pytest.mark.parametrize(("name", "make", "message", "why"), REFUSED)
def test_what_is_no_document_is_refused_before_libreoffice_sees_it(name: str, make: Callable[[], bytes], message: str, why: str) -> None:
    with pytest.raises(ReadError, match=f"^{name}: .*{message}") as refused:
        read_office(Path(name), make())
    assert "\n" not in str(refused.value), why


def test_a_damaged_document_is_refused(soffice: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.doc: LibreOffice cannot open"):
        read_office(Path("a.doc"), OLE2 + bytes(3000) + "WordDocument".encode("utf-16-le") + bytes(3000))


def test_without_libreoffice_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match=r"^a\.rtf: .*libreoffice-writer-nogui"):
        read_office(Path("a.rtf"), b"{\\rtf1 K}")


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in [("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible")]
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt(body: str) -> bytes:
    content = f'<office:document-content {NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return package(mimetype=ODT, **{"META-INF__manifest_xml": MANIFEST.encode(), "content_xml": content.encode()})


def test_nothing_is_fetched(soffice: str, tmp_path: Path) -> None:
    """A linked picture, which LibreOffice by itself asks for, and a section that is another file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Mật", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="http://127.0.0.1:{server.getsockname()[1]}/p.png"/></draw:frame>'
        section = f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}"/><text:p>2. Hai</text:p></text:section>'
        reading = read_office(Path("a.odt"), odt(f"<text:p>1. Một{picture}</text:p>{section}"))
        with pytest.raises(TimeoutError):
            server.accept()
    assert [line.text for line in reading.lines if line.text] == ["1. Một", "2. Hai"]
