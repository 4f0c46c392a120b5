/* The plan filter: the chosen plans as chips above the thread, and a panel to find them by words, level and year. */

import { element, fill, state } from "./gradio.js";
import { message } from "./message.js";

const MOST_SHOWN = 100; // plans in the list; words find the others

const SITE = new URL("..", import.meta.url);
const fold = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

let known = []; // all of them, as they were when they were last asked for
let answers = 0; // of the conversation, when the plans were last asked for because of them
let drawn = null; // the choice that the chips show, as it is written in Gradio's box

/** Asks for them anew: plans come and go while a page is open. */
async function list() {
  const response = await fetch(new URL("api/plans", SITE));
  if (!response.ok) throw new Error(response.status);
  known = (await response.json()).plans.map((plan) => ({ ...plan, folded: fold(Object.values(plan).join(" ")) }));
  draw();
}

/** The titles of the chosen plans by their ids, which name also one that is gone. */
function chosen() {
  try {
    return JSON.parse(document.querySelector("#scope :is(textarea, input)")?.value || "{}");
  } catch {
    return {};
  }
}

function choose(titles) {
  fill("scope", JSON.stringify(titles));
  draw();
}

/** The bar stands between the head of the page and the thread; it is drawn again when the choice is another one. */
export function filtering() {
  const head = document.getElementById("top");
  if (!head || !state()) return;
  if (!document.getElementById("filter-bar")) {
    head.after(element("div", { id: "filter-bar", role: "group", "aria-label": message("filter") }));
    draw(); // before the page is painted: what comes after it must not move
    list().catch(() => {});
  }
  if (drawn !== JSON.stringify(chosen())) draw();
  if (answers === state().exchanges) return;
  answers = state().exchanges;
  if (Object.keys(chosen()).length) list().catch(() => {}); // an answer tells of a plan that is gone, and its chip does as well
}

function draw() {
  const bar = document.getElementById("filter-bar");
  const titles = Object.entries(chosen());
  drawn = JSON.stringify(chosen());
  const chips = titles.map(([id, title]) => {
    const plan = known.find((each) => each.id === id);
    const gone = known.length > 0 && !plan;
    const name = gone ? message("filter_gone", { plan: title }) : title;
    const remove = element("button", { type: "button", "aria-label": message("filter_drop_plan", { plan: name }), title: message("filter_drop"), onclick: () => drop(id) }, "×");
    return element("span", { class: gone ? "chip gone" : "chip" }, element("span", { title: gone ? name : (plan?.subject ?? "") }, name), remove);
  });
  const opener = document.getElementById("filter-open") ?? element("button", { type: "button", id: "filter-open", "aria-haspopup": "dialog", onclick: open }); // the same one, to which the panel gives the focus back
  opener.textContent = titles.length ? message("filter_more") : message("filter_all");
  const had = bar.contains(document.activeElement);
  bar.replaceChildren(element("span", { class: "label" }, message("filter")), ...chips, opener);
  if (had) opener.focus();
}

function drop(id) {
  const { [id]: _, ...others } = chosen();
  choose(others);
}

async function open() {
  const dialog = panel();
  dialog.showModal();
  const found = dialog.querySelector(".filter-list");
  try {
    await list();
  } catch {
    found.replaceChildren(element("p", {}, message("filter_failed")));
    return;
  }
  const levels = [...new Set(known.map((plan) => plan.level))];
  const years = [...new Set(known.flatMap((plan) => span(plan.years)))].sort((a, b) => b - a);
  offer(dialog.querySelector("#filter-level"), message("filter_every_level"), levels);
  offer(dialog.querySelector("#filter-year"), message("filter_every_year"), years);
  dialog.querySelector("#filter-words").value = "";
  find(dialog);
}

/** "2025 – 2027" → [2025, 2026, 2027] */
function span(years) {
  const [first, last] = years.split(" – ").map(Number);
  return first ? Array.from({ length: (last || first) - first + 1 }, (_, at) => first + at) : [];
}

function offer(select, all, values) {
  select.replaceChildren(element("option", { value: "" }, all), ...values.map((value) => element("option", {}, String(value))));
}

function panel() {
  let dialog = document.getElementById("filter");
  if (dialog) return dialog;
  const label = (text, field) => element("label", {}, element("span", {}, text), field);
  dialog = element(
    "dialog",
    { id: "filter", class: "sheet-panel", "aria-labelledby": "filter-title" },
    element("div", { class: "panel-head" }, element("h2", { id: "filter-title" }, message("filter_title")), element("button", { type: "button", class: "panel-close", onclick: () => dialog.close() }, message("filter_done"))),
    element(
      "div",
      { class: "panel-fields" },
      label(message("filter_find"), element("input", { id: "filter-words", type: "search", autocomplete: "off", placeholder: message("filter_hint") })),
      label(message("filter_level"), element("select", { id: "filter-level" })),
      label(message("filter_year"), element("select", { id: "filter-year" })),
    ),
    element("p", { class: "filter-count", role: "status" }),
    element("div", { class: "filter-list", role: "group", "aria-label": message("filter_plans") }),
    element("div", { class: "panel-foot" }, element("button", { type: "button", onclick: () => (choose({}), find(dialog)) }, message("filter_clear"))),
  );
  dialog.addEventListener("input", (event) => (event.target.type === "checkbox" ? tick(event.target) : find(dialog)));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => document.getElementById("filter-open").focus());
  document.body.append(dialog);
  return dialog;
}

function tick(field) {
  if (field.checked) choose({ ...chosen(), [field.value]: known.find((plan) => plan.id === field.value).title });
  else drop(field.value);
}

function find(dialog) {
  const words = fold(dialog.querySelector("#filter-words").value).split(/\s+/).filter(Boolean);
  const [level, year] = ["level", "year"].map((name) => dialog.querySelector(`#filter-${name}`).value);
  const ticked = new Set(Object.keys(chosen()));
  const found = known.filter((plan) => words.every((word) => plan.folded.includes(word)) && (!level || plan.level === level) && (!year || span(plan.years).includes(Number(year))));
  const counted = found.length > MOST_SHOWN ? "filter_some" : found.length ? "filter_count" : "filter_none";
  dialog.querySelector(".filter-count").textContent = message(counted, { shown: MOST_SHOWN, count: found.length });
  dialog.querySelector(".filter-list").replaceChildren(
    ...found.slice(0, MOST_SHOWN).map((plan) => {
      const about = [plan.subject, plan.level, plan.years].filter(Boolean).join(" · ");
      return element("label", { class: "filter-plan" }, element("input", { type: "checkbox", value: plan.id, checked: ticked.has(plan.id) }), element("span", {}, element("strong", {}, plan.title), element("small", {}, about)));
    }),
  );
}
