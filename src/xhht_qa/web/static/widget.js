/*
 * The assistant in the page of a portal: <script src="…/widget.js" data-position="bottom-right"> draws a button that opens a panel,
 * <xhht-qa> is a panel in its place. Either frames the assistant's own page, so nothing of the portal's reaches into it and nothing of it out.
 */
(() => {
  const script = document.currentScript;
  const HOME = script && new URL(".", script.src).href;
  const ATTRIBUTES = ["position", "theme", "accent", "plans", "title", "height", "open", "src"];
  const PATIENCE = 10_000; // milliseconds for the page in the frame to say that it is there
  const AFTER_LOAD = 4_000; // the same, once the browser has something in the frame, be it its own page about an error
  const phone = matchMedia("(max-width: 767px)");

  // In pixels: a rem is what the portal makes it.
  const STYLE = `
:host { all: initial !important; display: block !important; height: var(--height, 576px) !important; }
:host([position]) { display: block !important; position: fixed !important; inset: auto 20px 20px auto !important; width: auto !important; height: auto !important; z-index: 2147483000 !important; }
:host([position="bottom-left"]) { inset: auto auto 20px 20px !important; }
:host([hidden]) { display: none !important; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.button, .panel, .notice { font: 400 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; }
.button { display: flex; align-items: center; gap: 8px; min-height: 48px; padding: 8px 18px; border: 2px solid #fff; border-radius: 24px; background: var(--accent, #0f5472); color: var(--on-accent, #fff); font-weight: 600; cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
:host([open]) .button { visibility: hidden; }
.button:focus-visible { outline: 3px solid #0f5472; outline-offset: 2px; }
.button svg { width: 22px; height: 22px; fill: currentcolor; }
.panel { position: relative; display: flex; flex-direction: column; width: 100%; height: 100%; margin: 0; padding: 0; overflow: hidden; border: 1px solid #7a8793; border-radius: 12px; background: #fff; color: #1d2733; }
.panel.dark { background: #182027; color: #e4e9ed; }
dialog.panel:not([open]) { display: none; }
dialog.panel { position: fixed; inset: auto 20px 20px auto; width: min(416px, calc(100vw - 40px)); height: min(var(--height, 640px), calc(100dvh - 40px)); max-width: none; max-height: none; box-shadow: 0 6px 30px rgb(0 0 0 / 35%); }
:host([position="bottom-left"]) dialog.panel { inset: auto auto 20px 20px; }
dialog.panel::backdrop { background: rgb(0 0 0 / 45%); }
iframe { display: block; flex: 1; width: 100%; min-height: 0; border: 0; color-scheme: normal; }
.notice { margin: auto; padding: 24px; text-align: center; }
.notice p { margin: 0 0 16px; }
.notice button { font: inherit; margin: 0 3.2px; padding: 6.4px 16px; border: 1px solid currentcolor; border-radius: 8px; background: none; color: inherit; cursor: pointer; }
@media (max-width: 767px) {
  dialog.panel, :host([position="bottom-left"]) dialog.panel { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog.panel { animation: rise .18s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(16px); } }
}
@media print {
  :host([position]) { display: none !important; }
}`;

  const ICON = "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 4v2h10V7zm0 4v2h7v-2z";

  /** An element with attributes, or listeners where they are functions, and children. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value != null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  /* A browser that closes its storage to frames of other sites leaves the conversation of the tab to the portal's own. */

  function remember(address, conversation) {
    try {
      sessionStorage.setItem(address, conversation);
    } catch {} // closed or full: the conversation lasts until the page is left
  }

  function remembered(address) {
    try {
      return sessionStorage.getItem(address);
    } catch {
      return null;
    }
  }

  function isLight(hex) {
    const [red, green, blue] = hex.match(/../g).map((pair) => (parseInt(pair, 16) / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
  }

  class Assistant extends HTMLElement {
    static observedAttributes = ["open"];

    connectedCallback() {
      if (this.shadowRoot || !this.home) return;
      this.name = this.getAttribute("title") || "Hỏi đáp kế hoạch";
      this.removeAttribute("title"); // the browser would show it wherever the pointer rests
      const sheet = new CSSStyleSheet(); // a portal's policy may forbid style elements
      sheet.replaceSync(STYLE);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      if (CSS.supports("height", this.getAttribute("height") ?? "")) sheet.insertRule(`:host { --height: ${this.getAttribute("height")}; }`);
      const [, accent] = /^#?([0-9a-f]{6})$/i.exec(this.getAttribute("accent")) ?? [];
      if (accent) sheet.insertRule(`:host { --accent: #${accent}; --on-accent: ${isLight(accent) ? "#000" : "#fff"}; }`);
      this.panel = element(this.floats ? "dialog" : "section", { class: `panel${this.dark ? " dark" : ""}`, "aria-label": this.name });
      root.append(this.panel);
      if (!this.floats) return this.load();
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("viewBox", "0 0 24 24");
      icon.setAttribute("aria-hidden", "true");
      icon.append(document.createElementNS(icon.namespaceURI, "path"));
      icon.firstChild.setAttribute("d", ICON);
      this.button = element("button", { type: "button", class: "button", "aria-haspopup": "dialog", "aria-expanded": "false", click: () => (this.open = true) }, icon, this.name);
      root.prepend(this.button);
      this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.shut());
      this.panel.addEventListener("close", () => this.panel.open || this.shut());
      if (this.open && !phone.matches) this.show(false); // a portal that was not asked may not be covered
      else this.open = false;
    }

    attributeChangedCallback() {
      if (!this.button) return;
      if (this.open) this.show();
      else this.shut();
    }

    get home() {
      const given = this.getAttribute("src") ?? HOME;
      return given && new URL(given.endsWith("/") ? given : `${given}/`, document.baseURI).href;
    }

    get floats() {
      return this.hasAttribute("position");
    }

    get dark() {
      const theme = this.getAttribute("theme");
      return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    }

    get open() {
      return this.hasAttribute("open");
    }

    set open(open) {
      this.toggleAttribute("open", open);
    }

    /** Opens the panel; on a phone it covers the portal, which is then out of reach. */
    show(focused = true) {
      if (this.panel.open) return;
      if (!this.frame) this.load();
      if (phone.matches) this.panel.showModal();
      else this.panel.show();
      this.button.setAttribute("aria-expanded", "true");
      if (focused) this.focusInside();
    }

    shut() {
      const held = document.activeElement === this;
      if (this.panel.open) this.panel.close();
      this.button.setAttribute("aria-expanded", "false");
      this.open = false;
      if (held) this.button.focus();
    }

    focusInside() {
      this.frame.focus();
      if (this.ready) this.say("focus");
    }

    /** Frames the assistant's page, and says so where it does not come. */
    load() {
      const address = new URL("embed", this.home);
      for (const key of ["plans", "theme", "accent"]) if (this.getAttribute(key)) address.searchParams.set(key, this.getAttribute(key));
      address.searchParams.set("title", this.name);
      address.searchParams.set("name", this.id || [...document.querySelectorAll("xhht-qa")].indexOf(this));
      if (this.floats) address.searchParams.set("closes", "true");
      this.frame = element("iframe", { src: address.href, title: this.name, allow: "clipboard-write", referrerpolicy: "no-referrer", load: () => this.loaded() });
      this.panel.replaceChildren(this.frame);
      this.ready = false;
      this.waiting = setTimeout(() => this.missing(), PATIENCE);
      addEventListener("message", (this.hear ??= (event) => this.heard(event)));
    }

    loaded() {
      this.say("hello", remembered(this.frame.src));
      clearTimeout(this.waiting);
      if (!this.ready) this.waiting = setTimeout(() => this.missing(), AFTER_LOAD);
    }

    say(word, kept) {
      this.frame.contentWindow.postMessage({ "xhht-qa": word, kept }, new URL(this.home).origin);
    }

    heard(event) {
      if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== new URL(this.home).origin) return;
      const word = event.data?.["xhht-qa"];
      if (word === "ready") {
        clearTimeout(this.waiting);
        this.ready = true;
        if (this.shadowRoot.activeElement === this.frame) this.say("focus"); // it was opened before there was anything to focus
      } else if (word === "keep") remember(this.frame.src, event.data.kept);
      else if (word === "close" && this.floats) this.shut();
    }

    missing() {
      this.frame = null;
      const again = element("button", { type: "button", click: () => (this.load(), this.focusInside()) }, "Thử lại");
      const close = element("button", { type: "button", click: () => this.shut() }, "Đóng");
      const said = element("p", { role: "alert" }, "Chưa mở được trợ lý hỏi đáp. Anh/Chị vui lòng thử lại sau ít phút; nếu vẫn chưa được, xin báo bộ phận phụ trách trang này.");
      this.panel.replaceChildren(element("div", { class: "notice" }, said, again, ...(this.floats ? [close] : [])));
      if (this.floats && this.panel.open) again.focus();
    }

    disconnectedCallback() {
      removeEventListener("message", this.hear);
      clearTimeout(this.waiting);
    }
  }

  if (!customElements.get("xhht-qa")) customElements.define("xhht-qa", Assistant); // the script may be there twice

  const given = script?.dataset ?? {};
  if (!given.position || document.querySelector(`xhht-qa[position="${CSS.escape(given.position)}"]`)) return;
  const attributes = ATTRIBUTES.filter((name) => given[name] != null).map((name) => [name, given[name]]);
  // Beside the body: a portal may transform or filter its own, and what is fixed in there would move with it.
  document.documentElement.append(element("xhht-qa", { src: HOME, ...Object.fromEntries(attributes) }));
})();
