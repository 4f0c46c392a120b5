"""The HTTP door: plans as pages that stand alone and as fragments for the chat, verdicts on answers, and headers that keep the browser at home."""

from __future__ import annotations

import base64
import hashlib
import itertools
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.archive import Archive
from xhht_qa.engine import Engine
from xhht_qa.errors import FeedbackError, PictureError
from xhht_qa.feedback import MOST_BYTES, MOST_CHARS, Cited, Feedback, Reason, Verdict, append, index_version, now
from xhht_qa.pictures import Pictures
from xhht_qa.settings import Settings
from xhht_qa.types import Metadata, Paragraph, Plan, Section, Status, Turn
from xhht_qa.views import router
from xhht_qa.views.documents import every_plan

WEB = Path(__file__).parent / "web"
CHAT_PATH = "/chat"
JSON = "application/json"
OUTLINE_DEPTH = 3  # parts, items and sub-items; letter points would make the outline as long as the plan

logger = logging.getLogger(__name__)


class Judged(BaseModel):
    """The body of ``POST /api/feedback``: an Answer as the caller got it, and the verdict; see ``feedback.Feedback``."""

    model_config = ConfigDict(extra="forbid")

    answer_id: str = Field("", max_length=64)
    question: str = Field(min_length=1, max_length=10_000)
    standalone_question: str = Field("", max_length=10_000)
    history: tuple[Turn, ...] = Field((), max_length=100)
    status: Status
    answer: str = Field(max_length=50_000)
    citations: tuple[Cited, ...] = Field((), max_length=200)
    verdict: Verdict
    reason: Reason = ""
    comment: str = Field("", max_length=MOST_CHARS)
    corrected_answer: str = Field("", max_length=MOST_CHARS)


@dataclass(frozen=True)
class Run:
    """Paragraphs that follow each other, either all rows of one table or none of them."""

    is_table: bool
    paragraphs: tuple[Paragraph, ...]

    def cells(self, row: Paragraph) -> list[str]:
        """The texts of a row's cells, from left to right; one for a row that is merged across the table."""
        return [text for _, text in row.cells] or [cell.strip() for cell in row.text.split("|")]  # a head has no cells of its own

    @property
    def columns(self) -> int:
        """Of the widest row."""
        return max(len(self.cells(row)) for row in self.paragraphs)


@dataclass(frozen=True)
class Block:
    """Consecutive paragraphs of one section, as runs; ``depth`` 0 is a part.

    A section whose text goes on after its children has several blocks; ``opens`` marks the first, which carries the anchor.
    """

    section: Section
    depth: int
    opens: bool
    runs: tuple[Run, ...]

    @property
    def has_heading(self) -> bool:
        """Whether the first paragraph is a heading; the opening and the end of a plan are headed by no number."""
        return self.opens and self.section.is_heading and self.section.is_numbered

    @property
    def heading_level(self) -> int:
        """The n of its ``<hn>``; 1 is the plan's own title."""
        return min(self.depth + 2, 6)

    @property
    def doubtful(self) -> bool:
        """Whether a part of it was hardly made out on a scan."""
        return any(paragraph.doubtful for run in self.runs for paragraph in run.paragraphs)

    @property
    def outline_title(self) -> str:
        """The line of the outline, "" when the outline leaves the section out."""
        if not self.opens or self.depth >= OUTLINE_DEPTH:
            return ""
        if not self.section.is_numbered:
            return self.section.label[:1].upper() + self.section.label[1:]
        return self.section.path[-1] if self.section.is_heading or self.depth == 0 else ""


def create_app(engine: Engine, settings: Settings, archive: Archive | None = None) -> FastAPI:
    """Everything but the chat itself, which ``ui.mount_chat`` adds at ``CHAT_PATH``."""
    app = FastAPI(title="Hỏi đáp kế hoạch", docs_url=None, redoc_url=None)
    templates = Jinja2Templates(WEB / "templates", context_processors=[lambda request: {"root": _root(request)}])

    templates.env.filters["printed_date"] = printed_date
    pictures = Pictures()

    def plan_or_404(plan_id: str, edition: str = "") -> Plan:
        present = engine.plans.get(plan_id)
        if edition and (present is None or present.digest != edition):
            present = archive.edition(plan_id, edition) if archive else None
        if present is None:
            raise HTTPException(404, messages.no_such_edition(plan_id) if edition else f"Danh mục không có kế hoạch “{plan_id}”.")
        return present

    def shown(plan: Plan) -> dict[str, object]:
        present = engine.plans.get(plan.id)
        return {"plan": plan, "blocks": blocks(plan), "is_old": present is None or present.digest != plan.digest, "is_gone": present is None}

    def original_file(plan: Plan) -> Path:
        file = engine.index.original(plan)
        return archive.editions.original(plan) if archive and not file.is_file() else file

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> RedirectResponse:
        return RedirectResponse(f"{_root(request)}{CHAT_PATH}/")

    @app.get("/health")
    def health() -> dict[str, str]:
        """The server answers."""
        return {"status": "ok"}

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> FileResponse:
        return FileResponse(WEB / "static" / "icon.svg")

    @app.get("/doc/{plan_id}", response_class=HTMLResponse)
    def document(request: Request, plan_id: str, ban: str = "") -> Response:
        """A plan as a page that can be sent to a colleague; ``#III.2.a`` opens it at that section, ``?ban=DIGEST`` an edition that a kept answer cites."""
        return templates.TemplateResponse(request, "document.html", shown(plan_or_404(plan_id, ban)))

    @app.api_route("/doc/{plan_id}/original", methods=["GET", "HEAD"])
    def original(plan_id: str, ban: str = "") -> Response:
        """The file that the plan was read from, as it was then; ``#page=3`` opens a PDF at that page."""
        plan = plan_or_404(plan_id, ban)
        file, name = original_file(plan), Path(plan.path).name
        if plan.legibility.format != ".txt":  # by its bytes, whatever it was called; text goes by many suffixes
            name = Path(name).with_suffix(plan.legibility.format).name
        if not file.is_file():
            raise HTTPException(404, f"Tệp gốc của “{plan.title}” không còn được lưu.")
        if plan.legibility.format == ".pdf":
            return FileResponse(file, media_type="application/pdf", filename=name, content_disposition_type="inline")
        # A web page of others must not run under our address, and no browser shows the other formats.
        return FileResponse(file, media_type="application/octet-stream", filename=name)

    @app.get("/api/plans")
    def plans() -> dict[str, list[dict[str, str]]]:
        """The plans to which a question can be held, with what they are told apart by; ``level`` and ``years`` as people are shown them."""
        return {
            "plans": [
                {
                    "id": row.plan.id,
                    "title": row.plan.title,
                    "subject": row.subject,
                    "issuer": row.plan.metadata.issuer,
                    "level": row.level_name,
                    "years": row.years,
                }
                for row in every_plan(engine)
            ]
        }

    @app.get("/doc/{plan_id}/page/{number}.png", responses={200: {"content": {"image/png": {}}}}, response_class=Response)
    def page_picture(plan_id: str, number: int, ban: str = "") -> Response:
        """A page of a PDF original as it looks, counted from 1."""
        plan = plan_or_404(plan_id, ban)
        if plan.legibility.format != ".pdf" or not 1 <= number <= plan.legibility.pages:
            raise HTTPException(404, messages.no_such_page(number))
        try:
            picture = pictures.page(original_file(plan), number)
        except PictureError:
            raise HTTPException(404, messages.no_such_page(number)) from None
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    @app.get("/api/plans/{plan_id}/fragment", response_class=HTMLResponse)
    def fragment(request: Request, plan_id: str, ban: str = "") -> Response:
        """The same document without a page around it, for the source pane of the chat."""
        return templates.TemplateResponse(request, "fragment.html", shown(plan_or_404(plan_id, ban)))

    # The body is read by hand, up to its limit, so its schema has to be told; its parts are found where it stands.
    told = Judged.model_json_schema(ref_template="#/paths/~1api~1feedback/post/requestBody/content/application~1json/schema/$defs/{model}")

    @app.post("/api/feedback", status_code=201, openapi_extra={"requestBody": {"required": True, "content": {JSON: {"schema": told}}}})
    async def judge(request: Request) -> dict[str, str]:
        """A verdict on an answer, kept for those who look after the assistant."""
        given = await _judged(request)
        unknown = next((place.plan for place in given.citations if place.plan not in engine.plans), None)
        if unknown is not None:
            raise HTTPException(422, messages.unknown_plan(unknown))
        record = Feedback(**{name: getattr(given, name) for name in Judged.model_fields}, when=now(), index=index_version(engine.index.manifest))
        try:
            await run_in_threadpool(append, settings.feedback_file, record)
        except FeedbackError:
            logger.exception("feedback was not stored")
            raise HTTPException(503, messages.NOT_REPORTED) from None
        return {"message": messages.REPORTED}

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        # FastAPI's own words are English; only ours, raised in this module, are fit to be shown.
        return told_of(request, error.detail if isinstance(error, HTTPException) else "Địa chỉ này không có trang nào.", error.status_code)

    @app.exception_handler(RequestValidationError)
    def misshapen(request: Request, error: RequestValidationError) -> Response:
        return told_of(request, messages.bad_field(str(error.errors()[0]["loc"][-1])), 422)

    def told_of(request: Request, reason: str, status: int) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": reason}, status)
        return templates.TemplateResponse(request, "missing.html", {"reason": reason}, status)

    app.include_router(router(engine, templates))
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    # With a policy of its own on the parent, the mounted chat stops answering every origin with credentials.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    return app


def blocks(plan: Plan) -> list[Block]:
    """The plan's paragraphs in the order of the print, grouped by the section they belong to."""
    depths: dict[str, int] = {}
    printed: list[tuple[Section, Paragraph]] = []
    for section in plan.sections:
        depths[section.address] = depths.get(section.parent, -1) + 1 if section.parent else 0
        printed += [(section, paragraph) for paragraph in section.paragraphs]
    printed.sort(key=lambda pair: pair[1].first_line)
    opened: set[str] = set()
    result = []
    for address, group in itertools.groupby(printed, key=lambda pair: pair[0].address):
        pairs = list(group)
        paragraphs = [paragraph for _, paragraph in pairs]
        result.append(Block(pairs[0][0], depths[address], address not in opened, tuple(runs(paragraphs))))
        opened.add(address)
    return result


def runs(paragraphs: Sequence[Paragraph]) -> Iterator[Run]:
    """Rows of tables apart from the text around them: "cell | cell", or a bullet "/r5" for a row merged into one cell."""
    in_table: list[bool] = []
    below = False
    for paragraph in reversed(paragraphs):  # a head has no address of its own: it is what stands above a row and has bars
        below = "/r" in paragraph.bullet or (below and " | " in paragraph.text)
        in_table.append(below)
    for is_table, run in itertools.groupby(zip(paragraphs, reversed(in_table), strict=True), key=lambda pair: pair[1]):
        yield Run(is_table, tuple(paragraph for paragraph, _ in run))


def printed_date(metadata: Metadata) -> str:
    """The date of a plan with its noun, as far as it is printed."""
    return messages.dated(metadata.date)


async def _judged(request: Request) -> Judged:
    """The body, read no further than its limit. Raises HTTPException with a sentence for people."""
    # A form of another site may send text here, but not JSON: for that the browser would ask first.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise HTTPException(415, messages.NOT_JSON)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, messages.TOO_LARGE)
    try:
        return Judged.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(422, messages.bad_field(".".join(map(str, error.errors()[0]["loc"])))) from None


class SecurityHeaders:
    """Adds the content security policy to every response; inline scripts run only if the server itself wrote them.

    Gradio's page holds inline scripts whose text changes with the configuration, so each HTML page is read
    before it leaves and its scripts are listed in the policy by digest: no script that slips in later can run.
    """

    INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self.app = app
        self.frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and every response out with the policy."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # A compressed page could not be read here.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start: Message = {}
        body = b""

        async def guarded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                if not _is_html(message):
                    self._add_headers(message, b"")
                    await send(message)
            elif message["type"] == "http.response.body" and _is_html(start):
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    self._add_headers(start, body)
                    await send(start)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app(scope, receive, guarded)

    def _add_headers(self, start: Message, page: bytes) -> None:
        headers = MutableHeaders(scope=start)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        if headers.get("content-type") == "application/pdf":  # browsers show it by a viewer of their own, which the other rules would stop
            headers["Content-Security-Policy"] = f"frame-ancestors {self.frame_ancestors}"
            return
        headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'self'",
                " ".join(("script-src 'self'", *self._digests(page))),
                "style-src 'self' 'unsafe-inline'",  # Gradio writes style elements and attributes as it goes
                "img-src 'self' data:",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                f"frame-ancestors {self.frame_ancestors}",
            )
        )

    def _digests(self, page: bytes) -> Iterator[str]:
        for script in self.INLINE_SCRIPT.findall(page):
            yield f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _root(request: Request) -> str:
    """The path under which a portal may have placed the whole server, "" when none has."""
    return str(request.scope.get("root_path", ""))


def _is_html(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
