/* The page that portals frame: a conversation that the server does not keep, with the source pane of the chat beside it. */

import { paint } from "./accent.js";
import { answerElement } from "./answer.js";
import { answerWithCitations, copy, quotation, spoken } from "./copy.js";
import { events } from "./events.js";
import { element } from "./gradio.js";
import { message } from "./message.js";
import { bring, close, pane } from "./source.js";
import { verdicts } from "./verdict.js";

const SITE = new URL("..", import.meta.url);
const touch = matchMedia("(pointer: coarse)");
const MOST_KEPT = 20; // exchanges that a reload brings back

const { words, scope, name, turns, accent, signedOut } = JSON.parse(document.body.dataset.page);
const [thread, form, box, stop, notice, announcer] = ["thread", "ask", "box", "stop", "notice", "announcer"].map((id) => document.getElementById(id));
const place = `xhht-qa ${name} ${scope.join(",")}`; // of this frame's conversation among those of the tab

let exchanges = []; // Answers
let asking = null; // {question, controller, note, said} while one is being answered: what it waits for, and the sentences that have come

/* Asking */

async function ask(question) {
  if (asking || !question.trim()) return;
  const mine = (asking = { question, controller: new AbortController(), note: words.pending, said: [] });
  tell("");
  announcer.textContent = "";
  draw();
  try {
    const answer = await answered(mine);
    if (asking !== mine) return; // stopped meanwhile
    asking = null;
    exchanges.push(answer);
    box.value = "";
    keep();
    draw();
    announcer.textContent = spoken([...thread.querySelectorAll("[data-testid=bot]")].at(-1));
  } catch (error) {
    if (asking !== mine) return;
    giveUp();
    tell(error.closed ? words.closed : (error.told ?? words.lost), error.closed);
  }
}

/** The answer, or null where it is not waited for any more; what comes before it is shown. */
async function answered(mine) {
  const response = await send("api/ask/stream", { question: mine.question, history: turnsOf(exchanges), scope }, mine.controller.signal);
  if (!response.ok) {
    const { detail } = await response.json().catch(() => ({}));
    throw Object.assign(new Error(detail), { told: detail, closed: response.status === 401 });
  }
  for await (const { event, data } of events(response)) {
    if (asking !== mine) return null;
    if (event === "answer") return data;
    if (event === "error") throw Object.assign(new Error(data.detail), { told: data.detail });
    if (event === "step") mine.note = data.message ?? words.pending;
    if (event === "sentence") mine.said.push(data.text);
    if (event === "withdrawn") mine.said = [];
    if (data.message) announcer.textContent = data.message; // the place in the queue
    thread.querySelector(".pending").textContent = mine.said.join("\n") || mine.note;
  }
  throw new Error("the connection broke");
}

function send(path, body, signal) {
  return fetch(new URL(path, SITE), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
}

/** What was said, as the server takes it for a history. */
function turnsOf(answers) {
  const said = answers.filter((answer) => answer.status !== "failed").flatMap(({ question, answer }) => [
    { role: "user", content: question },
    { role: "assistant", content: answer },
  ]);
  return turns ? said.slice(-turns) : [];
}

/** The question goes back into the box, to be mended and sent again. */
function giveUp() {
  if (!asking) return;
  const { question, controller } = asking;
  asking = null;
  controller.abort();
  box.value ||= question;
  draw();
}

/** Says what went wrong; who has to sign in can do so on the assistant's own page, in another tab. */
function tell(sentence, closed = false) {
  notice.replaceChildren(sentence, ...(closed ? [" ", element("a", { href: new URL("chat/", SITE), target: "_blank", rel: "noopener" }, words.signIn)] : []));
}

/* Drawing */

function draw() {
  const drawn = exchanges.flatMap((answer) => [bubble(answer.question), answerElement(answer, words), tools(answer)]);
  const last = exchanges.at(-1);
  if (asking) drawn.push(bubble(asking.question), element("p", { class: "pending" }, asking.said.join("\n") || asking.note));
  else if (last?.options.length) drawn.push(options(last));
  document.getElementById("welcome").hidden = drawn.length > 0;
  thread.replaceChildren(...drawn);
  document.getElementById("send").hidden = Boolean(asking);
  stop.hidden = !asking;
  document.getElementById("clear").hidden = !drawn.length;
  const question = [...thread.querySelectorAll(".question")].at(-1);
  if (question) bring(question, thread.parentElement, 8); // an answer is read from its beginning
}

function bubble(question) {
  return element("p", { class: "question" }, question);
}

function tools(answer) {
  const copying = element("button", { type: "button", class: "copy-answer" }, message("copy_answer"));
  const judged = answer.status === "failed" ? [] : verdicts(answer, words.judging, (verdict) => judge(answer, verdict), keep);
  return element("div", { class: "tools" }, copying, ...judged);
}

/** Whether the server has kept the verdict. */
async function judge(answer, verdict) {
  const { id, question, standalone_question, status, answer: text } = answer;
  const citations = answer.citations.map(({ plan, section, bullet, quote }) => ({ plan, section, bullet, quote }));
  const history = turnsOf(exchanges.slice(0, exchanges.indexOf(answer)));
  try {
    return (await send("api/feedback", { answer_id: id, question, standalone_question, status, answer: text, citations, history, ...verdict })).ok;
  } catch {
    return false;
  }
}

/** The readings among which the answer asks to choose; of one that is the question with a plan's name behind it, the name. */
function options({ question, options }) {
  const asked = `${question.replace(/[ ?]+$/, "")} (`;
  const buttons = options.map((option) => {
    const label = option.startsWith(asked) ? option.slice(asked.length).replace(/\)\??$/, "") : option;
    return element("button", { type: "button", class: "option", onclick: () => ask(option) }, label);
  });
  const title = message("ask_which");
  return element("div", { class: "options", role: "group", "aria-label": title }, element("p", { class: "options-title" }, title), ...buttons);
}

/* Keeping, for this tab: by the browser, or by the page around where the browser closes its storage to frames of other sites. */

function keep() {
  const text = JSON.stringify(exchanges.slice(-MOST_KEPT));
  try {
    sessionStorage.setItem(place, text);
  } catch {
    say("keep", text);
  }
}

function kept() {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null; // the page around brings it, if it can
  }
}

function restore(text) {
  if (!text || exchanges.length || asking) return;
  try {
    exchanges = JSON.parse(text);
    draw();
  } catch {
    exchanges = []; // kept by another version
    draw();
  }
}

/* The page around the frame: it says "hello" and "focus", it is told "ready", "keep" and "close". */

let around = null; // its origin, known once it has spoken

function say(word, kept) {
  if (around) parent.postMessage({ "xhht-qa": word, kept }, around);
}

addEventListener("message", (event) => {
  const word = event.source === parent && parent !== window && event.data?.["xhht-qa"];
  if (!word) return;
  around = event.origin;
  if (word === "hello") {
    say("ready");
    restore(event.data.kept);
  }
  if (word === "focus" && !touch.matches) box.focus(); // else it would call up the keyboard
});

/* What people do */

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(box.value);
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // Vietnamese is typed by composing
  event.preventDefault();
  form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest?.(selector);
  if (on("#stop")) {
    giveUp();
    box.focus();
  } else if (on("#clear")) {
    giveUp();
    exchanges = [];
    box.value = "";
    tell("");
    keep();
    close();
    draw();
    box.focus();
  } else if (on("#close")) say("close");
  else if (on(".copy-quotation")) copy(on(".copy-quotation"), quotation(on("li")));
  else if (on(".copy-answer")) copy(on(".copy-answer"), answerWithCitations(on(".tools").previousElementSibling));
});

// Before the source pane hears of the key: it closes by the same one.
document.addEventListener(
  "keydown",
  (event) => {
    const elsewhere = pane().classList.contains("open") || event.target.closest?.(".report");
    if (event.key === "Escape" && !event.isComposing && !elsewhere) say("close");
  },
  true,
);

paint(accent);
document.getElementById("send").disabled = false; // nothing could be sent before this script was here
draw();
restore(kept());
if (signedOut) tell(words.closed, true);
