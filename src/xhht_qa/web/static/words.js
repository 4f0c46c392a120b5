/* Gradio has no Vietnamese: its own words are replaced as it writes them. */

import { gradio, message } from "./message.js";

const BUSY = "This application is currently busy. Please try again.";

function translateMessage(toast) {
  const title = toast.querySelector(".toast-title-row span")?.firstChild;
  if (title) title.data = `${message("notice")} `;
  for (const text of toast.querySelectorAll("[data-testid=toast-text]")) {
    const said = text.textContent.trim();
    if (/^[\x00-\x7f]*$/.test(said)) text.textContent = message(said === BUSY ? "busy" : /connection|fetch|network/i.test(said) ? "lost" : "unexpected"); // only English has no other letters
  }
}

export function translate(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const toast of node.querySelectorAll("[data-testid=toast-body]")) translateMessage(toast);
  for (const element of [node, ...node.querySelectorAll("[title], [aria-label]")]) {
    for (const name of ["title", "aria-label"]) {
      const given = element.getAttribute(name);
      const word = given && gradio[given.replace(/(:| \d).*/s, "")];
      if (word) element.setAttribute(name, word);
    }
  }
}
