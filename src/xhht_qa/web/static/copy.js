/* An answer taken away as text: read out, or copied with its citations as documents print them. */

import { element } from "./gradio.js";
import { message } from "./message.js";

const COPIED_SECONDS = 2;

/** An answer as it is read out: its words, and how many places it cites. */
export function spoken(answer) {
  const copy = answer.cloneNode(true);
  for (const silent of copy.querySelectorAll(".sources, small, button")) silent.remove();
  const sources = answer.querySelectorAll(".sources a").length;
  return `${copy.textContent.replace(/\s+/g, " ").trim()}${sources ? ` ${message("citations_spoken", { count: sources })}` : ""}`;
}

/** "theo khoản 2.1 mục 2 phần III Kế hoạch số … ngày … của …: “…”" */
export function quotation(entry) {
  const quotes = [...entry.querySelectorAll("blockquote")].map((quote) => `“${quote.innerText.trim()}”`);
  return `${entry.querySelector("a").title}: ${quotes.join("; ")}`;
}

/** The answer with the number of each citation, and under it the citations as a document prints them. */
export function answerWithCitations(answer) {
  const copy = answer.cloneNode(true);
  const sources = [...answer.querySelectorAll(".sources li")];
  for (const dropped of copy.querySelectorAll(".sources, small, button")) dropped.remove();
  const hidden = element("div", { class: "unseen" }, copy);
  answer.parentElement.append(hidden); // only what is laid out has its lines
  const text = copy.innerText.trim();
  hidden.remove();
  return [text, ...(sources.length ? [message("citations"), ...sources.map((entry) => `- ${quotation(entry)}`)] : [])].join("\n");
}

/** Copies a text and says on the button, for a moment, whether it was done. */
export async function copy(button, text) {
  const word = button.title || button.textContent;
  const say = (said) => (button.title ? button.setAttribute("title", said) : (button.textContent = said));
  try {
    await write(text);
    say(message("copied"));
  } catch {
    say(message("not_copied"));
  }
  setTimeout(() => say(word), COPIED_SECONDS * 1000);
}

/** To the clipboard, also without https and in a frame that was not given the right to, where browsers have only the old way. */
async function write(text) {
  try {
    return await navigator.clipboard.writeText(text);
  } catch {} // the old way
  const held = document.activeElement;
  const area = element("textarea", { class: "unseen" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  held?.focus();
  if (!done) throw new Error("not copied");
}
