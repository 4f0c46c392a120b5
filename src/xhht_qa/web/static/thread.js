/* The thread: what can be done with an answer, how it is announced and brought into view, and the form about a wrong one. */

import { answerWithCitations, copy, quotation, spoken } from "./copy.js";
import { box, element, press, state } from "./gradio.js";
import { message } from "./message.js";
import { bring } from "./source.js";

const phone = matchMedia("(max-width: 767px)");

/** A new question is shown at the top, of a long one its end, so that its answer is read from the beginning. */
export function follow() {
  const question = [...document.querySelectorAll("#thread .user-row")].at(-1);
  const inside = question?.closest(".bubble-wrap");
  if (question) bring(question, inside, Math.min(0, inside.clientHeight / 3 - question.offsetHeight));
}

let announced = null; // the number of answers when one was last announced

/** Each answer is read out once, when it has come; Gradio's own region would read the whole thread again at every change. */
export function announce() {
  const log = document.querySelector("#thread [role=log]");
  if (log?.getAttribute("aria-live") !== "off") log?.setAttribute("aria-live", "off");
  const now = state();
  if (!now) return;
  let announcer = document.getElementById("answer-announcer");
  if (!announcer) {
    announcer = element("p", { id: "answer-announcer", role: "status", class: "unseen" });
    document.getElementById("talk").append(announcer);
  }
  const answers = document.querySelectorAll("#thread [data-testid=bot]");
  if (now.pending) {
    announced = now.exchanges;
    if (announcer.textContent) announcer.textContent = "";
  } else if (announced !== null && now.exchanges > announced && answers.length === now.exchanges) {
    announced = null;
    announcer.textContent = spoken(answers[answers.length - 1]);
  }
}

/** Puts the buttons that Gradio has not beside those that it has. */
export function equip() {
  for (const entry of document.querySelectorAll("#thread .sources li")) {
    if (entry.querySelector(".copy-quotation") || !entry.querySelector("blockquote")) continue;
    const name = `${message("copy_quotation")} ${entry.querySelector("a").textContent}`;
    entry.append(element("button", { type: "button", class: "copy-quotation", "aria-label": name }, message("copy_quotation")));
  }
  for (const panel of document.querySelectorAll("#thread .bot + .message-buttons, #thread .message-buttons")) {
    const row = panel.closest(".bot-row") ?? panel.parentElement;
    if (panel.querySelector(".copy-answer") || !row) continue;
    const place = panel.querySelector(".icon-button-wrapper") ?? panel;
    place.prepend(element("button", { type: "button", class: "icon-button copy-answer", title: message("copy_answer") }));
  }
  const options = document.querySelector("#thread .options");
  if (options?.querySelector(".option") && !options.querySelector(".options-title")) {
    const clarify = [...document.querySelectorAll("#thread [data-testid=bot]")].at(-1)?.querySelector(".status");
    const title = message(clarify ? "ask_which" : "ask_next");
    options.prepend(element("p", { class: "options-title" }, title));
    options.setAttribute("role", "group");
    options.setAttribute("aria-label", title.slice(0, -1));
  } else if (options && !options.querySelector(".option")) options.querySelector(".options-title")?.remove();
}

let thumb = null; // the last one that was pressed
let report = null; // the form about a wrong answer, while it is open

/** The form takes the focus when it opens, and gives it back to the thumb, or else to the box for questions. */
export function reporting() {
  const form = document.getElementById("report");
  const first = form?.querySelector("input[type=radio]"); // it comes after the form itself
  if (first && report !== form) {
    report = form;
    form.setAttribute("role", "group");
    form.setAttribute("aria-label", message("report"));
    first.focus();
  } else if (report && !form) {
    report = null;
    if (thumb?.isConnected) thumb.focus();
    else if (!phone.matches) box().focus();
  }
}

let edited = null; // the bar above the box, while the last question is being edited

export function editing() {
  const now = state()?.editing;
  if (now && !edited) {
    box().focus();
    box().setSelectionRange(box().value.length, box().value.length);
  }
  edited = now;
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest?.(selector);
  thumb = on("#thread .message-buttons button") ?? thumb;
  if (on(".copy-quotation")) copy(on(".copy-quotation"), quotation(on("li")));
  else if (on(".copy-answer")) copy(on(".copy-answer"), answerWithCitations(answerOf(on(".copy-answer"))));
  // These buttons hide themselves, and the focus with them; on a phone it would call up the keyboard.
  else if (on("#examples, #ask, #clear, #private, #thread .options, #keep") && !phone.matches) box().focus();
});

/** The answer to which a button under it belongs: the last one that stands before it. */
function answerOf(button) {
  const before = [...document.querySelectorAll("#thread [data-testid=bot]")];
  return before.filter((answer) => answer.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.target.closest?.("#report")) press("report-close");
  else if (event.target.closest?.("#box") && document.getElementById("keep")) press("keep");
});
