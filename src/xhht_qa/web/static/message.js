/* What the scripts say: the server wrote it into the page. */

const given = JSON.parse(document.getElementById("messages").textContent);

/** Gradio's own words → ours. */
export const gradio = given.gradio;

/** The sentence of that name, with its values in the place of their names. */
export function message(name, values = {}) {
  return given.script[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}
