/* The chat page: one eye on what Gradio draws, and each part of the page told of it. */

import { conversing, drafting } from "./conversations.js";
import { filtering } from "./filter.js";
import "./source.js";
import { announce, editing, equip, follow, reporting } from "./thread.js";
import { translate } from "./words.js";

// A page that frames the chat may ask for a theme; otherwise the system's is followed.
const theme = new URLSearchParams(location.search).get("__theme");
if (theme) document.getElementById("dark").media = theme === "dark" ? "all" : "not all";

document.documentElement.lang = "vi";

function tell() {
  equip();
  announce();
  editing();
  reporting();
  conversing();
  drafting();
  filtering();
}

translate(document.documentElement);
tell();
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") translate(change.target);
    else change.addedNodes.forEach(translate);
  }
  tell();
  const drawn = changes.some((change) => change.type === "childList" && change.target.closest?.("#thread .message-wrap") && !change.target.closest(".message-buttons, li, .options"));
  if (drawn) follow();
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["title", "aria-label", "data-state"] });
