/* The conversations that are kept: which one the address names, and a panel to find, open, rename, delete and export them. */

import { box, element, fill, press, state } from "./gradio.js";
import { message } from "./message.js";

const SITE = new URL("..", import.meta.url);
const NAME = "hoi-thoai"; // in the address: each window has its own conversation, and keeps it when it is loaded again
const DRAFT = "xhht-draft"; // what is typed and not yet sent, by window
const SEARCH_PAUSE = 250; // milliseconds
const MOST_TITLE = 200;

let told = null; // the conversation that the server last told of
let asked = false; // for the one that the address names
let held = ""; // what goes back to the server with every question

const named = () => new URLSearchParams(location.search).get(NAME) ?? "";

function address(id) {
  const here = new URL(location.href);
  if (id) here.searchParams.set(NAME, id);
  else here.searchParams.delete(NAME);
  return here;
}

/** Follows the conversation that the server tells of; at first asks it for the one in the address. */
export function conversing() {
  const now = state();
  if (!now || !box() || !document.getElementById("open")) return;
  if (!asked) {
    asked = true;
    furnish();
    recover();
    if (named()) return show(named());
  }
  document.documentElement.classList.toggle("private", now.private);
  document.getElementById("private")?.setAttribute("aria-pressed", now.private);
  if (told === null && named() && !now.id && !now.exchanges && !now.pending && waiting) return;
  waiting = false;
  document.documentElement.classList.remove("restoring");
  if (now.id !== (told ?? named())) history[told === "" || !now.id ? "replaceState" : "pushState"](null, "", address(now.id));
  told = now.id;
  if (now.held !== held) fill("held", (held = now.held));
}

let waiting = false; // for a conversation that is being opened

function show(id) {
  waiting = true;
  document.documentElement.classList.add("restoring");
  fill("wanted", id);
  press("open");
  setTimeout(() => {
    waiting = false;
    document.documentElement.classList.remove("restoring");
  }, 5000); // the page stays usable without an answer
}

addEventListener("popstate", () => {
  if (named() === (told ?? "")) return;
  told = named();
  if (named()) show(named());
  else press("clear");
});

/** What was typed is still there when the page is loaded again. */
function recover() {
  const draft = sessionStorage.getItem(DRAFT);
  if (draft && !box().value) fill("box", draft);
  document.addEventListener("input", (event) => event.target === box() && keepDraft());
}

function keepDraft() {
  if (box().value.trim()) sessionStorage.setItem(DRAFT, box().value);
  else sessionStorage.removeItem(DRAFT);
}

let taken = ""; // the question that the server last took in

/** A question that the server has taken in leaves the box; it is a draft until its answer has come. */
export function drafting() {
  const now = state();
  if (!now || !asked || !box()) return;
  if (now.pending && now.pending !== taken && box().value.trim() === now.pending) fill("box", "");
  taken = now.pending;
  if (now.pending) sessionStorage.setItem(DRAFT, now.pending);
  else keepDraft();
}

function furnish() {
  const button = element("button", { type: "button", id: "history-open", "aria-haspopup": "dialog", onclick: openPanel }, message("history"));
  document.getElementById("private").before(button);
}

async function api(path, options = {}) {
  const response = await fetch(new URL(`api/conversations${path}`, SITE), { headers: { "Content-Type": "application/json" }, ...options });
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? "");
  return response.status === 204 ? null : response.json();
}

function openPanel() {
  const dialog = panel();
  dialog.querySelector("#history-words").value = "";
  dialog.showModal();
  list(dialog);
}

function panel() {
  let dialog = document.getElementById("history");
  if (dialog) return dialog;
  const words = element("input", { id: "history-words", type: "search", autocomplete: "off", placeholder: message("history_hint") });
  dialog = element(
    "dialog",
    { id: "history", class: "sheet-panel", "aria-labelledby": "history-title" },
    element("div", { class: "panel-head" }, element("h2", { id: "history-title" }, message("history_title")), element("button", { type: "button", class: "panel-close", onclick: () => dialog.close() }, message("close"))),
    element("div", { class: "panel-fields" }, element("label", {}, element("span", {}, message("history_find")), words)),
    element("p", { class: "history-said", role: "status" }),
    element("ul", { class: "history-list" }),
  );
  let pause = 0;
  words.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => list(dialog), SEARCH_PAUSE);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => document.getElementById("history-open").focus());
  document.body.append(dialog);
  return dialog;
}

let latest = 0; // search: what comes late is not shown

async function list(dialog) {
  const number = ++latest;
  const said = dialog.querySelector(".history-said");
  const words = dialog.querySelector("#history-words").value.trim();
  try {
    const { conversations } = await api(`?${new URLSearchParams({ words, limit: 100 })}`);
    if (number !== latest) return;
    said.textContent = conversations.length ? "" : words ? message("history_none_found") : message("history_none");
    dialog.querySelector(".history-list").replaceChildren(...conversations.map((kept) => entry(dialog, kept)));
  } catch (error) {
    if (number === latest) said.textContent = error.message || message("history_failed");
  }
}

function entry(dialog, kept) {
  const title = kept.title || message("untitled");
  const link = element("a", { href: address(kept.id), "aria-current": kept.id === told ? "true" : null }, title);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a window of its own
    event.preventDefault();
    dialog.close();
    show(kept.id);
  });
  const button = (word, onclick) => element("button", { type: "button", "aria-label": message("act_on", { act: word, title }), onclick }, word);
  const file = (suffix, word) => element("a", { href: new URL(`api/conversations/${kept.id}/export.${suffix}`, SITE), download: "", "aria-label": message("download", { title, kind: word }) }, word);
  const item = element(
    "li",
    {},
    link,
    element("time", { datetime: kept.updated }, moment(kept.updated)),
    element("div", { class: "history-acts" }, file("docx", "Word"), file("md", "Markdown"), button(message("rename"), () => rename(dialog, item, kept)), button(message("delete"), () => remove(dialog, item, kept))),
  );
  return item;
}

function moment(when) {
  return new Date(when).toLocaleString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

function rename(dialog, item, kept) {
  const field = element("input", { type: "text", value: kept.title, maxlength: MOST_TITLE, "aria-label": message("rename_field"), required: true });
  const form = element("form", { class: "history-form" }, field, element("button", { type: "submit", class: "primary" }, message("rename_save")), element("button", { type: "button", onclick: () => unchanged(dialog, item, kept) }, message("cancel")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(dialog, `/${kept.id}`, { method: "PATCH", body: JSON.stringify({ title: field.value }) }, message("renamed"));
  });
  item.replaceChildren(form);
  field.select();
}

/** The entry as it was, at once: what asks whether to delete may not stay under the hand. */
function unchanged(dialog, item, kept) {
  const again = entry(dialog, kept);
  item.replaceWith(again);
  again.querySelector("a").focus();
}

function remove(dialog, item, kept) {
  const sure = element("button", { type: "button", class: "primary" }, message("delete_for_good"));
  sure.addEventListener("click", async () => {
    if ((await change(dialog, `/${kept.id}`, { method: "DELETE" }, message("deleted"))) && kept.id === told) press("clear");
  });
  item.replaceChildren(
    element("div", { class: "history-form", role: "group", "aria-label": message("delete_confirm") }, element("p", {}, message("delete_question", { title: kept.title || message("untitled") })), sure, element("button", { type: "button", onclick: () => unchanged(dialog, item, kept) }, message("cancel"))),
  );
  sure.focus();
}

/** Whether the change was made; the list is shown anew, and what came of it is said. */
async function change(dialog, path, options, done) {
  const said = dialog.querySelector(".history-said");
  try {
    await api(path, options);
  } catch (error) {
    said.textContent = error.message || message("history_failed");
    return false;
  }
  await list(dialog);
  said.textContent = done;
  dialog.querySelector("#history-words").focus();
  return true;
}
