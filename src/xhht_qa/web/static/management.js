/* The pages on which plans are managed: files are sent, buttons ask the server, and what has changed meanwhile is drawn anew by the server. */

const SITE = new URL("..", import.meta.url);
const RUNNING_PAUSE = 700; // milliseconds between two looks at a change that is under way
const IDLE_PAUSE = 10_000; // another manager may have begun one
const LOST = document.querySelector("[data-lost]").dataset.lost;
const said = document.getElementById("said");
const spoken = document.getElementById("spoken");

async function ask(method, path, body) {
  const options = body === undefined ? { method } : { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, SITE), options).catch(() => Promise.reject(new Error(LOST)));
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? LOST);
  return response.status === 202 || response.status === 204 ? null : response.json();
}

/* What a button or a form asks for stands in its data: method, action, body, confirm and yes (the question before it), then (where to go on), done (what to say). */

async function act(asked, body) {
  const { method = "POST", action, confirm, yes, then, done = "" } = asked.dataset;
  if (confirm && !(await agreed(confirm, yes))) return;
  said.textContent = spoken.textContent = "";
  asked.dataset.busy = true; // a second press while the server thinks asks for nothing
  try {
    const made = await ask(method, action, body);
    if (then) return location.assign(new URL(then.endsWith("/") ? then + made.id : then, SITE));
    spoken.textContent = done;
  } catch (error) {
    said.textContent = error.message;
  } finally {
    delete asked.dataset.busy;
  }
  await redraw();
}

/** Whether the question is answered with yes; Escape is a no. */
function agreed(question, yes) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = question;
  document.getElementById("confirm-yes").textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || "busy" in button.dataset) return;
  if (button.dataset.action) act(button, button.dataset.body && JSON.parse(button.dataset.body));
  if (button.dataset.replaces) choose(button.dataset.replaces);
});

document.addEventListener("submit", async (event) => {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  if ("busy" in event.target.dataset) return;
  if (event.target.id === "choose") return act(event.target, { replaces: event.target.elements.replaces.value });
  try {
    await ask("POST", "api/library/session", { token: event.target.elements.token.value });
    location.reload();
  } catch (error) {
    said.textContent = error.message;
    event.target.elements.token.select();
  }
});

/* Drawing anew: only the parts that the server draws otherwise than before, so that what is open, chosen or in focus elsewhere stays. */

const drawn = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.innerHTML]));
let timer = 0;

const running = () => Boolean(document.querySelector("[data-running]"));

async function redraw() {
  if (!drawn.size) return;
  clearTimeout(timer);
  try {
    const response = await fetch(location.href);
    draw(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (said.textContent === LOST) said.textContent = "";
  } catch {
    said.textContent = LOST;
  }
  timer = setTimeout(redraw, running() ? RUNNING_PAUSE : IDLE_PAUSE);
}

function draw(fresh) {
  if (!fresh.getElementById("plans")) return location.reload(); // signed out in another window
  const stage = () => document.querySelector("[data-stage]")?.dataset.stage;
  const before = stage();
  for (const [id, html] of drawn) {
    const part = document.getElementById(id);
    const now = fresh.getElementById(id);
    if (now.innerHTML === html) continue;
    drawn.set(id, now.innerHTML);
    const focused = part.contains(document.activeElement) && document.activeElement.id;
    part.replaceChildren(...now.childNodes);
    if (focused !== false) focus(part, focused);
  }
  if (stage() !== before) spoken.textContent = document.getElementById("job-told").textContent;
}

function focus(part, id) {
  const again = document.getElementById(id);
  if (again && !again.disabled) again.focus();
  else part.querySelector("[tabindex]")?.focus();
}

document.addEventListener("visibilitychange", () => document.hidden || redraw());
if (drawn.size) timer = setTimeout(redraw, running() ? RUNNING_PAUSE : IDLE_PAUSE);

/* Files go up one after the other, each with a row of its own until it is read; what it came to stays in its row. */

const uploads = document.getElementById("uploads");
const picker = document.getElementById("files");
let replaces = ""; // the plan in whose place the chosen file is to come
let queue = Promise.resolve();
let under_way = 0;

function choose(plan) {
  replaces = plan;
  picker.multiple = !plan;
  picker.click();
}

picker?.addEventListener("change", () => {
  take([...picker.files], replaces);
  picker.value = "";
});
picker?.labels[0].addEventListener("click", () => {
  replaces = "";
  picker.multiple = true;
});

const zone = document.getElementById("drop");
for (const name of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(name, (event) => {
    if (!zone) return;
    event.preventDefault(); // beside the zone the browser would leave the page and open the file
    zone.classList.toggle("over", name === "dragover" && zone.contains(event.target));
    if (name === "drop" && zone.contains(event.target)) take([...event.dataTransfer.items].filter((item) => item.kind === "file").map(dropped));
  });
}

function dropped(item) {
  return Object.assign(item.getAsFile(), { isFolder: item.webkitGetAsEntry()?.isDirectory });
}

if (picker?.files.length) picker.dispatchEvent(new Event("change")); // chosen before this script had come

addEventListener("beforeunload", (event) => under_way && event.preventDefault());

function take(files, plan = "") {
  for (const file of files) {
    const row = added(file.name);
    if (file.isFolder) end(row, uploads.dataset.folder);
    else if (file.size > Number(uploads.dataset.limit)) end(row, uploads.dataset.tooLarge);
    else queue = queue.then(() => send(file, plan, row));
  }
}

function added(name) {
  const row = document.getElementById("upload-row").content.cloneNode(true).firstElementChild;
  row.querySelector("strong").textContent = name;
  row.querySelector("progress").setAttribute("aria-label", name);
  row.querySelector("button").setAttribute("aria-label", `${row.querySelector("button").textContent} ${name}`);
  row.querySelector("span").textContent = uploads.dataset.queued;
  row.querySelector("button").addEventListener("click", () => end(row, uploads.dataset.cancelled));
  uploads.append(row);
  return row;
}

/** The row says what came of its file, and can be put away. */
function end(row, sentence) {
  const name = row.querySelector("strong").textContent;
  row.request?.abort();
  row.ended = true;
  row.querySelector("progress").remove();
  row.querySelector("span").textContent = sentence;
  spoken.textContent = `${name}: ${sentence}`;
  const hide = document.createElement("button");
  Object.assign(hide, { type: "button", className: "quiet", textContent: uploads.dataset.hide });
  hide.setAttribute("aria-label", `${uploads.dataset.hide} ${name}`);
  hide.addEventListener("click", () => {
    row.remove();
    picker.focus();
  });
  row.querySelector("button").replaceWith(hide);
}

function send(file, plan, row) {
  if (row.ended) return;
  under_way += 1;
  const form = new FormData();
  form.append("replaces", plan);
  form.append("file", file);
  const request = (row.request = new XMLHttpRequest());
  const progress = row.querySelector("progress");
  const state = row.querySelector("span");
  state.textContent = uploads.dataset.sending;
  request.upload.addEventListener("progress", (event) => (progress.value = event.loaded / event.total));
  request.upload.addEventListener("load", () => {
    progress.removeAttribute("value");
    state.textContent = uploads.dataset.reading;
    spoken.textContent = `${file.name}: ${uploads.dataset.reading}`;
  });
  request.open("POST", new URL("api/library/proposals", SITE));
  return new Promise((resolve) => {
    request.addEventListener("loadend", async () => {
      under_way -= 1;
      row.request = null;
      if (request.status === 201) {
        await redraw();
        arrived(row, JSON.parse(request.response));
      } else if (!row.ended) end(row, detail(request));
      resolve();
    });
    request.send(form);
  });
}

function arrived(row, proposal) {
  const hadFocus = row.contains(document.activeElement);
  spoken.textContent = `${uploads.dataset.done} ${proposal.name}`;
  row.remove();
  if (hadFocus) document.getElementById(`see-${proposal.id}`)?.focus();
}

function detail(request) {
  try {
    return JSON.parse(request.response).detail ?? LOST;
  } catch {
    return LOST;
  }
}
