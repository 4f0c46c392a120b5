"""What is kept: the index with its encoder, the folder of plans that it was built from, the conversations."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.errors import EncoderError, SettingsError, StoreError, VectorsUnavailable
from xhht_qa.index import Index, open_index, stores_of
from xhht_qa.operate.finding import Finding, broken, doubtful, well
from xhht_qa.settings import Settings
from xhht_qa.store import SCHEMA_VERSION, Store, database_file

_SAME_COSINE = 0.98  # a text embedded again by the same weights; other processors and batches differ in the third digit
_NAMED = 3  # files told of by name
FORMATS = (".txt", ".md", ".docx", ".doc", ".odt", ".pdf", ".rtf", ".html", ".htm")  # of plans, as ingest reads them


def check_index(settings: Settings) -> Iterator[Finding]:
    """The index is whole, and its vectors are those of the encoder that will be asked."""
    rebuild = f"python -m ingest --only {settings.plans_dir} --index {settings.index_dir}"
    try:
        encoder = load_encoder(settings)
        encoder.encode_queries(["kế hoạch"])
    except (EncoderError, ImportError, OSError) as error:
        yield broken("encoder", str(error), "correct XHHT_EMBED_MODEL, or leave it empty for the bundled encoder")
        return
    try:
        with contextlib.closing(open_index(settings.index_dir, encoder.name, stores_of(settings))) as index:
            anew = f"rm {settings.index_dir / 'CURRENT'} && {rebuild}"
            yield from _agreement(index, anew)
            yield from _vectors(index, encoder, anew)
    except SettingsError as error:
        said, _, mend = str(error).partition("; ")
        yield broken("vectors", said, mend)
    except StoreError as error:
        yield broken("index", str(error).partition(";")[0], rebuild)


def _agreement(index: Index, anew: str) -> Iterator[Finding]:
    counts = {"the manifest": index.manifest.chunks, "chunks.jsonl": len(index.chunks)}
    try:
        counts["the vector store"] = index.stored()
    except VectorsUnavailable as error:
        said, _, mend = str(error).partition("; ")
        yield doubtful("vectors", f"{said}; questions are answered from the vectors on disk, as rightly and more slowly", mend)
    plans = {"the manifest": set(index.manifest.plans), "plans.jsonl": set(index.plans), "chunks.jsonl": {chunk.plan for chunk in index.chunks}}
    if len(set(counts.values())) > 1:
        yield broken("index", f"its chunks do not agree: {', '.join(f'{count} in {place}' for place, count in counts.items())}", anew)
    elif plans["the manifest"] != plans["plans.jsonl"] or not plans["chunks.jsonl"] <= plans["plans.jsonl"]:
        yield broken("index", "its plans do not agree with its manifest", anew)
    else:
        yield well("index", f"{len(index.plans)} plans, {index.manifest.chunks} passages, build {index.build}")


def _vectors(index: Index, encoder: Encoder, anew: str) -> Iterator[Finding]:
    chunk = min(index.chunks, key=lambda chunk: len(chunk.embedded_text))
    cosine = float(np.dot(index.vectors()[chunk.id], encoder.encode_passages([chunk.embedded_text])[0]))
    if cosine < _SAME_COSINE:
        yield broken("encoder", f"{encoder.name} gives other vectors than those in the index (cosine {cosine:.3f} for {chunk.id})", anew)
    else:
        yield well("encoder", f"{encoder.name} gives the vectors of the index (cosine {cosine:.3f})")


def check_plans(settings: Settings) -> Iterator[Finding]:
    """The folder of plans and the index hold the same."""
    folder = settings.plans_dir.absolute()
    try:
        with contextlib.closing(open_index(settings.index_dir)) as index:
            known = {Path(plan.path): plan.digest for plan in index.plans.values()}
    except StoreError:
        return  # told already
    refused = _refused(settings.index_dir / "reading.jsonl")
    here = {path: digest for path, digest in known.items() if path.is_relative_to(folder)}
    gone = [path for path in here if not path.is_file()]
    changed = [path for path, digest in here.items() if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest]
    others = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in FORMATS and path not in here and _is_plan(path.relative_to(folder))]
    new = [path for path in others if path not in refused]
    told = [f"{word}: {_names(paths)}" for word, paths in (("changed", changed), ("gone", gone), ("not in the index", new)) if paths]
    if not folder.is_dir():
        yield doubtful(
            "plans",
            f"there is no folder {settings.plans_dir}; plans that are published from the page will make it",
            "set XHHT_PLANS_DIR to the folder of your plans",
        )
    elif told:
        yield doubtful("plans", f"the index is not what {settings.plans_dir} holds: {'; '.join(told)}", f"python -m ingest --only {settings.plans_dir}")
    else:
        yield well("plans", f"the index is what {settings.plans_dir} holds")
    if unread := [path for path in others if path in refused]:
        yield doubtful("plans", f"cannot be read: {_names(unread)}", f"{settings.index_dir / 'reading.jsonl'} says why, file by file")


def _refused(reading: Path) -> set[Path]:
    try:
        records = [json.loads(line) for line in reading.read_text(encoding="utf-8").splitlines()]
        return {Path(record["path"]) for record in records if record["status"] == "refused"}
    except (OSError, ValueError, KeyError):
        return set()


def _is_plan(path: Path) -> bool:
    return path.stem.lower() != "readme" and not any(part.startswith((".", "~$")) for part in path.parts)


def _names(paths: list[Path]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(path.name for path in paths[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def check_conversations(settings: Settings) -> Iterator[Finding]:
    """The database opens and has our tables."""
    file = database_file(settings)
    if file is None:
        try:
            Store.open(settings).close()
            yield well("conversations", "the database answers")
        except SettingsError as error:
            yield broken("conversations", str(error), "start the database, or correct XHHT_DATABASE_URL")
        return
    if not file.exists():
        yield well("conversations", f"{file} will be made at the first start")
        return
    restore = f"move {file} away (a new one is begun), or restore a backup: python -m xhht_qa restore FILE"
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0]
            version = connection.execute("SELECT version FROM schema_version").fetchone()[0]
            count = connection.execute("SELECT count(*) FROM conversation").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        yield broken("conversations", f"{file} is no database of conversations ({error})", restore)
        return
    if sound != "ok":
        yield broken("conversations", f"{file} is damaged ({sound})", restore)
    elif version > SCHEMA_VERSION:
        yield broken("conversations", f"{file} was made by a later version (schema {version}, this one knows {SCHEMA_VERSION})", "install that version again")
    else:
        yield well("conversations", f"{count} in {file}, schema {version}")
