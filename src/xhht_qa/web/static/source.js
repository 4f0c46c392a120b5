/* The source pane: opens a plan at the section that a citation names, steps through the citations of an answer, shows the page of the original. */

import { element } from "./gradio.js";
import { decode, mark } from "./mark.js";
import { message } from "./message.js";

const SITE = new URL("..", import.meta.url);
const phone = matchMedia("(max-width: 767px)");
const documents = new Map(); // address of a fragment → promise of its HTML

let opener = null; // the link to give the focus back to
let shown = null; // the address of the fragment in the pane

export function pane() {
  return document.getElementById("source");
}

/** The element that holds the plan; Gradio's own content of the pane stays beside it. */
function holder() {
  let held = document.getElementById("plan-holder");
  if (!held) {
    held = element("div", { id: "plan-holder" });
    pane().append(held, element("p", { id: "plan-announcer", role: "status", class: "unseen" }));
  }
  return held;
}

function load(address) {
  if (!documents.has(address)) {
    const request = fetch(new URL(address, SITE)).then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.text();
    });
    request.catch(() => documents.delete(address));
    documents.set(address, request);
  }
  return documents.get(address);
}

/** "#src=plan/III.2.a%2F-1@digest" → the address of the plan's fragment and the section in it; null for another target. */
function target(link) {
  const parts = link.getAttribute("href")?.match(/^#src=([^/]+)\/([^@]*)(?:@([0-9a-f]+))?$/);
  if (!parts) return null;
  const edition = parts[3] ? `?ban=${parts[3]}` : "";
  return { fragment: `api/plans/${encodeURIComponent(decode(parts[1]))}/fragment${edition}`, section: decode(parts[2]) };
}

async function open(link) {
  const { fragment, section } = target(link);
  opener = link;
  const held = holder();
  pane().classList.add("open");
  try {
    const html = await load(fragment);
    if (opener !== link) return; // another citation was chosen meanwhile
    if (shown !== fragment) held.innerHTML = html;
    shown = fragment;
  } catch {
    held.replaceChildren(
      element("div", { class: "source-bar" }, element("strong", {}, message("source_failed")), element("button", { type: "button", class: "source-close" }, message("close"))),
      element("p", { class: "source-note" }, message("source_retry")),
    );
    shown = null;
  }
  for (const other of document.querySelectorAll('#thread a[aria-current="true"]')) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  showText();
  showSteps();
  sheet(phone.matches);
  go(section, quotes(link));
}

/** The places that the answer around a link cites, as the links of its list of sources. */
function places(link) {
  return [...(link?.closest("[data-testid=bot]")?.querySelectorAll(".sources a[href^='#src=']") ?? [])];
}

/** Where a link stands among the places that its answer cites. */
function position(link) {
  return places(link).findIndex((place) => place.getAttribute("href") === link.getAttribute("href"));
}

/** The lines that the answer quotes from the place a link leads to. */
function quotes(link) {
  const entry = places(link)[position(link)]?.closest("li");
  return [...(entry?.querySelectorAll("blockquote") ?? [])].flatMap((quote) => quote.innerText.split("\n").filter(Boolean));
}

function showSteps() {
  const steps = holder().querySelector(".source-steps");
  if (!steps) return;
  const all = places(opener);
  steps.hidden = all.length < 2;
  steps.querySelector("output").textContent = `${position(opener) + 1}/${all.length}`;
}

/** Opens the citation of the same answer that stands `by` places further, round and round. */
function step(by) {
  const all = places(opener);
  if (all.length < 2) return;
  const returnTo = document.activeElement?.className;
  const next = all[(position(opener) + by + all.length) % all.length];
  open(next).then(() => returnTo?.startsWith("source-step") && holder().getElementsByClassName(returnTo)[0]?.focus());
}

function go(section, quoted) {
  const plan = holder().querySelector(".plan");
  if (!plan) return holder().querySelector(".source-close").focus();
  const found = section && mark(plan, section, quoted);
  holder().querySelector(".source-page-link").hash = found ? encodeURIComponent(section) : "";
  offerPage(found);
  if (!found) {
    plan.scrollTop = 0;
    plan.focus({ preventScroll: true });
    return;
  }
  bring(beginning(found), plan, plan.querySelector(".plan-outline").offsetHeight + 4);
  found.focus({ preventScroll: true });
  document.getElementById("plan-announcer").textContent = message("source_shown", { section: found.closest("[data-section]").getAttribute("aria-label") });
}

/** Where to begin to read: what stands closely above a paragraph in its section is shown with it, and whole. */
function beginning(found) {
  if (found.matches("section")) return found;
  const isNear = (other) => found.getBoundingClientRect().top - other.getBoundingClientRect().top <= 80;
  return [...found.closest("section").children].find(isNear) ?? found;
}

/** The number of the original's page on which an element stands: that of the last mark of a page above it, 0 where pages are not known. */
function pageOf(found) {
  const marks = [...holder().querySelectorAll(".page-mark")];
  const above = marks.filter((each) => found.contains(each) || found.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING);
  const within = marks.find((each) => found.contains(each));
  return Number((within ?? above.at(-1))?.dataset.page ?? 0);
}

function offerPage(found) {
  const button = holder().querySelector(".source-picture");
  if (!button) return;
  button.dataset.page = (found && pageOf(found)) || 1;
  holder().querySelector(".source-original").hash = `page=${button.dataset.page}`;
}

function showText() {
  holder().classList.remove("pictured");
  holder().querySelector(".source-picture")?.setAttribute("aria-pressed", "false");
}

/** The page of the original in the place of its text, and back. */
function togglePicture(button) {
  const pictured = holder().classList.toggle("pictured");
  button.setAttribute("aria-pressed", pictured);
  if (pictured) showPage(Number(button.dataset.page));
}

function showPage(page) {
  const figure = holder().querySelector(".page-picture");
  const last = Number(figure.dataset.pages);
  if (page < 1 || page > last) return;
  const picture = figure.querySelector("img");
  figure.dataset.page = page;
  picture.src = figure.dataset.source.replace("PAGE", page);
  picture.alt = message("page_picture", { page });
  figure.querySelector("output").textContent = message("page_of", { page, last });
  figure.querySelector(".page-before").disabled = page === 1;
  figure.querySelector(".page-after").disabled = page === last;
  figure.scrollTop = 0;
}

/** Scrolls `inside` alone, never the page that may frame us, until `found` is `margin` pixels below its top. */
export function bring(found, inside, margin) {
  inside.scrollTop += found.getBoundingClientRect().top - inside.getBoundingClientRect().top - margin;
}

export function close() {
  if (!pane()?.classList.contains("open")) return;
  pane().classList.remove("open");
  sheet(false);
  opener?.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus();
}

/** On a phone the pane covers the page, so the page behind it must be out of reach. */
function sheet(covering) {
  const talk = document.getElementById("talk");
  if (talk) talk.inert = covering;
  pane().setAttribute("role", covering ? "dialog" : "region");
  if (covering) pane().setAttribute("aria-modal", "true");
  else pane().removeAttribute("aria-modal");
  pane().setAttribute("aria-label", message("source"));
}

phone.addEventListener("change", () => sheet(phone.matches && pane().classList.contains("open")));

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest?.(selector);
  const link = on("a[href]");
  if (link && target(link)) {
    event.preventDefault();
    open(link);
  } else if (link?.getAttribute("href").startsWith("#") && link.closest("#plan-holder")) {
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    go(decode(link.getAttribute("href").slice(1)));
  } else if (on(".source-close")) close();
  else if (on(".source-step-before")) step(-1);
  else if (on(".source-step-after")) step(1);
  else if (on(".source-picture")) togglePicture(on(".source-picture"));
  else if (on(".page-before")) showPage(Number(on(".page-picture").dataset.page) - 1);
  else if (on(".page-after")) showPage(Number(on(".page-picture").dataset.page) + 1);
});

document.addEventListener("keydown", (event) => {
  if (!pane()?.classList.contains("open") || event.defaultPrevented) return;
  if (event.key === "Escape" && !event.target.closest?.("#report, dialog, #filter")) close();
  else if (!pane().contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === "ArrowLeft") step(-1);
  else if (event.key === "ArrowRight") step(1);
});
