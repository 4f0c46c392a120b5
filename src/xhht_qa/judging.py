"""Verdicts on answers from the page: thumbs at each answer, and the form that asks what is wrong with it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xhht_qa import messages
from xhht_qa.access import engine_for, known
from xhht_qa.conversation import Conversation
from xhht_qa.engine import Engine
from xhht_qa.errors import FeedbackError
from xhht_qa.feedback import MOST_CHARS, Reason, Verdict, append, feedback_on, index_version
from xhht_qa.settings import Settings

if TYPE_CHECKING:
    import gradio

_TITLE_CHARS = 120
_CHOICES: list[tuple[str, str | int | float]] = [(words, reason) for reason, words in messages.REPORT_REASONS.items()]

logger = logging.getLogger(__name__)


class Judging:
    """Keeps verdicts on the answers of conversations; knows nothing of widgets."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def keep(
        self, engine: Engine, conversation: Conversation, number: int, verdict: Verdict, reason: Reason = "", comment: str = "", corrected: str = ""
    ) -> bool:
        """Whether the verdict on the ``number``-th answer, from 0, is stored. Never raises."""
        if not 0 <= number < len(conversation.exchanges):  # it is still being answered
            return False
        before = replace(conversation, exchanges=conversation.exchanges[:number]).turns(self.settings.max_history_turns)
        index = index_version(engine.index.manifest)
        try:
            append(self.settings.feedback_file, feedback_on(conversation.exchanges[number], before, verdict, index, reason, comment, corrected))
        except FeedbackError:
            logger.exception("feedback was not stored")
            return False
        return True


def add_form(settings: Settings, thread: gradio.Chatbot, conversation: gradio.State, clear: gradio.Button) -> None:
    """Adds the form, closed, where it stands in the page, and opens it for the answer of ``thread`` whose thumb goes down."""
    import gradio as gr

    judging = Judging(settings)
    number = gr.State(-1)
    with gr.Column(visible=False, scale=0, elem_id="report") as form:
        reason = gr.Radio(_CHOICES, elem_id="report-reason")  # labelled with the question when it opens
        comment = gr.Textbox(label=messages.REPORT_COMMENT, max_lines=3, max_length=MOST_CHARS, elem_id="report-comment")
        corrected = gr.Textbox(label=messages.REPORT_CORRECTED, max_lines=3, max_length=MOST_CHARS, elem_id="report-corrected")
        with gr.Row(elem_id="report-buttons"):
            close = gr.Button(messages.REPORT_CLOSE, size="sm", elem_id="report-close")
            send = gr.Button(messages.REPORT_SEND, size="sm", variant="primary", elem_id="report-send")

    closed = {form: gr.update(visible=False), reason: None, comment: "", corrected: ""}

    def judge(now: Conversation, event: gr.LikeData, request: gr.Request) -> dict[Any, Any]:
        now = now.told_to(_asker(request))
        at = int(event.index[0] if isinstance(event.index, tuple | list) else event.index) // 2  # a question, then its answer
        verdict: Verdict = "up" if event.liked is True else "down" if event.liked is False else "withdrawn"
        stored = judging.keep(_engine(request), now, at, verdict)
        if stored and verdict == "down":
            return closed | {form: gr.update(visible=True), number: at, reason: gr.update(value=None, label=_title(now.exchanges[at].question))}
        _say(messages.JUDGED if verdict == "up" else messages.JUDGED_WITHDRAWN, stored)
        return closed

    def report(now: Conversation, at: int, chosen: Reason | None, said: str, right: str, request: gr.Request) -> dict[Any, Any]:
        stored = judging.keep(_engine(request), now.told_to(_asker(request)), at, "down", chosen or "", said, right)
        _say(messages.REPORTED, stored)
        return closed if stored else {form: gr.update(visible=True)}

    judge.__annotations__["event"] = gr.LikeData  # Gradio looks for the names among this module's, and it is imported in here only
    for handler in (judge, report):
        handler.__annotations__["request"] = gr.Request

    shown = [form, number, reason, comment, corrected]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}  # queued: only then can a sentence be said
    thread.like(judge, [conversation], shown, **quiet)
    gr.on([send.click, corrected.submit], report, [conversation, number, reason, comment, corrected], shown, **quiet)
    for button in (close, clear):
        button.click(lambda: closed, None, shown, queue=False, **quiet)


def _engine(request: gradio.Request) -> Engine:
    assert request.request is not None, "every event of the page comes by HTTP"
    return engine_for(request.request)


def _asker(request: gradio.Request) -> str:
    assert request.request is not None, "every event of the page comes by HTTP"
    return known(request.request).id


def _title(question: str) -> str:
    return messages.REPORT_TITLE.format(question if len(question) <= _TITLE_CHARS else f"{question[:_TITLE_CHARS]}…")


def _say(sentence: str, stored: bool) -> None:
    import gradio as gr

    if stored:
        gr.Info(sentence)
    else:
        gr.Warning(messages.NOT_REPORTED)
