"""The chat that staff keep open all day: answers that are used, conversations that are kept, sources that are compared; on a desk and on a phone."""

from __future__ import annotations

import re
import zipfile
from typing import Any

import pytest
from test_web_page import CITATION, NO_OVERFLOW, PHONE, PLAN, QUESTION, choose_plan
from test_web_view_pages import SMALL_TARGETS, VIOLATIONS, axe

from xhht_qa import messages

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # the fixture
DESK = {"viewport": {"width": 1280, "height": 800}}
WRITES = {"permissions": ["clipboard-read", "clipboard-write"]}
EVERYWHERE = pytest.mark.parametrize("visitor", [{**DESK, **WRITES}, {**PHONE, **WRITES}], indirect=True, ids=["desk", "phone"])
SEVERAL = "Kinh phí thực hiện của các kế hoạch là bao nhiêu?"
ANSWERS = "#thread [data-testid=bot]"


def copied(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def questions(page: Any) -> list[str]:
    return [shown.inner_text().strip() for shown in page.locator("#thread [data-testid=user]").all()]


@EVERYWHERE
def test_an_answer_and_a_quotation_are_copied_as_a_document_prints_them(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    page.get_by_role("button", name="Chép trích dẫn").first.click()
    page.get_by_text("Đã chép").wait_for()
    quotation = copied(page)
    assert re.fullmatch(r"theo điểm b mục 2 phần IV Kế hoạch số 45/KH-UBND ngày \d+/\d+/2025 của UBND tỉnh Lam Khê: “b\) .*08/12/2025\.”", quotation)
    page.get_by_role("button", name="Chép câu trả lời").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('Trích dẫn:')")
    answer = copied(page)
    assert "08/12/2025" in answer.split("Trích dẫn:")[0]
    assert "Mục IV.2.b" in answer
    assert answer.endswith(f"- {quotation}")
    assert page.evaluate(NO_OVERFLOW)


@EVERYWHERE
def test_the_last_question_is_asked_again_and_edited_in_its_place(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    page.get_by_role("button", name="Hỏi lại").click()
    page.wait_for_selector("#send:visible")
    page.wait_for_function("() => document.querySelectorAll('#thread .sources').length === 1")
    assert questions(page) == [QUESTION]

    page.get_by_role("button", name="Sửa câu hỏi").click()
    page.get_by_text("Đang sửa câu hỏi cuối").wait_for()
    assert page.input_value("#box textarea") == QUESTION
    page.click("#keep")
    page.get_by_text("Đang sửa câu hỏi cuối").wait_for(state="hidden")
    assert questions(page) == [QUESTION], "nothing is lost by thinking better of it"

    page.get_by_role("button", name="Sửa câu hỏi").click()
    page.get_by_text("Đang sửa câu hỏi cuối").wait_for()
    edited = QUESTION.replace("báo cáo năm", "báo cáo 6 tháng")
    page.fill("#box textarea", edited)
    page.press("#box textarea", "Enter")
    page.get_by_text("12/6/2025").first.wait_for()
    assert questions(page) == [edited]
    page.wait_for_selector("#send:visible")
    page.reload()
    page.wait_for_selector(ANSWERS)
    assert questions(page) == [edited], "what was replaced is not kept either"


@EVERYWHERE
def test_the_questions_that_are_offered_next_are_answered(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    offered = page.locator("#thread button.option")
    assert offered.count() >= 1
    words = offered.first.inner_text()
    assert page.locator("#thread .options").get_attribute("aria-label") == "Có thể hỏi tiếp"
    offered.first.click()
    page.wait_for_function("() => document.querySelectorAll('#thread .sources').length === 2")
    assert questions(page) == [QUESTION, words]
    assert page.locator(ANSWERS).last.locator(f"a[href^='#src={PLAN}/']").count() > 0


def test_the_readings_of_an_unclear_question_are_buttons(visitor: Any) -> None:
    page = visitor.open_chat()
    assert "Cần nói rõ" in visitor.ask("Báo cáo năm gửi trước ngày nào?").inner_text()
    readings = page.locator("#thread button.option")
    assert readings.count() > 1
    assert all(words.startswith("Kế hoạch") for words in readings.all_inner_texts()), "a button names the plan, not the question once more"
    readings.first.click()
    page.wait_for_function("() => document.querySelectorAll('#thread [data-testid=user]').length === 2")
    page.wait_for_selector("#send:visible")
    assert "Cần nói rõ" not in page.locator(ANSWERS).last.inner_text()


def test_a_question_that_is_too_long_is_not_cut_in_silence(visitor: Any) -> None:
    visitor.open_chat()
    assert messages.too_long(2000) in visitor.ask(f"{QUESTION} {'Xin cho biết. ' * 200}").inner_text()


def test_an_answer_is_announced_once_and_nothing_else_of_the_thread_is(visitor: Any) -> None:
    page = visitor.open_chat()
    page.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => {
        const text = document.getElementById('answer-announcer')?.textContent;
        if (text && said.at(-1) !== text) said.push(text);
      }).observe(document.getElementById('talk'), { childList: true, subtree: true, characterData: true });
    }""")
    visitor.ask(QUESTION)
    page.wait_for_function("() => window.said.length > 0")
    page.wait_for_timeout(500)
    said = page.evaluate("said")
    assert len(said) == 1
    assert "08/12/2025" in said[0]
    assert said[0].endswith("(1 trích dẫn)")
    assert page.locator("#thread [role=log]").get_attribute("aria-live") == "off"


@EVERYWHERE
def test_the_citations_of_an_answer_are_stepped_through(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask(SEVERAL)
    links = answer.locator(".sources a[href^='#src=']")
    count = links.count()
    assert count > 1
    links.first.click()
    steps = page.locator("#source .source-steps output")
    page.locator("#source .marked").first.wait_for()
    assert steps.inner_text() == f"1/{count}"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("count => document.querySelector('#source .source-steps output').textContent === `2/${count}`", arg=count)
    assert links.nth(1).get_attribute("aria-current") == "true"
    page.get_by_role("button", name="Trích dẫn trước").click()
    page.wait_for_function("count => document.querySelector('#source .source-steps output').textContent === `1/${count}`", arg=count)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("count => document.querySelector('#source .source-steps output').textContent === `${count}/${count}`", arg=count)


@EVERYWHERE
def test_a_pdf_is_shown_as_its_pages_look(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask("Trường THCS Bình Khê báo cáo Hiệu trưởng trước ngày nào?")
    answer.locator("a[href^='#src=thcs']").first.click()
    page.locator("#source .marked").first.wait_for()
    assert page.locator("#source .source-original").get_attribute("href").endswith("/original#page=2")
    page.get_by_role("button", name="Ảnh trang gốc").click()
    picture = page.locator("#source .page-picture img")
    assert picture.get_attribute("alt") == "Trang 2 của bản gốc"
    page.wait_for_function("() => document.querySelector('.page-picture img').naturalWidth > 600")
    assert not page.locator("#source .plan").is_visible()
    page.get_by_role("button", name="Trang trước").click()
    assert picture.get_attribute("alt") == "Trang 1 của bản gốc"
    page.get_by_role("button", name="Ảnh trang gốc").click()
    assert page.locator("#source .plan").is_visible()
    assert page.evaluate(NO_OVERFLOW)


@EVERYWHERE
def test_plans_are_found_by_words_level_and_year_and_the_choice_stays_with_the_conversation(visitor: Any) -> None:
    page = visitor.open_chat()
    page.click("#filter-open")
    page.locator(".filter-plan").first.wait_for()
    everything = page.locator(".filter-plan").count()
    page.select_option("#filter-level", "Cấp tỉnh")
    page.select_option("#filter-year", "2026")
    assert 0 < page.locator(".filter-plan").count() < everything
    page.fill("#filter-words", "khong co ke hoach nay")
    assert page.get_by_text("Không có kế hoạch nào khớp").is_visible()
    page.click("#filter .panel-close")
    assert page.evaluate("document.activeElement.id") == "filter-open"
    choose_plan(page, "so noi vu")
    visitor.ask("Kế hoạch do ai ký?")
    page.reload()
    page.wait_for_selector(ANSWERS)
    chip = page.locator("#filter-bar .chip")
    chip.wait_for()
    assert "Sở Nội vụ" in chip.inner_text()
    chip.get_by_role("button").click()
    assert chip.count() == 0
    assert page.evaluate(NO_OVERFLOW)


@EVERYWHERE
def test_a_conversation_is_found_renamed_exported_and_deleted(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    first = page.url
    page.click("#clear")
    page.wait_for_function("() => !document.querySelector('#thread [data-testid=bot]') && !location.search")
    visitor.ask("Kế hoạch của Sở Nội vụ do ai ký?")
    page.click("#history-open")
    items = page.locator("#history li")
    items.first.wait_for()
    assert items.count() == 2
    assert "Sở Nội vụ" in items.first.inner_text(), "the newest is the first"
    page.fill("#history-words", "lam khe bao cao nam")
    page.wait_for_function("() => document.querySelectorAll('#history li').length === 1")
    assert page.evaluate(NO_OVERFLOW)

    page.get_by_role("button", name="Đổi tên").click()
    page.fill("#history li input", "Báo cáo của huyện")
    page.keyboard.press("Enter")
    page.get_by_text("Đã đổi tên hội thoại.").wait_for()
    page.locator("#history li a", has_text="Báo cáo của huyện").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Word").click()
    assert zipfile.is_zipfile(saved.value.path())
    with page.expect_download() as saved:
        page.get_by_role("link", name="Markdown").click()
    assert "08/12/2025" in saved.value.path().read_text(encoding="utf-8")

    page.locator("#history li a", has_text="Báo cáo của huyện").click()
    page.get_by_text("08/12/2025").first.wait_for()
    page.wait_for_url(first)
    page.go_back()
    page.get_by_text("Tô Lam Vân").first.wait_for()

    page.click("#history-open")
    page.wait_for_function("() => document.querySelectorAll('#history li').length === 2")
    page.fill("#history-words", "lam khe bao cao nam")
    page.wait_for_function("() => document.querySelectorAll('#history li').length === 1")
    page.get_by_role("button", name="Xóa").click()
    page.get_by_role("button", name="Thôi").click()
    page.get_by_role("button", name="Xóa").click()
    page.get_by_role("button", name="Xóa hẳn").click()
    page.get_by_text("Đã xóa hội thoại.").wait_for()
    assert items.count() == 0


def test_a_private_conversation_leaves_no_trace(visitor: Any) -> None:
    page = visitor.open_chat()
    page.click("#private")
    page.get_by_text("Trò chuyện riêng: câu hỏi và câu trả lời không được lưu").wait_for()
    visitor.ask(QUESTION)
    assert "12/6/2025" in visitor.ask("Còn báo cáo 6 tháng đầu năm thì sao?").inner_text(), "it is a conversation nevertheless"
    assert "hoi-thoai" not in page.url
    page.click("#history-open")
    page.get_by_text("Chưa có hội thoại nào được lưu.").wait_for()


def test_two_windows_do_not_disturb_each_other(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    other = visitor.context.new_page()
    other.goto(f"{visitor.server}/chat/")
    other.wait_for_selector("#box textarea")
    assert other.locator(ANSWERS).count() == 0
    other.fill("#box textarea", "Kế hoạch của Sở Nội vụ do ai ký?")
    other.press("#box textarea", "Enter")
    other.get_by_text("Tô Lam Vân").first.wait_for()
    assert other.url != page.url
    assert "12/6/2025" in visitor.ask("Còn báo cáo 6 tháng đầu năm thì sao?").inner_text()
    page.reload()
    page.wait_for_selector(ANSWERS)
    assert page.locator(ANSWERS).count() == 2


def test_a_link_to_the_conversation_of_another_is_refused_in_a_sentence(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/chat/?hoi-thoai={'0' * 32}")
    page.get_by_text("Không có hội thoại này, hoặc hội thoại đã được xóa.").wait_for()
    assert "08/12/2025" in visitor.ask(QUESTION).inner_text()


@pytest.mark.parametrize("visitor", [{**DESK, "color_scheme": "light"}, {**DESK, "color_scheme": "dark"}, PHONE], indirect=True, ids=["light", "dark", "phone"])
def test_every_state_of_the_chat_is_accessible(visitor: Any, axe: str) -> None:
    page = visitor.open_chat()
    page.locator("#filter-open").wait_for()
    page.evaluate(axe)

    def check(what: str) -> None:
        page.wait_for_timeout(700)  # what fades in has come
        assert page.evaluate(VIOLATIONS) == [], what
        assert page.evaluate(SMALL_TARGETS) == [], what
        assert page.evaluate(NO_OVERFLOW), what

    check("the empty page")
    answer = visitor.ask(QUESTION)
    check("an answer")
    answer.locator(CITATION).first.click()
    page.locator("#source .marked").first.wait_for()
    check("a source")
    page.keyboard.press("Escape")
    page.click("#filter-open")
    page.locator(".filter-plan input").first.check()
    check("the plan filter")
    page.keyboard.press("Escape")
    page.click("#history-open")
    page.locator("#history li").first.wait_for()
    check("the conversations")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Sửa câu hỏi").click()
    page.get_by_text("Đang sửa câu hỏi cuối").wait_for()
    check("a question that is being edited")
