"""PDF files made to harm."""

from __future__ import annotations

import zlib

from hostile_files import NOISE, Hostile

PDF_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>"


def pdf(
    content: bytes = b"BT /F 12 Tf 72 700 Td (Ke hoach) Tj ET", page: bytes = b"", catalog: bytes = b"", more: tuple[bytes, ...] = (), tree: bytes = b""
) -> bytes:
    """A PDF of one page; ``more`` are the objects from the sixth on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        tree or b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PDF_PAGE % page,
        content if content.startswith(b"<<") else b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    data, places = bytearray(b"%PDF-1.7\n"), []
    for at, thing in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (at, thing)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(data + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def deflated(data: bytes) -> bytes:
    """A stream object that unpacks to ``data``."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def drawn(kind: bytes, content: bytes) -> bytes:
    """An object that a page can draw."""
    return b"<</Type/XObject/Subtype/%s/Length %d>>stream\n%s\nendstream" % (kind, len(content), content)


def one_page_many_times(pages: int, content: bytes, *things: bytes) -> bytes:
    """A PDF of a few kilobytes that costs as much as one of many; ``things`` are what the page draws by the names A, B, C."""
    names = b"".join(b"/%c %d 0 R" % (65 + at, 6 + at) for at in range(len(things)))
    tree = b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages
    return pdf(deflated(content), b"/Resources<</Font<</F 5 0 R>>/XObject<<%s>>>>" % names, more=things, tree=tree)


def scanned(pages: int) -> bytes:
    """One page of a hundred letters that are pictures of eight by eight dots, again and again."""
    letter = drawn(b"Image/Width 8/Height 8/BitsPerComponent 1/ColorSpace/DeviceGray", bytes.fromhex("ffc3f9c199c1ffff"))
    paper = drawn(b"Image/Width 1/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray", b"\xff")
    letters = b"".join(b"q 9 0 0 9 %d 0 cm /A Do Q\n" % (20 + 9 * at) for at in range(30) if at % 5)
    row = drawn(b"Form/BBox[0 0 600 12]/Resources<</XObject<</A 6 0 R>>>>", letters)
    rows = b"".join(b"q 1 0 0 1 0 %d cm /C Do Q\n" % (800 - 13 * at) for at in range(4))
    return one_page_many_times(pages, b"q 595 0 0 842 0 0 cm /B Do Q\n" + rows, letter, paper, row)


def endless(letter: bytes, megabytes: int) -> bytes:
    """A stream object that unpacks to so many megabytes of one letter; its checksum is wrong, which nobody minds."""
    packer = zlib.compressobj(9)
    first = packer.compress(letter * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(letter * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1) + packer.flush()
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


CATALOG_JS = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
PDF = [
    Hostile("cyclic.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"), "indexed", "a tree of pages that holds itself"),
    Hostile("count.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"), "indexed", "a milliard pages, it says"),
    Hostile("count_500.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[" + b"3 0 R " * 500 + b"]/Count 500>>"), "indexed", "one page 500 times"),
    Hostile("huge_box.pdf", lambda: pdf(page=b"/MediaBox[0 0 1000000 1000000]").replace(b"/MediaBox[0 0 595 842]", b""), "no page can", "a page of 350 m"),
    Hostile("nan_box.pdf", lambda: pdf(page=b"/UserUnit 1e30/CropBox[0 0 1e38 -1e38]"), "indexed", "a page beyond numbers"),
    Hostile("objects_100k.pdf", lambda: pdf(b"0 0 1 1 re f\n" * 100_000), "page", "100,000 drawings"),
    Hostile("letters_1m.pdf", lambda: pdf(b"BT /F 1 Tf 72 700 Td " + b"(abcdefghij) Tj " * 20_000 + b"ET"), "not readable", "200,000 letters on a page"),
    Hostile("text_objects.pdf", lambda: pdf(b"BT /F 1 Tf 72 700 Td (ab) Tj ET\n" * 100_000), "indexed", "100,000 texts on one another"),
    Hostile("javascript.pdf", lambda: pdf(catalog=CATALOG_JS), "indexed", "a script and a program to start"),
    Hostile("stream_bomb.pdf", lambda: pdf(endless(b" ", 2_000)), "too much memory", "two gigabytes of blanks"),
    Hostile(
        "cyclic_form.pdf",
        lambda: pdf(
            b"/X Do",
            b"/Resources<</XObject<</X 6 0 R>>>>",
            more=(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream",),
        ),
        "too much memory",
        "a form that draws itself",
    ),
    Hostile(
        "image_60000.pdf",
        lambda: pdf(
            b"595 0 0 842 0 0 cm /X Do",
            b"/Resources<</XObject<</X 6 0 R>>>>",
            more=(b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB" + deflated(bytes(20_000_000))[2:],),
        ),
        "page",
        "a picture of 60,000 × 60,000 pixels",
    ),
    Hostile("noise.pdf", lambda: NOISE(60_000), "not", "random bytes"),
    Hostile("noise_behind.pdf", lambda: b"%PDF-1.7\n" + NOISE(60_000), "damaged", "random bytes behind the head of a PDF"),
]

# Each ends only because its pages bring no more time than its bytes may.
SLOW = [
    Hostile("shared_picture.pdf", lambda: scanned(100), "pages were done", "one picture that takes seconds of OCR, on a hundred pages"),
    Hostile(
        "shared_drawing.pdf",
        lambda: one_page_many_times(200, b"BT /F 9 Tf 72 700 Td (Ke hoach nam nay cua tinh nha) Tj ET\n" + b"0 0 1 1 re f\n" * 100_000),
        "pages were done",
        "one page of 100,000 drawings, two hundred times",
    ),
]
