"""Files that unpack to far more than they weigh, sent by a manager: refused in a sentence, and the server stays as it was."""

from __future__ import annotations

import io
import zipfile
import zlib

import httpx
import pytest
from house import TOKEN, House

MEGABYTE = 1_000_000


def bomb() -> bytes:
    """A Word file of a few hundred kB whose text unpacks to 300 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * MEGABYTE)
    return packed.getvalue()


def pdf_bomb() -> bytes:
    """A PDF whose only stream unpacks to 300 MB."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(300)) + packer.flush()
    stream = stream[:1_800_000]
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>" % (len(stream), stream)
    )


@pytest.mark.parametrize(("name", "content"), [("bom.docx", bomb()), ("bom.pdf", pdf_bomb()), ("bom.txt", bomb())], ids=["docx", "pdf", "docx as txt"])
def test_a_bomb_is_refused_and_the_server_stays_as_it_was(home: House, name: str, content: bytes) -> None:
    assert len(content) < 2 * MEGABYTE
    before = home.memory
    refused = httpx.post(f"{home.address}/api/library/proposals", files={"file": (name, content)}, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=300)
    assert refused.status_code == 422, refused.text
    assert refused.json()["detail"].startswith(f"Không đọc được tệp “{name}”")
    assert home.memory - before < 64 * MEGABYTE, "it was read by a child that has ended"
    assert httpx.get(f"{home.address}/health", timeout=30).status_code == 200
