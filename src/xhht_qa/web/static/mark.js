/**
 * Marks the section at `address` inside `root`, and within it the bullet that the address names or else the paragraphs
 * that hold a line of `quoted`. An address that the plan does not print falls back to the nearest section above it.
 * Returns the element to bring into view, or null.
 */
export function mark(root, address, quoted = []) {
  for (const element of root.querySelectorAll(".marked")) element.classList.remove("marked");
  let section = address.split("/")[0];
  while (section && !root.querySelector(`[data-section="${CSS.escape(section)}"]`)) {
    section = section.slice(0, Math.max(section.lastIndexOf("."), 0));
  }
  if (!section) return null;
  const runs = [...root.querySelectorAll(`[data-section="${CSS.escape(section)}"]`)];
  for (const run of runs) run.classList.add("marked");
  const bullet = address.includes("/") && root.querySelector(`.bullet[id="${CSS.escape(address)}"]`);
  const paragraphs = runs.flatMap((run) => [...run.querySelectorAll("p")]);
  const holding = paragraphs.filter((paragraph) => quoted.some((line) => paragraph.textContent.includes(line)));
  // A section that is quoted as a whole needs no second colour.
  const strong = bullet ? [bullet] : holding.length < paragraphs.length ? holding : [];
  for (const element of strong) element.classList.add("marked");
  return strong[0] ?? runs[0];
}

/** The address in a link's fragment, however much of it was percent-encoded on the way. */
export function decode(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
