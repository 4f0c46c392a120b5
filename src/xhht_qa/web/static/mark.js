/**
 * Marks the section at `address` inside `root`, and the bullet when the address names one.
 * An address that the plan does not print falls back to the nearest section above it.
 * Returns the element to bring into view, or null.
 */
export function mark(root, address) {
  for (const element of root.querySelectorAll(".marked")) element.classList.remove("marked");
  let section = address.split("/")[0];
  while (section && !root.querySelector(`[data-section="${CSS.escape(section)}"]`)) {
    section = section.slice(0, Math.max(section.lastIndexOf("."), 0));
  }
  if (!section) return null;
  const runs = root.querySelectorAll(`[data-section="${CSS.escape(section)}"]`);
  for (const run of runs) run.classList.add("marked");
  const bullet = address.includes("/") && root.querySelector(`.bullet[id="${CSS.escape(address)}"]`);
  if (bullet) bullet.classList.add("marked");
  return bullet || runs[0];
}

/** The address in a link's fragment, however much of it was percent-encoded on the way. */
export function decode(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
