"""Builds whose vectors a Chroma server keeps: a real one, which is stopped, frozen and started anew."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import free_port
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.errors import VectorsUnavailable
from xhht_qa.index import Index, open_index, remove_unused
from xhht_qa.index.chroma import ChromaServer

READING = "SỞ VĂN HÓA\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n- Đọc;\n- Viết.\n"
SWIMMING = "KẾ HOẠCH\nBơi lội\nI. MỤC ĐÍCH\n1. Mở hồ bơi xã.\n2. Dạy bơi trước ngày 30/6.\n"
QUESTION = ToyEncoder().encode_queries(["mở thư viện xã"])[0]


class Running:
    """A Chroma server over a folder, which can be stopped and started anew at its address."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self.start()

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        environment = os.environ | {"ANONYMIZED_TELEMETRY": "False"}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("chroma"))
    yield running
    running.stop()


@pytest.fixture
def server(chroma: Running) -> ChromaServer:
    """As one process of ours knows it."""
    return ChromaServer(chroma.url, rest=0.2)


@pytest.fixture
def folder(tmp_path: Path, server: ChromaServer) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "doc.txt").write_text(READING, encoding="utf-8")
    build([tmp_path / "plans"], tmp_path / "index", ToyEncoder(), stores=server)
    return tmp_path


def publish(folder: Path, server: ChromaServer) -> None:
    (folder / "plans" / "boi.txt").write_text(SWIMMING, encoding="utf-8")
    build([folder / "plans"], folder / "index", ToyEncoder(), stores=server)


def texts(index: Index) -> list[str]:
    return [index.chunks[position].text for position, _ in index.nearest(QUESTION)]


def test_a_build_is_searched_on_the_server_and_as_well_without_it(folder: Path, server: ChromaServer) -> None:
    index = open_index(folder / "index", stores=server)
    assert not list(folder.glob("index/builds/*/chroma"))
    assert index.stored() == len(index.chunks)
    found = index.nearest(QUESTION)
    assert server.failures == 0
    assert found == [(position, pytest.approx(cosine, abs=1e-5)) for position, cosine in open_index(folder / "index").nearest(QUESTION)]
    assert len(index.vector_store().client.get()["ids"]) == len(index.chunks), "LlamaIndex reaches the same"


def test_each_build_has_a_collection_for_as_long_as_somebody_reads_it(folder: Path, server: ChromaServer) -> None:
    others = set(server.collections())
    reader = open_index(folder / "index", stores=server)
    mine = f"xhht-{reader.build}"
    publish(folder, server)
    latest = open_index(folder / "index", stores=server)
    assert set(server.collections()) - others == {f"xhht-{latest.build}"}
    assert mine in server.collections(), "a question may still be on its way"
    assert "Mở hồ bơi xã." not in " ".join(texts(reader)), "it reads the build that it has opened"
    reader.close()
    remove_unused(folder / "index", server.remove)
    assert mine not in server.collections()
    assert set(server.collections()) == (others - {mine}) | {f"xhht-{latest.build}"}, "of others nothing is removed"


def test_a_server_that_is_stopped_is_done_without_until_it_is_back(
    folder: Path, chroma: Running, server: ChromaServer, caplog: pytest.LogCaptureFixture
) -> None:
    index = open_index(folder / "index", stores=server)
    known = texts(index)
    caplog.set_level(logging.WARNING, "xhht_qa")
    chroma.stop()
    try:
        assert [texts(index) for _ in range(3)] == [known] * 3
        assert server.failures == 1, "the others do not try"
        with pytest.raises(VectorsUnavailable, match=r"does not answer.*XHHT_CHROMA_URL"):
            publish(folder, server)
        assert open_index(folder / "index").build == index.build, "nothing was published"
    finally:
        chroma.start()
    time.sleep(0.3)
    assert texts(index) == known
    assert server.failures == 1
    assert [record.getMessage().partition(" (")[0] for record in caplog.records if "Chroma" in record.getMessage()] == [
        f"the Chroma server at {chroma.url} does not answer", f"the Chroma server at {chroma.url} answers again"
    ]  # fmt: skip


def test_a_server_that_hangs_holds_nobody_up_for_long(folder: Path, chroma: Running, server: ChromaServer) -> None:
    index = open_index(folder / "index", stores=server)
    known = texts(index)
    chroma.process.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert texts(index) == known
        assert time.monotonic() - started < 10
    finally:
        chroma.process.send_signal(signal.SIGCONT)


def test_vectors_move_to_a_server_and_back_without_being_made_anew(folder: Path, server: ChromaServer) -> None:
    report = build([folder / "plans"], folder / "index", ToyEncoder())
    assert (report.embedded, report.unchanged) == (0, ["doc"])
    assert list(folder.glob("index/builds/*/chroma"))
    report = build([folder / "plans"], folder / "index", ToyEncoder(), stores=server)
    assert (report.embedded, report.unchanged) == (0, ["doc"])
    index = open_index(folder / "index", stores=server)
    assert index.stored() == len(index.chunks)
    server.remove(folder / "index" / "builds" / index.build)
    assert index.nearest(QUESTION), "a collection that was lost is done without"
    index.close()
    build([folder / "plans"], folder / "index", ToyEncoder(), stores=server)
    assert open_index(folder / "index", stores=server).stored(), "and made again"
