/* The colour of a portal in the place of ours, made so much darker or lighter that it can be read on the page's paper. */

const READABLE = 4.5; // to 1, the contrast that WCAG asks of text
const STEP = 0.06;

/** Takes "#0f5472" or "0f5472" as the colour of links and buttons; anything else leaves ours. */
export function paint(given) {
  const hex = /^#?([0-9a-f]{6})$/i.exec(given)?.[1];
  if (!hex) return;
  const root = document.documentElement;
  const chosen = hex.match(/../g).map((pair) => parseInt(pair, 16));
  const apply = () => {
    root.style.removeProperty("--link");
    root.style.removeProperty("--tint");
    const paper = canvas(getComputedStyle(root).getPropertyValue("--paper"));
    const towards = luminance(paper) > 0.5 ? 0 : 255;
    let colour = chosen;
    while (contrast(colour, tint(colour, paper)) < READABLE) colour = colour.map((part) => part + (towards - part) * STEP);
    root.style.setProperty("--link", `rgb(${colour.map(Math.round).join(" ")})`);
    root.style.setProperty("--tint", `rgb(${tint(colour, paper).map(Math.round).join(" ")})`);
  };
  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) sheet.addEventListener("load", apply);
}

/** The shade behind links: a tenth of the colour on the paper. */
function tint(colour, paper) {
  return paper.map((part, index) => part * 0.9 + colour[index] * 0.1);
}

/** "#ffffff" as its three parts. */
function canvas(colour) {
  return colour.trim().replace("#", "").match(/../g).map((pair) => parseInt(pair, 16));
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
