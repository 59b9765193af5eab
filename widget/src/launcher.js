import css from "./launcher.css";

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{base: string, siteKey: string, locale: string, side: string, colour: string, chunk: string}} Wishes */

/**
 * The element that a page carries: a button, and after the first click the panel. Until that click it
 * asks nothing of any server and leaves nothing in the browser.
 * @param {Wishes} wishes
 */
export const launcher = ({ base, siteKey, locale, side, colour, chunk }) =>
  class CarbotChat extends HTMLElement {
    #button = document.createElement("button");
    #label = document.createElement("span");
    #badge = document.createElement("i");
    #paint = new CSSStyleSheet();
    /** @type {any} */ #panel;
    /** @type {Promise<any> | undefined} */ #coming;
    #isOpen = false;

    connectedCallback() {
      if (this.shadowRoot) return;
      const look = new CSSStyleSheet();
      look.replaceSync(css);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [look, this.#paint];
      const button = this.#button;
      button.className = side;
      button.ariaHasPopup = "dialog";
      button.onclick = () => this.open();
      button.append(bubble(), this.#label, this.#badge);
      root.append(button);
      this.#label.textContent = LABELS[locale];
      this.#colour(colour);
      this.#emit("ready");
    }

    async open() {
      if (this.#isOpen) return;
      try {
        this.#panel = await (this.#coming ??= this.#fetchPanel());
      } catch {
        this.#coming = undefined;
        this.#label.textContent = OFFLINE[locale] ?? OFFLINE.en;
        return this.#emit("error", { code: "OFFLINE", status: 0 });
      }
      this.#show(true);
      this.#panel.open();
      this.#emit("open");
    }

    close() {
      if (!this.#isOpen) return;
      this.#panel.hide();
      this.#show(false);
      this.#button.focus();
      this.#emit("close");
    }

    /** Opens the chat with a question; it is sent once the visitor has agreed. @param {string} text */
    async ask(text) {
      await this.open();
      this.#panel?.ask(String(text));
    }

    async #fetchPanel() {
      // Asked beside the panel's code, not after it.
      const config = fetch(`${base}config?site_key=${siteKey}&locale=${locale}`, { credentials: "omit" }).then((response) => response.ok && response.json());
      config.catch(() => {});
      const { makePanel } = await import(base + chunk);
      const panel = makePanel({
        base, siteKey, locale, side, config,
        emit: this.#emit, close: () => this.close(), colour: this.#colour, unread: this.#unread,
      });
      this.#button.after(panel);
      return panel;
    }

    /** @param {boolean} isOpen */
    #show(isOpen) {
      this.#isOpen = this.#button.hidden = isOpen;
      this.#label.textContent = LABELS[locale];
    }

    #unread = (/** @type {number} */ count) => {
      this.#badge.textContent = String(count || "");
    };

    #colour = (/** @type {string} */ accent) => {
      if (CSS.supports("color", accent)) this.#paint.replaceSync(`:host{--accent:${accent}}`);
    };

    #emit = (/** @type {string} */ name, /** @type {object} */ detail = {}) => {
      this.dispatchEvent(new CustomEvent(`carbot:${name}`, { bubbles: true, composed: true, detail }));
    };
  };

function bubble() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M21 12a8 8 0 0 1-8 8H4l1.8-3.2A8 8 0 1 1 21 12z");
  svg.append(path);
  return svg;
}
