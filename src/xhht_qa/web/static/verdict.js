/* Two thumbs under an answer, and a form that asks what is wrong with it, as on the chat page. */

import { element } from "./gradio.js";

const HAND = "M2 21h4V9H2zM23 10a2 2 0 0 0-2-2h-6.3l1-4.6v-.3c0-.4-.2-.8-.4-1L14.2 1 7.6 7.6A2 2 0 0 0 7 9v10a2 2 0 0 0 2 2h9c.8 0 1.5-.5 1.8-1.2l3-7.1c.1-.2.2-.5.2-.7z";

function thumb(turned) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg"); // not every machine has the letter
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.append(document.createElementNS(icon.namespaceURI, "path"));
  icon.firstChild.setAttribute("d", HAND);
  return element("button", { type: "button", class: `thumb ${turned}` }, icon);
}

/** The thumbs and the place of the form; `send` gives a record of feedback to the server and tells whether it was kept. */
export function verdicts(answer, words, send, keep) {
  const said = element("span", { class: "said", role: "status" });
  const place = element("div", { class: "report-place" });
  const thumbs = { up: thumb("up"), down: thumb("down") };

  function draw() {
    for (const [verdict, thumb] of Object.entries(thumbs)) {
      thumb.title = words[verdict];
      thumb.setAttribute("aria-label", words[verdict]);
      thumb.setAttribute("aria-pressed", answer.verdict === verdict);
    }
  }

  async function judge(pressed) {
    const verdict = answer.verdict === pressed ? "withdrawn" : pressed;
    place.replaceChildren();
    const kept = await send({ verdict });
    said.textContent = kept ? { up: words.judged, down: "", withdrawn: words.withdrawn }[verdict] : words.notKept;
    if (!kept) return;
    answer.verdict = verdict;
    keep();
    draw();
    if (verdict === "down") ask();
  }

  function ask() {
    const reasons = Object.entries(words.reasons).map(([reason, word]) => element("label", {}, element("input", { type: "radio", name: "reason", value: reason }), word));
    const comment = element("textarea", { rows: 2, maxlength: 2000, name: "comment" });
    const form = element(
      "form",
      { class: "report" },
      element("fieldset", {}, element("legend", {}, words.title.replace("{}", answer.question.slice(0, 120))), ...reasons),
      element("label", { class: "report-comment" }, words.comment, comment),
      element("p", {}, element("button", { type: "submit" }, words.send), " ", element("button", { type: "button", onclick: close }, words.close)),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const kept = await send({ verdict: "down", reason: new FormData(form).get("reason") ?? "", comment: comment.value });
      said.textContent = kept ? words.reported : words.notKept;
      if (kept) close();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // of the panel
      close();
    });
    place.replaceChildren(form);
    form.querySelector("input").focus();
  }

  function close() {
    place.replaceChildren();
    thumbs.down.focus();
  }

  for (const [verdict, thumb] of Object.entries(thumbs)) thumb.addEventListener("click", () => judge(verdict));
  draw();
  return [thumbs.up, thumbs.down, said, place];
}
