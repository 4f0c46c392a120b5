"""The assistant as tools of the Model Context Protocol, for programs with a language model of their own: over HTTP at ``/mcp``, or on stdin and stdout."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Any, cast

from fastapi import FastAPI, HTTPException, Request
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.access import Asker, asker, engine_for
from xhht_qa.api.ask import MOST_FOUND, MOST_SCOPE, SearchResults, checked, found_sections
from xhht_qa.api.facts import FactList, chosen, listed
from xhht_qa.api.narration import address_of
from xhht_qa.api.plans import SectionText, doc_link, known_plan, section_at, section_text
from xhht_qa.engine import Engine
from xhht_qa.errors import QuestionError, Refused, UnknownPlan
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Turn

PATH = "/mcp"
_MOST_FACTS = 200  # a model reads them
_READING = ToolAnnotations(read_only_hint=True, open_world_hint=False)

PlanIds = Annotated[list[str], Field(max_length=MOST_SCOPE, description=messages.MCP_PLANS)]


@dataclass(frozen=True)
class Visit:
    """Who uses a tool, and what they may see."""

    asker: Asker
    engine: Engine
    address: str = ""
    base: str = ""  # of the links to plans


def tools(service: Service, visit_of: Callable[[Context[Any, Any]], Visit]) -> MCPServer[Any]:
    """The tools; what they give is typed, and each statement of it is cited. A refusal is one Vietnamese sentence."""
    server: MCPServer[Any] = MCPServer(
        "xhht-qa", title=messages.API_TITLE, instructions=messages.MCP_INSTRUCTIONS, version=version("xhht-qa"), subscriptions=False
    )

    @server.tool(description=messages.MCP_ASK, annotations=_READING)
    async def ask(
        context: Context[Any, Any],
        question: Annotated[str, Field(description=messages.MCP_QUESTION)],
        history: Annotated[list[Turn], Field(max_length=1000, description=messages.MCP_HISTORY)] = [],  # noqa: B006 - copied for each call
        plans: PlanIds = [],  # noqa: B006
    ) -> Answer:
        visit = visit_of(context)
        with _refusing():
            return await service.asking(visit.asker, visit.engine, checked(question, visit.engine), history, plans, "mcp", visit.address)

    @server.tool(description=messages.MCP_SEARCH, annotations=_READING)
    async def search(
        context: Context[Any, Any],
        question: Annotated[str, Field(description=messages.MCP_QUESTION)],
        k: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 10,
        plans: PlanIds = [],  # noqa: B006
    ) -> SearchResults:
        visit = visit_of(context)
        with _refusing():
            query, passages = await service.searching(visit.asker, visit.engine, checked(question, visit.engine), k, (), plans, "mcp", visit.address)
            return SearchResults(query.standalone, tuple(found_sections(visit.engine, passages, visit.base)))

    @server.tool(description=messages.MCP_SECTION, annotations=_READING)
    def section(
        context: Context[Any, Any],
        plan: Annotated[str, Field(description=messages.MCP_PLAN)],
        address: Annotated[str, Field(description=messages.MCP_ADDRESS)],
    ) -> SectionText:
        visit = visit_of(context)
        with _refusing():
            found = known_plan(visit.engine, plan)
            return section_text(found, section_at(found, address), doc_link(visit.base, plan, address))

    @server.tool(description=messages.MCP_DEADLINES, annotations=_READING)
    def deadlines(
        context: Context[Any, Any],
        plans: PlanIds = [],  # noqa: B006
        actor: Annotated[str, Field(max_length=200, description=messages.API_ACTOR)] = "",
        first: Annotated[str, Field(max_length=20, description=messages.API_FROM)] = "",
        last: Annotated[str, Field(max_length=20, description=messages.API_TO)] = "",
        offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    ) -> FactList:
        visit = visit_of(context)
        with _refusing():
            return listed(chosen(visit.engine, ["deadline"], plans, actor, first, last), _MOST_FACTS, offset)

    return server


@contextmanager
def _refusing() -> Iterator[None]:
    """What refuses a request refuses a call of a tool, in the same words."""
    try:
        yield
    except HTTPException as error:
        raise ToolError(str(error.detail)) from None
    except (QuestionError, Refused, UnknownPlan) as error:
        raise ToolError(str(error)) from None


def add_mcp(app: FastAPI, service: Service) -> None:
    """Adds ``/mcp`` to ``app``, under the sign-in of every other address. Each request stands alone: nothing is kept between them."""
    server = tools(service, _visit)
    # A page of others is kept out as everywhere: by its origin, not by the name under which the server is reached.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)

    class Endpoint:
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive)
            asker(request)  # who has not signed in is told so before anything is read
            await server.session_manager.handle_request(scope, receive, send)

    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        server.streamable_http_app(json_response=True, stateless_http=True, transport_security=security)  # makes the manager, which runs once
        async with outer(app) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
    app.router.routes.append(Route(PATH, Endpoint(), methods=["POST"], include_in_schema=False))


def serve(settings: Settings) -> None:
    """Answers on stdin and stdout until the other side closes them; everyone at this machine's command line sees all plans. Raises XhhtError."""
    engine = Engine.open(settings)
    tools(Service(settings), lambda context: Visit(Asker("command-line"), engine)).run("stdio")


def _visit(context: Context[Any, Any]) -> Visit:
    request = cast(Request, context.request_context.request)
    base = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
    return Visit(asker(request), engine_for(request), address_of(request), base)
