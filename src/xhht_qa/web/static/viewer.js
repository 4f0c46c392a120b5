/* The chat's source pane: opens a plan at the section that a citation names. Also gives Gradio's own labels their Vietnamese. */

import { decode, mark } from "./mark.js";

const SITE = new URL("..", import.meta.url);
const phone = matchMedia("(max-width: 767px)");
const documents = new Map(); // plan id → promise of its HTML

let opener = null; // the link to give the focus back to
let shown = null; // the plan in the pane

function pane() {
  return document.getElementById("source");
}

/** The element that holds the plan; Gradio's own content of the pane stays beside it. */
function holder() {
  let element = document.getElementById("plan-holder");
  if (!element) {
    element = document.createElement("div");
    element.id = "plan-holder";
    const announcer = document.createElement("p");
    announcer.id = "plan-announcer";
    announcer.setAttribute("role", "status");
    pane().append(element, announcer);
  }
  return element;
}

function load(plan) {
  if (!documents.has(plan)) {
    const request = fetch(new URL(`api/plans/${encodeURIComponent(plan)}/fragment`, SITE)).then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.text();
    });
    request.catch(() => documents.delete(plan));
    documents.set(plan, request);
  }
  return documents.get(plan);
}

async function open(plan, address, link) {
  opener = link;
  const element = holder();
  pane().classList.add("open");
  try {
    const html = await load(plan);
    if (opener !== link) return; // another citation was chosen meanwhile
    if (shown !== plan) element.innerHTML = html;
    shown = plan;
  } catch {
    element.innerHTML = '<div class="source-bar"><strong>Chưa mở được kế hoạch</strong><button type="button" class="source-close">Đóng</button></div><p class="source-note">Anh/Chị vui lòng kiểm tra kết nối rồi bấm lại vào trích dẫn.</p>';
    shown = null;
  }
  for (const other of document.querySelectorAll('a[aria-current="true"]')) other.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  sheet(phone.matches);
  go(address, quotes(link));
}

/** The lines that the answer quotes from the place a link leads to. */
function quotes(link) {
  const sources = link.closest("[data-testid=bot]")?.querySelectorAll(".sources a") ?? [];
  const entries = [...sources].filter((source) => source.getAttribute("href") === link.getAttribute("href"));
  return entries.flatMap((entry) => [...entry.closest("li").querySelectorAll("blockquote")].flatMap((quote) => quote.innerText.split("\n").filter(Boolean)));
}

function go(address, quoted) {
  const plan = holder().querySelector(".plan");
  const bar = holder().querySelector(".source-bar a");
  if (!plan) return holder().querySelector(".source-close").focus();
  const target = address && mark(plan, address, quoted);
  if (bar) bar.hash = target ? encodeURIComponent(address) : "";
  if (!target) {
    plan.scrollTop = 0;
    plan.focus({ preventScroll: true });
    return;
  }
  bring(target, plan, target.matches("section") ? 32 : 110);
  target.focus({ preventScroll: true });
  const section = target.closest("[data-section]");
  document.getElementById("plan-announcer").textContent = `Đang hiển thị ${section.getAttribute("aria-label")}`;
}

/** Scrolls `box` alone, never the page that may frame us, until `target` is `margin` pixels below its top. */
function bring(target, box, margin) {
  box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - margin;
}

function close() {
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
  if (covering) {
    pane().setAttribute("role", "dialog");
    pane().setAttribute("aria-modal", "true");
  } else {
    pane().setAttribute("role", "region");
    pane().removeAttribute("aria-modal");
  }
  pane().setAttribute("aria-label", "Văn bản nguồn");
}

phone.addEventListener("change", () => sheet(phone.matches && pane().classList.contains("open")));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link) {
    const href = link.getAttribute("href");
    const source = href.match(/^#src=([^/]+)\/(.*)$/);
    const question = href.match(/^#ask=(.*)$/);
    if (source) {
      event.preventDefault();
      open(decode(source[1]), decode(source[2]), link);
    } else if (question) {
      event.preventDefault();
      ask(decode(question[1]));
    } else if (href.startsWith("#") && link.closest("#plan-holder")) {
      event.preventDefault();
      go(decode(href.slice(1)));
    }
  } else if (event.target.closest?.(".source-close")) close();
  // These buttons hide themselves, and the focus with them; on a phone it would call up the keyboard.
  else if (event.target.closest?.("#examples, #ask, #clear") && !phone.matches) box().focus();
});

function box() {
  return document.querySelector("#box textarea");
}

/** Asks one of the readings that an answer offers. */
function ask(question) {
  box().value = question;
  box().dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.getElementById("send")?.click());
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest?.("#scope")) return; // there it closes the list of plans
  if (event.target.closest?.("#report")) document.getElementById("report-close").click();
  else close();
});

/** A new question is shown at the top, so that its answer is read from the beginning. */
function follow() {
  const question = [...document.querySelectorAll("#thread .user-row")].at(-1);
  if (question) bring(question, question.closest(".bubble-wrap"), 0);
}

let thumb = null; // the last one that was pressed
let report = null; // the form about a wrong answer, while it is open

/** The form takes the focus when it opens, and gives it back to the thumb, or else to the box for questions. */
function reporting() {
  const form = document.getElementById("report");
  const first = form?.querySelector("input[type=radio]"); // it comes after the form itself
  if (first && report !== form) {
    report = form;
    form.setAttribute("role", "group");
    form.setAttribute("aria-label", "Góp ý về câu trả lời");
    first.focus();
  } else if (report && !form) {
    report = null;
    if (thumb?.isConnected) thumb.focus();
    else if (!phone.matches) box().focus();
  }
}

document.addEventListener("click", (event) => {
  thumb = event.target.closest?.("#thread .message-buttons button") ?? thumb;
});

/* Gradio has no Vietnamese: its labels are replaced as it writes them. */
const WORDS = {
  "chatbot conversation": "Nội dung hội thoại",
  "user's message": "Câu hỏi",
  "bot's message": "Câu trả lời",
  Remove: "Bỏ kế hoạch này",
  Clear: "Bỏ chọn tất cả",
  Close: "Đóng",
  "Scroll down": "Xuống cuối",
  Like: "Câu trả lời đúng",
  Liked: "Đã đánh giá là đúng",
  Dislike: "Báo sai",
  Disliked: "Đã báo sai",
};

const MESSAGES = {
  "Connection to the server was lost. Attempting reconnection...": "Mất kết nối với máy chủ, đang nối lại…",
  "This application is currently busy. Please try again.": "Hệ thống đang bận, Anh/Chị vui lòng thử lại sau ít phút.",
};
const UNEXPECTED = "Hệ thống gặp trục trặc, Anh/Chị vui lòng thử lại.";

function translateMessage(toast) {
  const title = toast.querySelector(".toast-title-row span")?.firstChild;
  if (title) title.data = "Thông báo ";
  for (const text of toast.querySelectorAll("[data-testid=toast-text]")) {
    const said = text.textContent.trim();
    if (/^[\x00-\x7f]*$/.test(said)) text.textContent = MESSAGES[said] ?? UNEXPECTED; // only English has no other letters
  }
}

function translate(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const toast of node.querySelectorAll("[data-testid=toast-body]")) translateMessage(toast);
  for (const element of [node, ...node.querySelectorAll("[title], [aria-label]")]) {
    for (const name of ["title", "aria-label"]) {
      const given = element.getAttribute(name);
      const word = given && WORDS[given.replace(/(:| \d).*/s, "")];
      if (word) element.setAttribute(name, word);
    }
  }
  const scope = document.querySelector("#scope input:not([placeholder])");
  if (scope) scope.placeholder = "tất cả kế hoạch";
}

// A page that frames the chat may ask for a theme; otherwise the system's is followed.
const theme = new URLSearchParams(location.search).get("__theme");
if (theme) document.getElementById("dark").media = theme === "dark" ? "all" : "not all";

document.documentElement.lang = "vi";
translate(document.documentElement);
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") translate(change.target);
    else change.addedNodes.forEach(translate);
  }
  reporting();
  if (changes.some((change) => change.type === "childList" && change.target.closest?.("#thread .message-wrap"))) follow();
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["title", "aria-label"] });
