"""Files for LibreOffice made to harm."""

from __future__ import annotations

from hostile_files import NOISE, Hostile, zipped

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = "application/vnd.oasis.opendocument.text"


def odt(body: str, more: dict[str, bytes | str] | None = None) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in [("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"), ("table", "table")]
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return zipped({"mimetype": ODT, "META-INF/manifest.xml": manifest, "content.xml": content, **(more or {})})


OFFICE = [
    Hostile("bin.rtf", lambda: b"{\\rtf1 I. Muc dich\\par {\\pict\\bin1000000000 abc}}", "cut short", "a milliard bytes to come, it says"),
    Hostile(
        "groups.rtf", lambda: b"{\\rtf1 I. Muc\\par " + b"{" * 1_000_000 + b"}" * 1_000_000 + b"}", "LibreOffice cannot", "a million groups in one another"
    ),
    Hostile(
        "object.rtf",
        lambda: b"{\\rtf1 I. Muc\\par{\\object\\objemb\\objupdate{\\*\\objclass Package}{\\*\\objdata " + b"01050000" * 100_000 + b"}}}",
        "indexed",
        "an object that wants to be opened",
    ),
    Hostile("noise.doc", lambda: NOISE(60_000), "not", "random bytes"),
    Hostile("noise_behind.doc", lambda: OLE2 + NOISE(60_000) + "WordDocument".encode("utf-16-le"), "LibreOffice cannot", "random bytes behind the head"),
    Hostile("bomb.odt", lambda: odt("<text:p>" + " " * 190_000_000 + "</text:p>"), "unpacks to more than", "190 MB of blanks"),
    Hostile(
        "picture_bomb.odt", lambda: odt("<text:p>I. Mục đích</text:p>", {"Pictures/a.png": bytes(250_000_000)}), "unpacks to more than", "a picture of 250 MB"
    ),
    Hostile(
        "dtd.odt", lambda: odt("<text:p>x</text:p>", {"styles.xml": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}), "document type", "DTD"
    ),
    Hostile(
        "deep_lists.odt",
        lambda: odt(("<text:list><text:list-item>" * 20_000) + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 20_000),
        "indexed",
        "20,000 lists in one another",
    ),
    Hostile("entries.odt", lambda: odt("<text:p>x</text:p>", {f"{at}": b"" for at in range(10_000)}), "parts", "10,000 parts"),
]
