"""Conversations over HTTP: list, search, ask, rename, delete and export one's own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import SerializerFunctionWrapHandler, WrapSerializer

from xhht_qa import export
from xhht_qa.access.visitors import Visitors
from xhht_qa.api.ask import MOST_SCOPE, checked
from xhht_qa.api.given import Seen, User, unstored
from xhht_qa.api.narration import address_of
from xhht_qa.api.refusals import refusals
from xhht_qa.archive import Archive
from xhht_qa.errors import ConversationError, ConversationLimit, ConversationsUnavailable, UnknownConversation
from xhht_qa.service import Service
from xhht_qa.store import Exchange, KeptConversation

_STATUS = {UnknownConversation: 404, ConversationLimit: 409, ConversationsUnavailable: 503, ConversationError: 422}
_MOST_LISTED = 200
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Id = Annotated[str, Path(max_length=64, examples=["0123456789abcdef0123456789abcdef"])]


def _told(exchange: Exchange, as_it_is: SerializerFunctionWrapHandler) -> Any:
    """Its answer without ``checked`` where no language model was to be asked, as ``Answer.to_dict`` gives it."""
    record = as_it_is(exchange)
    if record["answer"] and record["answer"]["checked"] is None:
        del record["answer"]["checked"]
    return record


ToldExchange = Annotated[Exchange, WrapSerializer(_told)]


@dataclass(frozen=True)
class Conversations:
    """Some of one's own, the newest first."""

    conversations: tuple[KeptConversation, ...]


@dataclass(frozen=True, kw_only=True)
class WholeConversation(KeptConversation):
    """One of them with all that was said; ``answer`` is null for a question that nobody answered."""

    exchanges: tuple[ToldExchange, ...]


def add_conversations(app: FastAPI, archive: Archive) -> None:
    """Adds ``/api/conversations`` to ``app``."""
    store = archive.store
    api = APIRouter(
        prefix="/api/conversations",
        tags=["conversations"],
        dependencies=[Depends(unstored)],
        responses=refusals(404, 503),
    )

    @api.get("")
    def listed_conversations(
        user: User,
        engine: Seen,
        words: Annotated[str, Query(max_length=1000)] = "",
        limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 30,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> Conversations:
        """One's own conversations, the newest first; those in which all of ``words`` stand, with or without accents."""
        return Conversations(tuple(archive.find(engine, user.id, words, limit, offset)))

    @api.post("", status_code=201, responses=refusals(409))
    def create_conversation(user: User, title: Annotated[str, Body(embed=True)] = "") -> KeptConversation:
        """A new conversation; without a title it takes that of its first question."""
        return store.create(user.id, title)

    @api.get("/{conversation}")
    def read_conversation(user: User, engine: Seen, conversation: Id) -> WholeConversation:
        """A conversation with all that was said."""
        exchanges = tuple(archive.exchanges(engine, user.id, conversation))
        kept = store.conversation(user.id, conversation)
        return WholeConversation(**{part.name: getattr(kept, part.name) for part in fields(kept)}, exchanges=exchanges)

    @api.patch("/{conversation}")
    def rename_conversation(user: User, conversation: Id, title: Annotated[str, Body(embed=True)]) -> KeptConversation:
        """The conversation under another title."""
        return store.rename(user.id, conversation, title)

    @api.delete("/{conversation}", status_code=204)
    def delete_conversation(user: User, conversation: Id) -> None:
        """The conversation is gone, and all that was said in it."""
        store.delete(user.id, conversation)

    @api.post("/{conversation}/questions", status_code=201, responses=refusals(409))
    async def ask_in_conversation(
        request: Request,
        user: User,
        engine: Seen,
        conversation: Id,
        question: Annotated[str, Body()],
        scope: Annotated[list[str], Body(max_length=MOST_SCOPE)] = [],  # noqa: B006 - FastAPI copies it
    ) -> ToldExchange:
        """Ask in a conversation; question and answer are kept. ``scope`` are the ids of the plans to search, none for all."""
        service: Service = request.app.state.service
        return await service.asking_kept(user, engine, conversation, checked(question, engine), scope, "api", address_of(request))

    @api.get("/{conversation}/export.md", response_class=Response, responses=_file_of("text/markdown"))
    def export_markdown(user: User, engine: Seen, conversation: Id) -> Response:
        """The conversation with its citations as a markdown file."""
        title, exchanges = store.conversation(user.id, conversation).title, archive.exchanges(engine, user.id, conversation)
        text = export.markdown(title, exchanges, archive.cited_plans(engine, exchanges), _here())
        return _file(text.encode("utf-8", "ignore"), "text/markdown; charset=utf-8", "md")

    @api.get("/{conversation}/export.docx", response_class=Response, responses=_file_of(_WORD))
    def export_word(user: User, engine: Seen, conversation: Id) -> Response:
        """The conversation with its citations as a Word file."""
        title, exchanges = store.conversation(user.id, conversation).title, archive.exchanges(engine, user.id, conversation)
        return _file(export.word(title, exchanges, archive.cited_plans(engine, exchanges), _here()), _WORD, "docx")

    @app.exception_handler(ConversationError)
    def refused(request: Request, error: ConversationError) -> Response:
        return JSONResponse({"detail": str(error)}, _STATUS[type(error)])

    app.include_router(api)
    app.add_middleware(Visitors)


def _here() -> datetime:
    """Now, by the clock on the wall of the server."""
    return datetime.now(UTC).astimezone()


def _file(content: bytes, kind: str, suffix: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="hoi-thoai.{suffix}"', "Cache-Control": "no-store"})


def _file_of(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}
