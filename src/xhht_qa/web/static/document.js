/* A plan's own page: marks the section that the address bar names. */

import { decode, mark } from "./mark.js";

function show() {
  const address = decode(location.hash.slice(1));
  if (address) mark(document.querySelector(".plan-text"), address)?.scrollIntoView();
}

addEventListener("hashchange", show);
document.getElementById("print").addEventListener("click", () => print());
show();
