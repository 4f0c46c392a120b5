/* How scripts and Gradio speak with each other: text boxes are filled, buttons are pressed, and what the page tells is read from it. */

/** What the server last told of the conversation: {id, held, private, editing, pending, choices, exchanges}; null before Gradio has drawn the page. */
export function state() {
  const told = document.getElementById("state")?.dataset.state;
  return told ? JSON.parse(told) : null;
}

export function box() {
  return document.querySelector("#box textarea");
}

/** Fills one of Gradio's text boxes as if it had been typed. */
export function fill(id, text) {
  const field = document.querySelector(`#${id} :is(textarea, input)`);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Presses one of Gradio's buttons once it has taken in what was filled. */
export function press(id) {
  setTimeout(() => document.getElementById(id)?.click());
}

/** An element with attributes, or listeners where their names begin with "on", and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
