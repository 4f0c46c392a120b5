/* An Answer of the JSON API as elements, shaped as the chat's own thread: whatever is not ours becomes text, never markup. */

import { element } from "./gradio.js";
import { message } from "./message.js";

/** The answer as it was said; `words` are those of the page. */
export function answerElement(answer, words) {
  const places = byPlace(answer.citations);
  const several = new Set(answer.citations.map((citation) => citation.plan)).size > 1;
  const made = element("div", { class: "prose", "data-testid": "bot" });
  if (answer.standalone_question.trim() !== answer.question.trim()) {
    made.append(element("p", {}, element("small", {}, `${answer.checked?.reading ? message("read_by_a_model") : words.understood} ${answer.standalone_question}`)));
  }
  if (words.status[answer.status]) made.append(element("p", {}, element("span", { class: "status" }, words.status[answer.status])));
  made.append(...blocks(answer.answer, (markers) => links(markers, places, several), words));
  if (answer.checked && answer.status === "answered") {
    const spoken = answer.mode === "llm" ? message("rephrased", answer.checked) : message("not_rephrased");
    made.append(element("p", {}, element("span", { class: "mode" }, spoken)));
  }
  if (places.length) {
    const heading = answer.status === "not_found" ? words.nearest : words.sources;
    made.append(element("div", { class: "sources" }, element("p", {}, element("strong", {}, heading)), element("ul", {}, ...places.map(entry))));
  }
  return made;
}

/** Citations of one section together, in the order of their first. */
function byPlace(citations) {
  const places = new Map();
  for (const citation of citations) {
    const key = `${citation.plan}/${citation.section}`;
    places.set(key, [...(places.get(key) ?? []), citation]);
  }
  return [...places.values()];
}

/** What the source pane reads: "#src=plan/III.2.1.a%2F-1", without the bullet when several are cited. */
function address(place) {
  const bullets = new Set(place.map((citation) => citation.bullet ?? ""));
  const [{ plan, section }] = place;
  return `#src=${encodeURIComponent(plan)}/${encodeURIComponent(section + (bullets.size === 1 ? [...bullets][0] : ""))}`;
}

/** The links that stand in an answer in place of "[1] [2]"; the markers themselves where they cite nothing. */
function links(markers, places, several) {
  const numbers = markers.match(/\d+/g).map(Number);
  const cited = places.filter((place) => place.some((citation) => numbers.includes(citation.marker)));
  if (!cited.length) return [markers];
  return cited.flatMap((place, index) => [index ? " " : "", element("a", { href: address(place) }, linkText(place[0], several))]);
}

function linkText({ section, label, plan_title }, several) {
  // "Đ5.2", "phu-luc": the label says it
  const text = /^([A-Z]+|\d+)(\(\d+\))?(\.|$)/.test(section) ? message("section", { section }) : capitalised(label);
  return several ? `${text}, ${plan_title}` : text;
}

function entry(place) {
  const [{ label, plan_title }] = place;
  const pages = [...new Set(place.map((citation) => citation.page).filter((page) => page != null))].sort((a, b) => a - b);
  const where = pages.length ? ` ${message("pages", { pages: pages.join(", ") })}` : "";
  const name = `${capitalised(label)}, ${plan_title}${where}`;
  const quotes = [...new Set(place.map((citation) => citation.quote))].map((quote) => element("blockquote", {}, quote));
  const copy = element("button", { type: "button", class: "copy-quotation", "aria-label": `${message("copy_quotation")} ${name}` }, message("copy_quotation"));
  return element("li", {}, element("a", { href: address(place), title: message("according_to", { label, plan: plan_title }) }, name), ...quotes, copy);
}

/** Paragraphs, lists and tables of an answer. */
function blocks(text, linked, words) {
  const made = [];
  for (const line of text.split("\n").filter((line) => line.trim())) {
    const row = line.match(/^\s*\|(.*)\|\s*$/);
    const item = line.match(/^\s*(?:[-+*]|(\d+)[.)]) (.*)$/);
    const last = made.at(-1);
    if (row && /^[\s:|-]+$/.test(row[1])) continue; // the rule under a table's head
    else if (row) {
      const cells = row[1].split(/(?<!\\)\|/).map((cell) => inline(cell.replaceAll("\\|", "|").trim(), linked));
      const table = last?.matches(".table") ? last.firstChild : null;
      const drawn = element("tr", {}, ...cells.map((cell) => element(table ? "td" : "th", {}, ...cell)));
      if (table) table.append(drawn);
      else made.push(element("div", { class: "table", role: "region", tabindex: 0, "aria-label": words.table }, element("table", {}, drawn)));
    } else if (item) {
      const kind = item[1] ? "OL" : "UL";
      const list = last?.tagName === kind ? last : made[made.push(element(kind, item[1] ? { start: item[1] } : {})) - 1];
      list.append(element("li", {}, ...inline(item[2], linked)));
    } else made.push(element("p", {}, ...inline(line.trim(), linked)));
  }
  return made;
}

/** Bold words and "[n]" markers; the rest is text. */
function inline(text, linked) {
  return [...text.matchAll(/(\[\d+\](?:\s*\[\d+\])*)|\*\*(\S.*?\S|\S)\*\*|[^[*]+|./g)].flatMap(([all, markers, bold]) => {
    if (markers) return linked(markers);
    return bold ? [element("strong", {}, ...inline(bold, linked))] : [all];
  });
}

function capitalised(label) {
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}
