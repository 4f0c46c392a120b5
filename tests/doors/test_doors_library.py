"""Plans are published, replaced and removed from the page while people ask: a real server, real files, real builds in child processes."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_thread import served

from ingest.build import build
from ingest.library import PlanFolder
from ingest.read import read
from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.api.conversations import add_conversations
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.embed import load_encoder
from xhht_qa.errors import ReadError
from xhht_qa.library import Change
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings
from xhht_qa.store import Store

TOKEN = "ma-quan-ly-cua-phong"


def plan(place: str, day: int) -> bytes:
    lines = (
        f"UBND HUYỆN {place.upper()}", "Số: 12/KH-UBND", f"{place}, ngày 20 tháng 01 năm 2025", "KẾ HOẠCH", "Phát triển văn hóa đọc", "I. BÁO CÁO",
        f"1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày {day}/11/2025.", "2. Phòng Văn hóa tổng hợp, báo cáo UBND huyện.", "II. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Văn hóa chủ trì thực hiện.",
    )  # fmt: skip
    return "\n".join(lines).encode()


class Office:
    """A server over a folder of plans, and its manager."""

    def __init__(self, folder: Path, stack: ExitStack, **given: Any) -> None:
        self.plans = folder / "plans"
        self.plans.mkdir()
        (self.plans / "doi-may.txt").write_bytes(plan("Đồi Mây", 3))
        self.settings = Settings(index_dir=folder / "index", data_dir=folder / "data", plans_dir=self.plans, max_upload_mb=1, questions_per_minute=0, **given)
        encoder = load_encoder(self.settings)
        build([self.plans], self.settings.index_dir, encoder)
        self.engine = LiveEngine(self.settings, encoder)
        self.archive = Archive(self.engine, Store.open(self.settings), Editions(self.settings.data_dir / "editions"))
        self.library = PlanFolder(self.settings, lambda: self.engine.plans, self.engine.refresh)
        self.changes: list[tuple[str, Change]] = []
        recorded = lambda asker, address, change: self.changes.append((asker.id.partition(":")[0], change))  # noqa: E731
        app = create_app(self.engine, self.settings, self.archive, library=self.library, recorded=recorded)
        add_conversations(app, self.archive)
        self.address = stack.enter_context(served(app))
        self.anyone = stack.enter_context(httpx.Client(base_url=self.address, timeout=120))
        self.manager = stack.enter_context(httpx.Client(base_url=self.address, timeout=120, headers={"Authorization": f"Bearer {TOKEN}"}))

    def propose(self, name: str, content: bytes, **fields: str) -> httpx.Response:
        return self.manager.post("/api/library/proposals", files={"file": (name, content)}, data=fields)

    def proposed(self, name: str, content: bytes, **fields: str) -> dict[str, Any]:
        response = self.propose(name, content, **fields)
        assert response.status_code == 201, response.text
        proposal: dict[str, Any] = response.json()
        return proposal

    def finish(self, begun: httpx.Response) -> dict[str, Any]:
        """The outcome of a change; its steps are in ``stages``."""
        assert begun.status_code == 202, begun.text
        self.stages = [begun.json()["stage"]]
        deadline = time.monotonic() + 120
        while (job := self.manager.get("/api/library/job").json())["running"]:
            assert time.monotonic() < deadline
            self.stages += [job["stage"]] if job["stage"] != self.stages[-1] else []
            time.sleep(0.02)
        return dict(job)

    def publish(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return self.finish(self.manager.post(f"/api/library/proposals/{proposal['id']}/publish"))

    def answer(self, place: str) -> dict[str, Any]:
        asked = self.anyone.post("/api/ask", json={"question": f"UBND các xã huyện {place} gửi báo cáo năm trước ngày nào?"})
        answer: dict[str, Any] = asked.json()
        return answer


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(tmp_path_factory.mktemp("office"), stack, admin_token=TOKEN)


@pytest.fixture
def own_office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(tmp_path, stack, admin_token=TOKEN)


def test_the_life_of_a_plan(own_office: Office) -> None:
    office = own_office
    assert "8/11/2025" not in office.answer("Khe Mộc")["answer"]
    proposal = office.proposed("Kế hoạch Khe Mộc.txt", plan("Khe Mộc", 8))
    preview = office.manager.get(f"/api/library/proposals/{proposal['id']}").json()
    assert (preview["plan"]["id"], preview["replaces"], preview["same_as"]) == ("ke-hoach-khe-moc", "", "")
    assert preview["plan"]["metadata"]["number"] == "12/KH-UBND"
    assert [section["address"] for section in preview["outline"]] == ["mo-dau", "I", "I.1", "I.2", "II", "II.1"]
    assert list(office.engine.plans) == ["doi-may"], "nothing is published by being looked at"
    job = office.publish(proposal)
    assert (job["stage"], job["added"], job["message"]) == ("done", ["ke-hoach-khe-moc"], "")
    assert {"reading", "embedding"} >= set(office.stages)
    assert office.manager.get("/api/library").json()["proposals"] == []
    old = office.answer("Khe Mộc")
    assert "8/11/2025" in old["answer"], "the running server answers from it"

    conversation = office.anyone.post("/api/conversations", json={}).json()["id"]
    question = {"question": "UBND các xã huyện Khe Mộc gửi báo cáo năm trước ngày nào?"}
    kept = office.anyone.post(f"/api/conversations/{conversation}/questions", json=question).json()
    proposal = office.proposed("ban moi.docx.txt", plan("Khe Mộc", 21), replaces="ke-hoach-khe-moc")
    assert proposal["replaces"] == "ke-hoach-khe-moc"
    assert office.publish(proposal)["changed"] == ["ke-hoach-khe-moc"]
    assert "21/11/2025" in office.answer("Khe Mộc")["answer"]
    assert sorted(path.name for path in office.plans.iterdir()) == ["Kế hoạch Khe Mộc.txt", "doi-may.txt"]
    read = office.anyone.get(f"/api/conversations/{conversation}").json()["exchanges"][0]
    assert read["answer"] == kept["answer"]
    page = office.anyone.get("/doc/ke-hoach-khe-moc", params={"ban": read["editions"]["ke-hoach-khe-moc"]}).text
    assert set(re.findall(r"(\d+)/11/2025", page)) == {"8"}

    job = office.finish(office.manager.delete("/api/library/plans/ke-hoach-khe-moc"))
    assert (job["stage"], job["removed"]) == ("done", ["ke-hoach-khe-moc"])
    assert "21/11/2025" not in office.answer("Khe Mộc")["answer"]
    assert [path.name for path in office.plans.iterdir()] == ["doi-may.txt"]
    assert len(list((office.settings.index_dir / "builds").iterdir())) == 1
    gone = office.anyone.get("/doc/ke-hoach-khe-moc", params={"ban": read["editions"]["ke-hoach-khe-moc"]}).text
    assert "không còn trong danh mục" in gone
    last = office.manager.delete("/api/library/plans/doi-may")
    assert (last.status_code, last.json()["detail"]) == (422, messages.LAST_PLAN)
    first, second = (kept["editions"]["ke-hoach-khe-moc"], office.changes[3][1].digest)
    assert [change for _, change in office.changes] == [
        Change("propose", "ke-hoach-khe-moc", first, file="Kế hoạch Khe Mộc.txt"),
        Change("publish", "ke-hoach-khe-moc", first, file="Kế hoạch Khe Mộc.txt"),
        Change("propose", "ke-hoach-khe-moc", second, file="ban moi.docx.txt"),
        Change("publish", "ke-hoach-khe-moc", second, first, "ban moi.docx.txt"),
        Change("remove", "ke-hoach-khe-moc", before=second),
    ], "what was refused is no change"
    assert {who for who, _ in office.changes} == {"visitor"}


def test_those_who_ask_do_not_notice(own_office: Office) -> None:
    office, over = own_office, threading.Event()
    days: list[tuple[str, ...]] = []

    def ask() -> None:
        while not over.wait(0.1):  # without a pause they would leave no time to publish
            answer = office.answer("Đồi Mây")
            days.append((answer["status"], *re.findall(r"(\d+)/11/2025", answer["answer"])))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    job = office.publish(office.proposed("doi-may.txt", plan("Đồi Mây", 9)))
    busy = len(days)
    over.set()
    for thread in threads:
        thread.join()
    assert job["changed"] == ["doi-may"]
    assert busy > 3
    assert set(days) <= {("answered", "3"), ("answered", "9")}
    assert "9/11/2025" in office.answer("Đồi Mây")["answer"]


def test_another_format_takes_the_place_with_the_corrections_beside_it(own_office: Office) -> None:
    office = own_office
    (office.plans / "doi-may.yaml").write_text("signer: Lò Văn Tính\n", encoding="utf-8")
    assert office.finish(office.manager.post("/api/library/read"))["changed"] == ["doi-may"], "what was put there by hand is read"
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in plan("Đồi Mây", 5).decode().split("\n")) + "</body></html>"
    proposal = office.proposed("trang.html", page.encode(), replaces="doi-may")
    assert proposal["plan"]["metadata"]["signer"] == "Lò Văn Tính", "the preview is what will be published"
    assert office.publish(proposal)["changed"] == ["doi-may"]
    assert sorted(path.name for path in office.plans.iterdir()) == ["doi-may.html", "doi-may.yaml"]
    assert office.engine.plans["doi-may"].metadata.signer == "Lò Văn Tính"


def test_a_build_that_fails_leaves_everything_as_it_was(own_office: Office) -> None:
    office = own_office
    proposal = office.proposed("doi-may.txt", plan("Đồi Mây", 9))
    current = office.settings.index_dir / "CURRENT"
    name = current.read_text(encoding="utf-8")
    current.write_bytes(b"\xff")
    job = office.publish(proposal)
    assert (job["stage"], job["message"]) == ("failed", messages.NOT_PUBLISHED)
    assert (office.plans / "doi-may.txt").read_bytes() == plan("Đồi Mây", 3)
    assert "3/11/2025" in office.answer("Đồi Mây")["answer"]
    current.write_text(name, encoding="utf-8")
    assert office.publish(proposal)["stage"] == "done", "and it can be tried again"


def test_one_change_at_a_time(own_office: Office) -> None:
    office = own_office
    first, second = office.proposed("a.txt", plan("Khe Mộc", 1)), office.proposed("b.txt", plan("Suối Đá", 2))
    begun = office.manager.post(f"/api/library/proposals/{first['id']}/publish")
    refused = [
        office.manager.post(f"/api/library/proposals/{second['id']}/publish"),
        office.manager.post("/api/library/read"),
    ]
    assert [(response.status_code, response.json()["detail"]) for response in refused] == [(409, messages.LIBRARY_BUSY)] * 2
    assert office.finish(begun)["added"] == ["a"]
    assert [waiting["name"] for waiting in office.manager.get("/api/library").json()["proposals"]] == ["b.txt"]
    assert office.manager.delete(f"/api/library/proposals/{second['id']}").status_code == 204
    for response in (office.manager.get(f"/api/library/proposals/{second['id']}"), office.manager.post(f"/api/library/proposals/{first['id']}/publish")):
        assert (response.status_code, response.json()["detail"]) == (404, messages.UNKNOWN_PROPOSAL)
    assert list((office.settings.data_dir / "proposals").glob("*/[!.]*")) == []


@pytest.mark.parametrize(
    ("name", "content", "fields", "status", "words"),
    [
        ("trong.txt", b"", {}, 422, "“trong.txt” thành kế hoạch: tệp trống"),
        ("hong.docx", b"PK\x03\x04 x" * 100, {}, 422, "“hong.docx” thành kế hoạch: tệp"),
        ("anh.txt", os.urandom(2000), {}, 422, "Không đọc được tệp “anh.txt”"),
        ("chuong-trinh.exe", b"MZ", {}, 422, "định dạng này không đọc được"),
        ("---.txt", b"x", {}, 422, messages.NAMELESS_FILE),
        ("README.md", plan("Khe Mộc", 1), {}, 422, messages.NAMELESS_FILE),
        ("lon.txt", b"x" * 1_100_000, {}, 413, messages.too_large_file(1)),
        ("moi.txt", plan("Khe Mộc", 1), {"replaces": "khong-co"}, 404, messages.unknown_plan("khong-co")),
        ("moi.txt", b"---\nid: ke-hoach-khac\n---\n" + plan("Khe M\u1ed9c", 1), {"replaces": "doi-may"}, 422, messages.other_plan("ke-hoach-khac", "doi-may")),
    ],
    ids=["empty", "damaged", "noise", "a program", "no letter", "a name that is left out", "too large", "in no plan's place", "another id"],
)
def test_what_is_no_plan_is_refused_in_a_sentence(office: Office, name: str, content: bytes, fields: dict[str, str], status: int, words: str) -> None:
    refused = office.propose(name, content, **fields)
    assert (refused.status_code, words in refused.json()["detail"]) == (status, True), refused.text
    assert list((office.settings.data_dir / "proposals").glob("*/[!.]*")) == [], "nothing is left lying about"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../../tmp/x.txt", "x.txt"),
        ("C:\\Kế hoạch\\năm.TXT", "năm.txt"),
        (".an.txt", "an.txt"),
        ("a\x00b\nc|d.txt", "a b c d.txt"),
        ("x" * 300 + ".txt", "x" * 120 + ".txt"),
    ],
)
def test_a_name_leads_nowhere(office: Office, name: str, kept: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(plan("Khe Mộc", 1))
    proposal = office.library.propose(name, tmp_path / "file")
    assert proposal.name == kept
    office.library.discard(proposal.id)


def test_a_plan_from_elsewhere_is_not_touched(own_office: Office, tmp_path: Path) -> None:
    office = own_office
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac" / "suoi-da.txt").write_bytes(plan("Suối Đá", 4))
    build([tmp_path / "khac"], office.settings.index_dir, load_encoder(office.settings))
    office.engine.refresh()
    assert {found["id"]: found["managed"] for found in office.manager.get("/api/library").json()["plans"]} == {"doi-may": True, "suoi-da": False}
    elsewhere = messages.plan_elsewhere(office.engine.plans["suoi-da"].title)
    for refused in (office.manager.delete("/api/library/plans/suoi-da"), office.propose("suoi-da.txt", plan("Suối Đá", 5))):
        assert (refused.status_code, refused.json()["detail"]) == (422, elsewhere)
    assert office.proposed("ban-sao.txt", plan("Suối Đá", 4))["same_as"] == "suoi-da", "the same bytes under another name"


def test_an_upload_that_is_called_back_leaves_nothing_waiting(office: Office) -> None:
    with pytest.raises(httpx.ReadTimeout):
        office.manager.post("/api/library/proposals", files={"file": ("bo.txt", plan("Khe Mộc", 1))}, timeout=httpx.Timeout(60, read=0.05))
    after = office.proposed("sau.txt", plan("Khe Mộc", 2))  # files are read one after the other
    assert [proposal["name"] for proposal in office.manager.get("/api/library").json()["proposals"]] == ["sau.txt"]
    office.library.discard(after["id"])


def test_a_form_without_a_file(office: Office) -> None:
    for response in (
        office.manager.post("/api/library/proposals", data={"file": "x"}),
        office.manager.post("/api/library/proposals", json={"file": "x"}),
    ):
        assert (response.status_code, response.json()["detail"]) == (422, messages.ONE_FILE)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("IV(2): the number IV. is printed 2 times at one level", "IV(2): số “IV.” được in 2 lần trong cùng một cấp."),
        ("I.3: the number 3. does not follow on", "I.3: số “3.” không nối tiếp số đứng trước."),
        (
            "each of pages 1-4, 6 is a picture and was read by OCR; compare numbers and dates with the page",
            "Trang 1-4, 6 là ảnh, được nhận dạng chữ; xin đối chiếu số và ngày với bản gốc.",
        ),
        (
            "page 2: the number “HI.” was taken for “III.” because the others count that way; compare it with the page",
            "Trang 2: “HI.” được hiểu là “III.”; xin đối chiếu với bản gốc.",
        ),
        ("only 73% of the words are Vietnamese syllables; compare the text with the file", "Chỉ 73% số từ đọc được là tiếng Việt; xin đối chiếu với bản gốc."),
        ("the file is named .doc but its content is .docx; it was read as .docx", "Tệp mang đuôi .doc nhưng nội dung là .docx; đã đọc theo nội dung."),
        ("something new", "Khi đọc tệp có điểm cần lưu ý; xin đối chiếu với bản gốc."),
    ],
)
def test_what_a_reader_warns_of_is_said_in_vietnamese(told: str, said: str) -> None:
    assert messages.reading_warning(told) == said


@pytest.mark.parametrize(
    ("data", "said", "why"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(99), "tệp là ảnh chụp hoặc ảnh quét; xin ghép các trang thành một tệp .pdf rồi tải lên", "a photograph"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "tệp là tệp nén; xin giải nén rồi tải lên từng kế hoạch", "a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "tệp là bảng tính hoặc bản trình chiếu", "a table"),
        (b"MIME-Version: 1.0\n\nPGh0bWw+", "tệp là trang web đóng gói hoặc văn bản dạng XML", "a packed page"),
        (bytes(range(256)) * 20, "tệp bị hỏng hoặc không phải là văn bản", "who knows what"),
    ],
)
def test_what_is_named_a_document_and_is_none_is_told_by_what_it_is(tmp_path: Path, data: bytes, said: str, why: str) -> None:
    (tmp_path / "kh.docx").write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read(tmp_path / "kh.docx")
    assert messages.unreadable("kh.docx", str(refused.value)).startswith(f"Không đọc được tệp “kh.docx” thành kế hoạch: {said}"), why


def test_an_oddity_of_print_is_told_before_publishing(office: Office) -> None:
    proposal = office.proposed("la.txt", plan("Khe Mộc", 1).replace(b"2. Ph", b"1. Ph"))
    assert proposal["plan"]["warnings"] == ["I.1(2): số “1.” được in 2 lần trong cùng một cấp."]
    office.library.discard(proposal["id"])


CALLS = [
    ("GET", ""), ("GET", "/job"), ("POST", "/proposals"), ("GET", "/proposals/x"), ("DELETE", "/proposals/x"), ("POST", "/proposals/x/publish"),
    ("DELETE", "/plans/doi-may"), ("POST", "/read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "allowed", "why"),
    [
        ({}, False, "no token"),
        ({"Authorization": "Bearer sai"}, False, "a wrong one"),
        ({"Authorization": f"Bearer {TOKEN}é".encode()}, False, "letters that no header has"),
        ({"Authorization": f"Basic {TOKEN}"}, False, "another scheme"),
        ({"Cookie": f"xhht_manager={TOKEN}"}, False, "the token is no cookie"),
        ({"Authorization": f"Bearer {TOKEN}", "Sec-Fetch-Site": "cross-site"}, False, "a page of others"),
        ({"Authorization": f"bearer {TOKEN}"}, True, "the token"),
    ],
)
def test_who_may_manage(office: Office, headers: dict[str, str], allowed: bool, why: str) -> None:
    statuses = {
        (method, path): office.anyone.request(method, f"/api/library{path}", headers=headers).status_code
        for method, path in CALLS
        if method != "GET" or not allowed
    }
    if allowed:
        assert office.anyone.get("/api/library", headers=headers).status_code == 200, why
    elif "Sec-Fetch-Site" in headers:
        assert {status for (method, _), status in statuses.items() if method != "GET"} == {403}, why
    else:
        assert set(statuses.values()) == {403}, why
    assert list(office.engine.plans) == ["doi-may"]


def test_a_manager_signs_in_by_a_cookie(office: Office) -> None:
    with httpx.Client(base_url=office.address) as client:
        wrong = client.post("/api/library/session", json={"token": "sai"})
        assert (wrong.status_code, wrong.json()["detail"]) == (403, messages.WRONG_TOKEN)
        signed = client.post("/api/library/session", json={"token": TOKEN})
        assert signed.status_code == 204
        assert TOKEN not in signed.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=strict"} <= set(signed.headers["set-cookie"].split("; "))
        assert client.get("/api/library").status_code == 200
        assert client.delete("/api/library/session").status_code == 204
        assert client.get("/api/library").status_code == 403


@pytest.mark.parametrize(
    ("given", "headers", "status", "why"),
    [
        ({}, {}, 403, "closed by default, on the machine itself too"),
        ({"admin_on_loopback": True}, {}, 200, "opened there"),
        ({"admin_on_loopback": True}, {"X-Forwarded-For": "10.0.0.9"}, 403, "a proxy on the machine brings people from elsewhere"),
        ({"admin_on_loopback": True}, {"Host": "xau.example"}, 403, "a page of others whose name leads here"),
        ({"admin_on_loopback": True, "admin_token": TOKEN}, {}, 403, "a token is asked for everywhere"),
    ],
)
def test_without_a_token(office: Office, given: dict[str, Any], headers: dict[str, str], status: int, why: str) -> None:
    settings = Settings(index_dir=office.settings.index_dir, data_dir=office.settings.data_dir, plans_dir=office.plans, **given)
    app = create_app(office.engine, settings, library=office.library)
    with served(app) as address:
        assert httpx.get(f"{address}/api/library", headers=headers).status_code == status, why
        assert httpx.post(f"{address}/api/library/session", json={"token": ""}).status_code == 403
