"""Verdicts on answers over HTTP, kept for those who look after the assistant."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from xhht_qa import messages
from xhht_qa.api.given import Seen
from xhht_qa.api.refusals import refusals
from xhht_qa.errors import FeedbackError
from xhht_qa.feedback import MOST_BYTES, MOST_CHARS, Cited, Feedback, Reason, Verdict, append, index_version, now
from xhht_qa.settings import Settings
from xhht_qa.types import Status, Turn

JSON = "application/json"

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
class Said:
    """That it was kept, in a sentence for the user."""

    message: str


def add_feedback(app: FastAPI, settings: Settings) -> None:
    """Adds ``/api/feedback`` to ``app``."""
    # The body is read by hand, up to its limit, so its schema has to be told; its parts are found where it stands.
    told = Judged.model_json_schema(ref_template="#/paths/~1api~1feedback/post/requestBody/content/application~1json/schema/$defs/{model}")

    @app.post(
        "/api/feedback",
        status_code=201,
        tags=["feedback"],
        responses=refusals(413, 415, 422, 503),
        openapi_extra={"requestBody": {"required": True, "content": {JSON: {"schema": told}}}},
    )
    async def judge(request: Request, engine: Seen) -> Said:
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
        return Said(messages.REPORTED)


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
