"""Conversations over HTTP: list, search, ask, rename, delete and export one's own; and ask without leaving a trace."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from xhht_qa import export, messages
from xhht_qa.access.visitors import Visitors, asker, same_origin
from xhht_qa.archive import Archive
from xhht_qa.errors import ConversationError, ConversationLimit, ConversationsUnavailable, UnknownConversation
from xhht_qa.types import Turn

_STATUS = {UnknownConversation: 404, ConversationLimit: 409, ConversationsUnavailable: 503, ConversationError: 422}
_MOST_TURNS = 1000
_MOST_LISTED = 200
_MOST_SCOPE = 1000  # plans
_ASKED_AT_ONCE = 4  # the engine computes; more at once would only make everyone wait longer
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

User = Annotated[str, Depends(asker)]


def add_conversations(app: FastAPI, archive: Archive) -> None:
    """Adds ``/api/conversations`` and ``/api/ask`` to ``app``."""
    store, engine = archive.store, archive.engine
    api = APIRouter(prefix="/api", dependencies=[Depends(same_origin), Depends(_unstored)])
    limiter = anyio.CapacityLimiter(_ASKED_AT_ONCE)  # those who wait take no thread from those who read

    def checked(question: str) -> str:
        if not question.strip():
            raise HTTPException(422, messages.EMPTY_QUESTION)
        if len(question) > engine.settings.max_question_chars:
            raise HTTPException(422, messages.too_long(engine.settings.max_question_chars))
        return question

    @api.get("/conversations")
    def listed(
        user: User,
        words: Annotated[str, Query(max_length=1000)] = "",
        limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 30,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> dict[str, Any]:
        """One's own conversations, the newest first; those in which all of ``words`` stand, with or without accents."""
        return {"conversations": [asdict(kept) for kept in store.find(user, words, limit, offset)]}

    @api.post("/conversations", status_code=201)
    def create(user: User, title: Annotated[str, Body(embed=True)] = "") -> dict[str, Any]:
        """A new conversation; without a title it takes that of its first question."""
        return asdict(store.create(user, title))

    @api.get("/conversations/{conversation}")
    def read(user: User, conversation: str) -> dict[str, Any]:
        """A conversation with all that was said; ``answer`` is null for a question that nobody answered."""
        exchanges = store.exchanges(user, conversation)
        return asdict(store.conversation(user, conversation)) | {"exchanges": [asdict(exchange) for exchange in exchanges]}

    @api.patch("/conversations/{conversation}")
    def rename(user: User, conversation: str, title: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
        """The conversation under another title."""
        return asdict(store.rename(user, conversation, title))

    @api.delete("/conversations/{conversation}", status_code=204)
    def delete(user: User, conversation: str) -> None:
        """The conversation is gone, and all that was said in it."""
        store.delete(user, conversation)

    @api.post("/conversations/{conversation}/questions", status_code=201)
    async def ask(
        user: User,
        conversation: str,
        question: Annotated[str, Body()],
        scope: Annotated[list[str], Body(max_length=_MOST_SCOPE)] = [],  # noqa: B006 - FastAPI copies it
    ) -> dict[str, Any]:
        """Ask in a conversation; question and answer are kept. ``scope`` are the ids of the plans to search, none for all."""
        return asdict(await anyio.to_thread.run_sync(archive.ask, user, conversation, checked(question), scope, limiter=limiter))

    @api.post("/ask")
    async def ask_privately(
        question: Annotated[str, Body()],
        history: Annotated[list[Turn], Body(max_length=_MOST_TURNS)] = [],  # noqa: B006
        scope: Annotated[list[str], Body(max_length=_MOST_SCOPE)] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Ask without a trace: nothing is kept, the caller brings the history along."""
        return (await anyio.to_thread.run_sync(engine.ask, checked(question), history, scope, limiter=limiter)).to_dict()

    @api.get("/conversations/{conversation}/export.md")
    def export_markdown(user: User, conversation: str) -> Response:
        """The conversation with its citations as a markdown file."""
        title, exchanges = store.conversation(user, conversation).title, store.exchanges(user, conversation)
        text = export.markdown(title, exchanges, archive.cited_plans(exchanges), _here())
        return _file(text.encode("utf-8", "ignore"), "text/markdown; charset=utf-8", "md")

    @api.get("/conversations/{conversation}/export.docx")
    def export_word(user: User, conversation: str) -> Response:
        """The conversation with its citations as a Word file."""
        title, exchanges = store.conversation(user, conversation).title, store.exchanges(user, conversation)
        return _file(export.word(title, exchanges, archive.cited_plans(exchanges), _here()), _WORD, "docx")

    @app.exception_handler(ConversationError)
    def refused(request: Request, error: ConversationError) -> Response:
        return JSONResponse({"detail": str(error)}, _STATUS[type(error)])

    app.include_router(api)
    app.add_middleware(Visitors)


def _unstored(response: Response) -> None:
    """What people ask is kept by no proxy and no browser."""
    response.headers["Cache-Control"] = "no-store"


def _here() -> datetime:
    """Now, by the clock on the wall of the server."""
    return datetime.now(UTC).astimezone()


def _file(content: bytes, kind: str, suffix: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="hoi-thoai.{suffix}"', "Cache-Control": "no-store"})
