import { composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { phoneLink, privacyLink, welcome } from "./welcome.js";

/**
 * What the panel gives to the parts of the view to know and to do.
 * @typedef {object} Deeds
 * @property {import("./translation.js").Translate} t
 * @property {(extra: Record<string, string>) => Ui} withStrings
 * @property {typeof h} h
 * @property {typeof icon} icon
 * @property {any} config
 * @property {string} locale
 * @property {string} siteKey
 * @property {(problem: unknown) => Node} trouble says what failed
 * @property {(text: string) => void} send
 * @property {(key: string, params?: Record<string, number>) => string} late strings of the talk
 * @property {(text: string) => void} draft
 * @property {(row: import("./conversation.js").Row) => void} retry
 * @property {(method: string, path: string, body?: object) => Promise<any>} ask
 * @property {(name: string, detail?: object) => void} emit
 * @property {() => void} accept
 * @property {() => void} book
 * @property {(kind: "book" | "faq", start?: import("./booking.js").Start) => void} sheet a form in front of the conversation
 * @property {() => void} close
 * @property {() => void} reload
 * @property {(contact?: object) => Promise<void>} handover
 * @property {(reason?: string) => void} restart
 * @property {(locale: string, strings: Record<string, string>) => void} speak
 * @property {() => Promise<typeof import("./more.js")>} more
 */

/**
 * What the frame adds to it.
 * @typedef {object} Frame
 * @property {(kind: string, text: string, face?: string) => void} status
 * @property {(isLocked: boolean) => void} lock takes the field for writing away
 * @property {() => Node | ""} phoneLink
 * @property {() => Node | false} privacyLink
 * @property {() => Node} skeleton
 *
 * @typedef {Deeds & Frame} Ui
 */

/** The panel's frame and first screen. Makes nodes from what it is told; decides nothing. */
export class View {
  #status = h("p.status", { role: "status" });
  #avatar = h("span.avatar", { "aria-hidden": "true" });
  #body = h("div.body", { tabindex: 0 });
  #foot = h("div.foot");
  #menu = h("div");
  #panel;
  /** @type {ReturnType<typeof composer> | undefined} */
  #composer;
  /** @type {ReturnType<typeof import("./log.js").logView> | undefined} */
  #log;

  /** @param {Node} root @param {Deeds} deeds */
  constructor(root, deeds) {
    const { t, close, config } = deeds;
    /** @type {Ui} */
    this.ui = {
      ...deeds,
      status: (...what) => this.status(...what),
      lock: (isLocked) => this.#lock(isLocked),
      phoneLink: () => phoneLink(this.ui),
      privacyLink: () => privacyLink(this.ui),
      skeleton: () => h("div.skeleton", { role: "status", "aria-label": t("loading") }, h("i"), h("i"), h("i")),
    };
    const name = config.name ?? "";
    this.status("", "", name);
    const menu = h("button.icon", { "aria-label": t("menu"), "aria-expanded": "false", onclick: () => this.#toggleMenu(menu) }, icon("menu"));
    this.#panel = h(
      "div.panel",
      { role: "dialog", "aria-label": name || "Chat", tabindex: "-1" },
      h("div.head", {}, this.#avatar, h("div.who", {}, h("h2", {}, name), this.#status), menu, h("button.icon", { "aria-label": t("close"), onclick: close }, icon("close")), this.#menu),
      this.#body,
      this.#foot,
    );
    root.appendChild(this.#panel);
  }

  showLoading() {
    this.#show(this.ui.skeleton());
  }

  /** @param {unknown} problem */
  showProblem(problem) {
    const { t, trouble, reload } = this.ui;
    this.#show(h("div.welcome", {}, trouble(problem), h("button.primary", { onclick: reload }, t("retry"))));
  }

  /** @param {Parameters<typeof welcome>[1]} moment */
  showWelcome(moment) {
    const { open } = this.ui.config;
    this.status(open?.is_open ? "on" : "off", open?.text ?? "", this.ui.config.name);
    this.#show(welcome(this.ui, moment));
  }

  /** @param {string} draft */
  showConversation(draft) {
    this.#show();
    this.#composer = composer(this.ui, draft);
    this.#foot.append(this.#composer.node, this.#composer.hint);
    this.focus();
  }

  /** @param {typeof import("./log.js").logView} logView @param {Ui} ui with the strings of the talk */
  showLog(logView, ui) {
    if (this.#log) return;
    this.#log = logView(ui, this.#body);
    this.#foot.prepend(...this.#log.above);
    this.#foot.append(this.#log.below);
  }

  /** @param {import("./conversation.js").Conversation} conversation
   * @param {import("./conversation.js").Row} [row] only this one changed */
  update(conversation, row) {
    this.#log?.update(conversation, row);
  }

  /** Where the keyboard goes when the panel opens. On a touch screen a text field would raise the keys at once. */
  focus() {
    // To focus is to lay out first: a task of its own, so that making the nodes and placing them do not block as one.
    setTimeout(() => {
      const first = this.#composer?.field ?? this.#body.querySelector("button");
      (first && !first.disabled && !matchMedia("(pointer: coarse)").matches ? first : this.#panel).focus({ preventScroll: true });
    });
  }

  /** Who was writing goes on with what stands in the field's place. @param {boolean} isLocked */
  #lock(isLocked) {
    const field = this.#composer?.node;
    if (!field) return;
    if (isLocked && field.matches(":focus-within")) this.#body.focus();
    field.hidden = isLocked;
  }

  /** @param {string} kind @param {string} text @param {string} [face] whose initial is shown */
  status(kind, text, face = "") {
    this.#status.className = `status ${kind}`;
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#avatar.textContent = face.trim().charAt(0).toUpperCase();
  }

  /** What was focused may be gone by it. @param {...Node} nodes */
  #show(...nodes) {
    this.#log = this.#composer = undefined;
    this.#body.replaceChildren(...nodes);
    this.#foot.replaceChildren();
    this.focus();
  }

  /** @param {HTMLElement} button */
  async #toggleMenu(button) {
    const close = (/** @type {boolean} */ returns) => {
      this.#menu.replaceChildren();
      button.ariaExpanded = "false";
      if (returns) button.focus();
    };
    if (button.ariaExpanded === "true") return close(false);
    const { menu } = await this.ui.more();
    button.ariaExpanded = "true";
    this.#menu.replaceChildren(menu(this.ui, close, !!this.#composer));
    this.#menu.querySelector("button")?.focus();
  }
}
