"""The page's components and events; what the scripts of ``web/static`` add is the source pane, the list of conversations and the plan filter."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from xhht_qa import messages
from xhht_qa.access import engine_for, known, name_of
from xhht_qa.access.managers import manages
from xhht_qa.access.oidc import pages_of
from xhht_qa.archive import Archive
from xhht_qa.conversation import Conversation
from xhht_qa.judging import add_form
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.types import Plan
from xhht_qa.ui.markdown import escape
from xhht_qa.ui.questions import example_questions
from xhht_qa.ui.thread import PRIVATE, Chat, choices, shown

if TYPE_CHECKING:
    import gradio
    from fastapi import Request

_STARTERS = 3  # first questions that are offered
_MOST_PLANS = 1000  # that a question may be held to
_MOST_TITLE = 300  # characters of a title that is told back


def build(settings: Settings, archive: Archive | None = None, service: Service | None = None) -> gradio.Blocks:
    """The chat, kept in ``archive`` where there is one.

    The page itself is the same for everyone and holds no word of any plan; what one may see comes with the first event, which knows who is there.
    """
    import gradio as gr

    asked = service or Service(settings, archive)

    def chat_of(request: gr.Request) -> Chat:
        sender = _sender(request)
        return Chat(engine_for(sender), settings, archive, asked, known(sender))

    page: gradio.Blocks = gr.Blocks(title=messages.TITLE, analytics_enabled=False, fill_width=True)
    with page:
        conversation = gr.State(Conversation())
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="talk", scale=3, min_width=320):
                navigation = gr.Markdown(_navigation(messages.PAGES, ""), elem_id="pages", sanitize_html=False)
                with gr.Row(elem_id="top"):
                    gr.Markdown(f"# {messages.TITLE}", elem_id="title")
                    private = gr.Button(messages.PRIVATE_BUTTON, size="sm", elem_id="private")
                    clear = gr.Button(messages.UNTITLED, size="sm", elem_id="clear")
                now = gr.Markdown(_now(Conversation()), elem_id="now", sanitize_html=False)
                unkept = gr.Markdown(elem_id="unkept")
                thread = gr.Chatbot(
                    label=messages.THREAD,
                    show_label=False,
                    placeholder=messages.WELCOME,
                    elem_id="thread",
                    buttons=[],
                    feedback_options=("Like", "Dislike"),  # thumbs; any other word would be a flag that opens a menu
                    sanitize_html=True,
                    render_markdown=True,
                    latex_delimiters=[],
                    allow_tags=False,
                    group_consecutive_messages=False,
                    autoscroll=False,  # to the end of a long answer; the page scrolls to its beginning
                )
                with gr.Row(elem_id="examples"):
                    starters = [gr.Button(text, size="sm", visible=bool(text)) for text in _starters({})]
                add_form(settings, thread, conversation, clear)
                with gr.Row(elem_id="editing"):
                    gr.Markdown(messages.EDITING)
                    keep = gr.Button(messages.KEEP_BUTTON, size="sm", elem_id="keep")
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        label=messages.QUESTION,
                        show_label=False,
                        placeholder=messages.QUESTION_HINT,
                        max_lines=6,
                        autofocus=True,
                        scale=1,
                        elem_id="box",
                    )
                    send = gr.Button(messages.SEND_BUTTON, variant="primary", elem_id="send", scale=0, min_width=88)
                    stop = gr.Button(messages.STOP_BUTTON, variant="stop", elem_id="stop", scale=0, min_width=88)
            with gr.Column(elem_id="source", scale=2, min_width=320):
                catalogue = gr.Markdown(elem_id="catalogue")
        with gr.Column(elem_id="wires"):  # by which the scripts speak to the server: never seen
            held = gr.Textbox(label=messages.THREAD, elem_id="held")  # by which the browser knows the conversation when the server has forgotten it
            wanted = gr.Textbox(elem_id="wanted")
            open_ = gr.Button(elem_id="open")
            scope = gr.Textbox(elem_id="scope")

        def show(state: Conversation, request: gr.Request) -> dict[Any, Any]:
            if state.notice:
                gr.Warning(html.escape(state.notice, quote=False))
            # Told once. Whatever else changes on the page the style sheet and the scripts draw from ``now``: each further output costs the server a millisecond.
            return {
                conversation: replace(state, notice="", asker=known(_sender(request)).id),
                now: _now(state),
                thread: shown(state, engine_for(_sender(request)).plans),
            }

        async def answered(states: AsyncIterator[Conversation], request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
            async for state in states:
                yield show(state, request)

        def ready(state: Conversation, chosen: str, known: str, request: gr.Request) -> tuple[Conversation, Chat]:
            chat = chat_of(request)
            return replace(chat.resumed(state, known), scope=_scope(chosen)), chat

        async def ask(question: str, chosen: str, known: str, state: Conversation, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
            state, chat = await asyncio.to_thread(ready, state, chosen, known, request)
            async for told in answered(chat.ask(question, state, _address(request)), request):
                yield told

        async def choose(chosen: str, known: str, state: Conversation, event: gr.SelectData, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
            state, chat = await asyncio.to_thread(ready, state, chosen, known, request)
            async for told in answered(chat.ask(str(event.value), state, _address(request)), request):
                yield told

        async def ask_again(chosen: str, known: str, state: Conversation, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
            state, chat = await asyncio.to_thread(ready, state, chosen, known, request)
            async for told in answered(chat.ask_again(state, _address(request)), request):
                yield told

        def edit(chosen: str, known: str, state: Conversation, request: gr.Request) -> dict[Any, Any]:
            """The last question goes back into the box; the next one that is sent takes its place."""
            state, _ = ready(state, chosen, known, request)
            last = state.exchanges[-1:]
            return show(replace(state, editing=bool(last)), request) | ({box: last[0].question} if last else {})

        def give_up(state: Conversation, request: gr.Request) -> dict[Any, Any]:
            """The question goes back into the box, to be mended and sent again."""
            chat = chat_of(request)
            state = chat.resumed(state, "")
            return show(chat.give_up(state), request) | ({box: state.pending} if state.pending else {})

        def open_kept(id_: str, request: gr.Request) -> dict[Any, Any]:
            opened = chat_of(request).open(id_)
            return show(opened, request) | {scope: json.dumps(opened.scope, ensure_ascii=False)}

        def keep_question(state: Conversation, request: gr.Request) -> dict[Any, Any]:
            return show(replace(chat_of(request).resumed(state, ""), editing=False), request) | {box: ""}

        def begin(request: gr.Request) -> dict[Any, Any]:
            return show(Conversation(), request) | {box: "", scope: "{}"} | offered(request)

        def begin_privately(request: gr.Request) -> dict[Any, Any]:
            return show(Conversation(private=True), request) | {box: "", scope: "{}"} | offered(request)

        def offered(request: gr.Request) -> dict[Any, Any]:
            """What the visitor is offered to read and to ask: plans come and go while the server runs."""
            plans = engine_for(_sender(request)).plans
            texts = zip(starters, _starters(plans), strict=True)
            return {catalogue: _catalogue(plans)} | {button: gr.update(value=text, visible=bool(text)) for button, text in texts}

        def greet(request: gr.Request) -> dict[Any, Any]:
            pages = messages.PAGES + ((messages.MANAGEMENT_PAGE,) if manages(_sender(request)) else ()) + pages_of(_sender(request))
            return offered(request) | {
                navigation: _navigation(pages, name_of(_sender(request))),
                unkept: "" if archive and known(_sender(request)).id else messages.NOT_KEPT_HERE,
            }

        # Gradio looks for the names of types among this module's, and it is imported in here only.
        for handler in (ask, choose, ask_again, edit, give_up, open_kept, keep_question, begin, begin_privately, greet):
            handler.__annotations__["request"] = gr.Request
        choose.__annotations__["event"] = gr.SelectData

        outputs = [conversation, now, thread]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        once: dict[str, Any] = {"trigger_mode": "once", **quiet}
        at = [scope, held, conversation]
        asking = [
            gr.on([box.submit, send.click], ask, [box, *at], outputs, **once),
            *(starter.click(ask, [starter, *at], outputs, **once) for starter in starters),
            thread.option_select(choose, at, outputs, **once),
            thread.retry(ask_again, at, outputs, **once),
        ]
        thread.undo(edit, at, [*outputs, box], queue=False, **quiet)
        keep.click(keep_question, [conversation], [*outputs, box], queue=False, **quiet)
        stop.click(give_up, [conversation], [*outputs, box], cancels=asking, queue=False, **quiet)
        offers = [catalogue, *starters]
        for button, fresh in ((clear, begin), (private, begin_privately)):
            button.click(fresh, None, [*outputs, box, scope, *offers], cancels=asking, queue=False, **quiet)
        open_.click(open_kept, [wanted], [*outputs, scope], cancels=asking, **quiet)
        page.load(greet, None, [navigation, unkept, *offers], queue=False, **quiet)
    # Questions wait in the service's queue, where those of every door do and each is told its position; Gradio's own lets all through.
    page.queue(api_open=False, max_size=None, default_concurrency_limit=None)
    return page


def _sender(request: gradio.Request) -> Request:
    """The request of the browser behind an event, who sent it included."""
    assert request.request is not None, "every event of the page comes by HTTP"
    return request.request


def _address(request: gradio.Request) -> str:
    return request.client.host if request.client else ""


def _scope(chosen: str) -> dict[str, str]:
    """The plans that the filter names, titles by ids as the page's scripts write them down, be they there still or not."""
    try:
        given = json.loads(chosen or "{}")
    except ValueError:
        return {}
    return {plan: str(title)[:_MOST_TITLE] for plan, title in islice(given.items(), _MOST_PLANS)} if isinstance(given, dict) else {}


def _now(state: Conversation) -> str:
    """What the scripts have to know of the conversation, and what the visitor has to."""
    told = {
        "id": state.id,
        "held": PRIVATE if state.private else state.id,
        "private": state.private,
        "editing": state.editing,
        "pending": state.pending,
        "choices": len(choices(state)),
        "exchanges": len(state.exchanges),
    }
    is_now = {"pending": state.pending, "begun": state.pending or state.exchanges, "editing": state.editing}
    note = f"<p>{messages.PRIVATE}</p>" if state.private else ""
    classes = " ".join(name for name, holds in is_now.items() if holds)
    return f'<div id="state" class="{classes}" data-state="{html.escape(json.dumps(told))}">{note}</div>'


def _starters(plans: Mapping[str, Plan]) -> list[str]:
    """The first questions, a button each; "" for a button that has none."""
    questions = example_questions(plans, _STARTERS)
    return questions + [""] * (_STARTERS - len(questions))


def _navigation(pages: Sequence[tuple[str, str]], who: str) -> str:
    """Links to the pages beside the chat, as those have them above their own text; the server may run below any address."""
    links = (f'<a href="../{address}"{" aria-current=page" if address == "chat/" else ""}>{name}</a>' for address, name in pages)
    person = f'<span class="signed-in">{html.escape(who)}</span>' if who else ""
    return f'<nav aria-label="{messages.PAGES_LABEL}">{" ".join(links)}{person}</nav>'


def _catalogue(plans: Mapping[str, Plan]) -> str:
    listed = islice(plans.values(), messages.CATALOGUE_LISTED)
    entries = [f"- [{escape(plan.title)}](#src={quote(plan.id, safe='')}/): {escape(plan.metadata.subject)}" for plan in listed]
    more = len(plans) - len(entries)
    rest = [f'\n<a href="../van-ban">{messages.more_plans(more)}</a>'] if more > 0 else []
    return "\n".join((messages.CATALOGUE, "", *entries, *rest))
