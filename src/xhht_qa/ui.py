"""The chat: how a question is put, how an answer is written as safe markdown, and the page that shows both."""

from __future__ import annotations

import logging
import os
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from xhht_qa.conversation import Conversation
from xhht_qa.engine import Engine
from xhht_qa.judging import add_form
from xhht_qa.messages import PAGES
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Citation, Plan

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI

TITLE = "Hỏi đáp kế hoạch"
WELCOME = "### Xin chào!\n\nMời Anh/Chị đặt câu hỏi về các kế hoạch trong danh mục. Câu trả lời luôn kèm số mục; bấm vào số mục để đọc nguyên văn."
CATALOGUE = "### Danh mục kế hoạch\n\nBấm vào một trích dẫn trong câu trả lời, hoặc chọn một kế hoạch để đọc."
PENDING = "Đang tìm trong các kế hoạch…"
UNEXPECTED = "Xin lỗi, hệ thống gặp trục trặc khi tìm câu trả lời. Anh/Chị vui lòng hỏi lại sau ít phút."
STATUS_WORDS = {
    "corrected": "Câu hỏi có điểm khác với kế hoạch",
    "clarify": "Cần nói rõ là kế hoạch nào",
    "not_found": "Kế hoạch không nêu nội dung này",
    "failed": "Chưa trả lời được",
}
EXAMPLES = (  # what a plan must say of itself → the question that it then answers
    ("signer", "Kế hoạch của {} do ai ký?"),
    ("recipients", "Kế hoạch của {} được gửi đến những nơi nào?"),
    ("legal_bases", "Kế hoạch của {} căn cứ vào những văn bản nào?"),
)

# The engine works on the processor for a fraction of a second; more at once would only make everyone wait longer.
CONCURRENT_QUESTIONS = 4
WAITING_QUESTIONS = 100

Link = Callable[[Sequence[int]], str]  # the links for markers that stand together, "" for unknown ones

logger = logging.getLogger(__name__)


class Chat:
    """What happens to a conversation; knows nothing of widgets. Every method returns or yields conversations."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings

    def ask(self, question: str, scope: Sequence[str], conversation: Conversation) -> Iterator[Conversation]:
        """The question taken in, then answered; the conversation as it is for a blank one. Never raises."""
        # One character more than allowed is enough for the engine to see that it is too long.
        question = question.strip()[: self.settings.max_question_chars + 1]
        if not question:
            yield conversation  # Gradio empties whatever is not given back
            return
        yield replace(conversation, pending=question)
        yield Conversation((*conversation.exchanges, self._answer(question, scope, conversation)))

    def _answer(self, question: str, scope: Sequence[str], conversation: Conversation) -> Answer:
        try:
            return self.engine.ask(question, conversation.turns(self.settings.max_history_turns), scope)
        except Exception:  # the page must stay usable whatever breaks underneath
            logger.exception("question failed")
            return Answer("", question, question, "failed", UNEXPECTED)


def messages(conversation: Conversation, plans: Mapping[str, Plan]) -> list[dict[str, str]]:
    """The conversation as the chat shows it, in markdown."""
    shown = []
    for answer in conversation.exchanges:
        shown.append({"role": "user", "content": escape(answer.question)})
        shown.append({"role": "assistant", "content": render(answer, plans)})
    if conversation.pending:
        shown.append({"role": "user", "content": escape(conversation.pending)})
        shown.append({"role": "assistant", "content": PENDING})
    return shown


def render(answer: Answer, plans: Mapping[str, Plan]) -> str:
    """An answer as markdown in which nothing but our own links is a link, and no text of others is markup."""
    names = plan_names(answer.citations, plans)
    known = {citation.marker: citation for citation in answer.citations}

    def link(markers: Sequence[int]) -> str:
        cited = [known[marker] for marker in markers if marker in known]
        return " ".join(source_link(place, names.get(place[0].plan, "")) for place in by_place(cited))

    parts = []
    if answer.standalone_question.strip() != answer.question.strip():
        parts.append(f"<small>Hiểu là: {escape(answer.standalone_question)}</small>")
    if answer.status in STATUS_WORDS:
        parts.append(f'<span class="status">{STATUS_WORDS[answer.status]}</span>')
    parts.append(escape_answer(answer.answer, link))
    if answer.options:
        parts.append("\n".join(f"- [{escape(option)}](#ask={quote(option, safe='')})" for option in answer.options))
    if answer.citations:
        heading = "Mục gần nhất" if answer.status == "not_found" else "Nguồn"
        entries = "\n\n".join(map(source_entry, by_place(answer.citations)))
        parts.append(f'<div class="sources">\n\n**{heading}**\n\n{entries}\n\n</div>')
    return "\n\n".join(parts)


def plan_names(citations: Sequence[Citation], plans: Mapping[str, Plan]) -> dict[str, str]:
    """How links name each cited plan: by its issuer, by its title where that would not tell two apart; {} for one plan."""
    titles = {citation.plan: citation.plan_title for citation in citations}
    if len(titles) < 2:
        return {}
    issuers = {plan: plans[plan].metadata.issuer for plan in titles if plan in plans}
    counts = Counter(issuers.values())
    return {plan: issuers[plan] if issuers.get(plan) and counts[issuers[plan]] == 1 else titles[plan] for plan in titles}


def by_place(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations of one section together, in the order of their first."""
    places: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        places.setdefault((citation.plan, citation.section), []).append(citation)
    return list(places.values())


def source_link(place: Sequence[Citation], plan_name: str) -> str:
    """The link that stands in the answer in place of ``[n]``: "[Mục III.2.1](#src=plan/III.2.1)"."""
    section = place[0].section
    numbered = re.match(r"([A-Z]+|\d+)(\(\d+\))?(\.|$)", section)  # else "Đ5.2", "P1.I", "phu-luc": the label says it
    text = f"Mục {section}" if numbered else _capitalised(place[0].label)
    return f"[{escape(f'{text}, {plan_name}' if plan_name else text)}]({source_address(place)})"


def source_entry(place: Sequence[Citation]) -> str:
    """An entry of the list under the answer: where it stands, then what is quoted from there."""
    pages = sorted({citation.page for citation in place if citation.page is not None})
    where = f" (trang {', '.join(map(str, pages))})" if pages else ""
    link = f"[{escape(f'{_capitalised(place[0].label)}, {place[0].plan_title}{where}')}]({source_address(place)})"
    quotes = dict.fromkeys(textwrap.indent(escape(citation.quote), "  > ") for citation in place)
    return "\n\n".join((f"- {link}", *quotes))


def source_address(place: Sequence[Citation]) -> str:
    """The target that the viewer reads: "#src=plan/III.2.1.a%2F-1", without the bullet when several are cited."""
    bullets = {citation.bullet or "" for citation in place}
    return f"#src={quote(place[0].plan, safe='')}/{quote(place[0].section + (bullets.pop() if len(bullets) == 1 else ''), safe='')}"


def escape(text: str) -> str:
    """Text as markdown that shows exactly these characters; no markup, link, image or entity survives."""
    return "\n".join(_escape_characters(line.strip()) for line in text.splitlines())


def escape_answer(text: str, link: Link) -> str:
    """An answer's own lists, tables, bold words and ``[n]`` markers kept; everything else escaped."""
    return "\n".join(_escape_line(line, link) for line in text.splitlines())


def _escape_line(line: str, link: Link) -> str:
    if re.fullmatch(r"\s*\|[\s:|-]+\|\s*", line):  # the rule under a table's head
        return line.strip()
    if re.fullmatch(r"\s*\|.*\|\s*", line):
        cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
        return "| " + " | ".join(_escape_inline(cell.replace(r"\|", "|"), link) for cell in cells) + " |"
    opening = re.match(r"(\s*)([-+*] |\d+[.)] )?", line)
    assert opening is not None  # both parts are optional
    indent = opening[1] if opening[2] else ""
    return indent + (opening[2] or "") + _escape_inline(line[opening.end() :], link)


def _escape_characters(text: str) -> str:
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", text)


def _escape_inline(text: str, link: Link) -> str:
    def kept(match: re.Match[str]) -> str:
        if match["markers"]:
            return link([int(number) for number in re.findall(r"\d+", match["markers"])]) or _escape_characters(match[0])
        if match["bold"]:
            return f"**{_escape_inline(match['bold'], link)}**"
        return _escape_characters(match[0])

    return re.sub(r"(?P<markers>\[\d+\](?:\s*\[\d+\])*)|\*\*(?P<bold>\S.*?\S|\S)\*\*|[^\[*]+|.", kept, text.strip())


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]


def example_questions(plans: Mapping[str, Plan], count: int = 3) -> list[str]:
    """Questions that the plans at hand can answer, each of another kind and about another plan while there are enough."""
    known = [plan.metadata for plan in plans.values() if plan.metadata.issuer]
    questions = []
    for shift in range(len(EXAMPLES)):
        for number, metadata in enumerate(known):
            needed, form = EXAMPLES[(number + shift) % len(EXAMPLES)]
            if getattr(metadata, needed):
                questions.append(form.format(metadata.issuer))
    return list(dict.fromkeys(questions))[:count]


def mount_chat(app: FastAPI, engine: Engine, settings: Settings, path: str = "/chat") -> FastAPI:
    """Adds the chat page to ``app`` at ``path``."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported: it would look up two hosts
    import gradio as gr

    gr.mount_gradio_app(
        app,
        build(engine, settings),
        path,
        theme=_theme(),
        head="".join(
            (
                '<link rel="icon" href="../static/icon.svg">',
                '<link rel="stylesheet" href="../static/plan.css">',
                '<link rel="stylesheet" href="../static/dark.css" media="(prefers-color-scheme: dark)" id="dark">',
                '<link rel="stylesheet" href="../static/chat.css">',
                '<script type="module" src="../static/viewer.js"></script>',
            )
        ),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="1kb",  # the page takes no files
        ssr_mode=False,
    )
    return app


def build(engine: Engine, settings: Settings) -> gradio.Blocks:
    """The page's components and events; the source pane is filled by ``web/static/viewer.js``."""
    import gradio as gr

    chat = Chat(engine, settings)
    page: gradio.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        conversation = gr.State(Conversation())
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="talk", scale=3, min_width=320):
                gr.Markdown(_navigation(), elem_id="pages", sanitize_html=False)
                with gr.Row(elem_id="top"):
                    gr.Markdown(f"# {TITLE}", elem_id="title")
                    clear = gr.Button("Hội thoại mới", size="sm", elem_id="clear")
                scope = gr.Dropdown(
                    [(plan.title, plan.id) for plan in engine.plans.values()],
                    value=[],
                    multiselect=True,
                    label="Chỉ tìm trong",
                    elem_id="scope",
                )
                thread = gr.Chatbot(
                    label="Hội thoại",
                    show_label=False,
                    placeholder=WELCOME,
                    elem_id="thread",
                    buttons=[],
                    feedback_options=("Like", "Dislike"),  # thumbs; any other word would be a flag that opens a menu
                    sanitize_html=True,
                    render_markdown=True,
                    latex_delimiters=[],
                    allow_tags=False,
                    group_consecutive_messages=False,
                    autoscroll=False,  # to the end of a long answer; the viewer scrolls to its beginning
                )
                with gr.Row(elem_id="examples") as examples:
                    starters = [gr.Button(text, size="sm") for text in example_questions(engine.plans)]
                add_form(engine, settings, thread, conversation, clear)
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        label="Câu hỏi",
                        show_label=False,
                        placeholder="Nhập câu hỏi…",
                        max_lines=6,
                        max_length=settings.max_question_chars,
                        autofocus=True,
                        scale=1,
                        elem_id="box",
                    )
                    send = gr.Button("Gửi", variant="primary", elem_id="send", scale=0, min_width=88)
                    stop = gr.Button("Dừng", variant="stop", visible=False, elem_id="stop", scale=0, min_width=88)
            with gr.Column(elem_id="source", scale=2, min_width=320):
                gr.Markdown(_catalogue(engine.plans), elem_id="catalogue")

        def show(now: Conversation) -> dict[Any, Any]:
            return {
                conversation: now,
                thread: messages(now, engine.plans),
                send: gr.update(visible=not now.pending),
                stop: gr.update(visible=bool(now.pending)),
                examples: gr.update(visible=not now.pending and not now.exchanges),
            }

        def ask(question: str, chosen: list[str], now: Conversation) -> Iterator[dict[Any, Any]]:
            for state in chat.ask(question, chosen, now):
                yield show(state) | ({box: ""} if state.pending else {})

        def give_up(now: Conversation) -> dict[Any, Any]:
            """The question goes back into the box, to be mended and sent again."""
            return show(replace(now, pending="")) | ({box: now.pending} if now.pending else {})

        shown = [conversation, thread, box, send, stop, examples]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = [
            gr.on([box.submit, send.click], ask, [box, scope, conversation], shown, trigger_mode="once", **quiet),
            *(starter.click(ask, [starter, scope, conversation], shown, trigger_mode="once", **quiet) for starter in starters),
        ]
        stop.click(give_up, [conversation], shown, cancels=asking, queue=False, **quiet)
        clear.click(lambda: show(Conversation()) | {box: ""}, None, shown, cancels=asking, queue=False, **quiet)
    page.queue(api_open=False, max_size=WAITING_QUESTIONS, default_concurrency_limit=CONCURRENT_QUESTIONS)
    return page


def _navigation() -> str:
    """Links to the pages beside the chat, as those have them above their own text; the server may run below any address."""
    links = (f'<a href="../{address}"{" aria-current=page" if address == "chat/" else ""}>{name}</a>' for address, name in PAGES)
    return f'<nav aria-label="Các trang">{" ".join(links)}</nav>'


def _catalogue(plans: Mapping[str, Plan]) -> str:
    entries = (f"- [{escape(plan.title)}](#src={quote(plan.id, safe='')}/): {escape(plan.metadata.subject)}" for plan in plans.values())
    return "\n".join((CATALOGUE, "", *entries))


def _theme() -> gradio.themes.Base:
    """Gradio's colours tied to the page's own, which ``dark.css`` replaces as a whole."""
    import gradio as gr

    colours = {
        "body_background_fill": "ground",
        "body_text_color": "ink",
        "body_text_color_subdued": "soft",
        "background_fill_primary": "paper",
        "background_fill_secondary": "ground",
        "border_color_primary": "line",
        "border_color_accent": "link",
        "color_accent_soft": "tint",
        "block_background_fill": "paper",
        "block_border_color": "line",
        "block_label_text_color": "soft",
        "block_title_text_color": "soft",
        "input_background_fill": "paper",
        "input_background_fill_focus": "paper",
        "input_border_color": "line",
        "input_border_color_focus": "link",
        "input_placeholder_color": "soft",
        "link_text_color": "link",
        "link_text_color_hover": "link",
        "link_text_color_visited": "link",
        "link_text_color_active": "link",
        "button_primary_background_fill": "link",
        "button_primary_background_fill_hover": "link",
        "button_primary_border_color": "link",
        "button_primary_text_color": "paper",
        "button_primary_text_color_hover": "paper",
        "button_secondary_background_fill": "paper",
        "button_secondary_background_fill_hover": "tint",
        "button_secondary_border_color": "line",
        "button_secondary_text_color": "ink",
        "button_secondary_text_color_hover": "ink",
        "button_cancel_background_fill": "paper",
        "button_cancel_background_fill_hover": "tint",
        "button_cancel_border_color": "line",
        "button_cancel_text_color": "ink",
        "button_cancel_text_color_hover": "ink",
    }
    return gr.themes.Base(
        font=["Be Vietnam Pro", "system-ui", "Segoe UI", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        input_border_width="1px",
        button_border_width="1px",
        **{name + mode: f"var(--{colour})" for name, colour in colours.items() for mode in ("", "_dark")},
    )
