"""The two databases that conversations are kept in: a file of SQLite, and a PostgreSQL of the tests' own."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql
from prerequisites import missing

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL that no other program can reach: it listens on a socket in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = found[-1] if found else Path(shutil.which("initdb") or missing("PostgreSQL is not installed")).parent
    if importlib.util.find_spec("psycopg") is None:
        missing("psycopg is not installed")
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="xhht-postgres-", dir="/tmp"))  # a socket's path has to be short
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        with (folder.parent / f"{folder.name}.log").open("ab") as log:
            subprocess.run([programs / program, "-D", folder / "data", *arguments], user=user, cwd="/", stdout=log, stderr=log, check=True, timeout=120)

    try:
        run("initdb", "--no-sync", "--auth=trust", "--username=xhht", "--encoding=UTF8", "--locale=C.UTF-8")
        run("pg_ctl", "start", "-w", "-t", "100", "-o", f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200")
        yield f"postgresql+psycopg://xhht@/postgres?host={folder}"
        run("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.sqlite'}"
    address, schema = request.getfixturevalue("postgres"), f"test{next(_NUMBERS)}"
    engine = sql.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sql.schema.CreateSchema(schema))
    engine.dispose()
    return f"{address}&options=-csearch_path%3D{schema}"
