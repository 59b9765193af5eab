import { Conversation } from "./conversation.js";
import { h, icon, sheet } from "./dom.js";
import { Problem } from "./problem.js";
import { Session } from "./session.js";
import css from "./style.css";
import { directionOf, translator } from "./translation.js";
import { Transport } from "./transport.js";
import { View } from "./view.js";

/**
 * @typedef {object} Settings
 * @property {string} base address of the widget API, ends with a slash
 * @property {string} siteKey
 * @property {string} locale
 * @property {string} side left or right
 * @property {Record<string, string>} strings
 * @property {Promise<any>} [config] already on its way
 * @property {typeof fetch} [fetch]
 * @property {(name: string, detail?: object) => void} emit
 * @property {() => void} close
 * @property {(accent: string) => void} colour paints launcher and panel
 * @property {(count: number) => void} unread
 */

/** The panel: brings conversation, transport and view together. Without side effects until it is in a page. */
export class ChatElement extends HTMLElement {
  /** Given by the launcher before the element enters the page. @type {Settings} */
  settings;
  #height = sheet("");
  /** @type {Transport} */ #transport;
  /** @type {Session} */ #session;
  /** @type {Conversation | undefined} */ #conversation;
  /** @type {View} */ #view;
  /** @type {import("./view.js").Ui} */ #ui;
  #hasMore = false;
  /** @type {any} */ #config = null;
  /** @type {AbortController | undefined} */ #listening;
  #draft = "";
  /** What was typed or asked before there was a conversation. */
  #question = "";
  #unread = 0;
  /** @type {typeof import("./talk.js") | undefined} */ #talkParts;
  /** The form that was opened last, as it was asked for. @type {["book" | "faq", import("./booking.js").Start] | undefined} */
  #sheet;

  connectedCallback() {
    // The page took it out and put it back.
    if (this.shadowRoot) return this.#listen();
    this.hidden = true;
    const { base, siteKey, locale, fetch } = this.settings;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet(css), this.#height];
    this.#transport = new Transport(base, locale, async () => (await this.#loadTalk()).readEvents, fetch);
    this.#session = new Session(siteKey);
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.settings.close());
    document.addEventListener("visibilitychange", () => this.#listen());
    addEventListener("online", () => this.#conversation?.retryUnsent().catch(() => this.#expire("")));
    visualViewport?.addEventListener("resize", () => this.#fitKeyboard());
    this.#render();
    this.#view.showLoading();
    // The frame is seen before it is filled.
    setTimeout(() => this.#begin(this.settings.config));
  }

  disconnectedCallback() {
    this.#listen();
  }

  open() {
    this.hidden = false;
    this.#unread = 0;
    this.settings.unread(0);
    this.#listen();
    this.#view.focus();
  }

  hide() {
    this.hidden = true;
    this.#listen();
  }

  /** @param {string} text */
  ask(text) {
    if (this.#conversation && this.#conversation.state !== "closed") this.#send(text);
    else {
      this.#question = text;
      if (this.#config) this.#welcome();
    }
  }

  /** @param {Promise<any>} [early] */
  async #begin(early) {
    try {
      const { siteKey, locale } = this.settings;
      this.#config = (await early?.catch(() => null)) || (await this.#transport.config(siteKey, locale));
      this.settings.colour(this.#config.color);
      this.#render();
      if (location.hash.startsWith("#carbot=")) await (await this.#loadTalk()).resume(this.#transport, this.#session, siteKey);
      if (!(await this.#resume())) this.#welcome();
    } catch (error) {
      this.#fail(error);
      this.#view.showProblem(error);
    }
  }

  /** Goes on with the conversation that this tab had before the page was left. */
  async #resume() {
    const kept = this.#session.read();
    if (!kept) return false;
    this.#view.showLoading();
    this.#draft = kept.draft || "";
    this.#transport.token = kept.token;
    const conversation = this.#makeConversation();
    try {
      await conversation.catchUp();
    } catch (error) {
      this.#transport.token = "";
      if (!Problem.from(error).isExpired) throw error;
      this.#session.forget();
      return false;
    }
    this.#talk(conversation);
    return true;
  }

  /** @param {boolean} [books] the form is wanted, not the assistant */
  async #accept(books) {
    const { siteKey, locale } = this.settings;
    this.#welcome({ isBusy: true });
    try {
      const opening = { site_key: siteKey, locale, consent_version: this.#config.consent.version, page_url: location.origin + location.pathname };
      const started = await this.#transport.start(opening);
      this.#session.keep(started);
      const conversation = this.#makeConversation();
      conversation.load(started);
      this.#talk(conversation);
      const question = this.#question;
      this.#question = "";
      if (question) this.#send(question);
      if (books) this.#showSheet("book");
    } catch (error) {
      const problem = this.#fail(error);
      // The consent text has changed since it was shown: show the new one.
      if (problem.status === 409) this.#config = await this.#transport.config(siteKey, locale, { cache: "reload" }).catch(() => this.#config);
      this.#welcome({ problem });
    }
  }

  #makeConversation() {
    const conversation = new Conversation(this.#transport, (row, isNew) => {
      if (this.#conversation !== conversation) return;
      this.#view.update(conversation, row);
      if (row && isNew) this.#announce(row);
      this.#listen();
    });
    return conversation;
  }

  /** @param {Conversation} conversation */
  #talk(conversation) {
    this.#conversation = conversation;
    this.#view.showConversation(this.#draft);
    this.#loadTalk().then(
      ({ logView, strings }) => {
        if (this.#conversation !== conversation) return;
        this.#view.showLog(logView, this.#ui.withStrings(strings));
        this.#view.update(conversation);
        this.#listen();
      },
      (error) => this.#view.showProblem(error),
    );
  }

  /** @param {string} text */
  #send(text) {
    this.#conversation?.send(text).catch(() => this.#expire(text));
  }

  /** @param {import("./conversation.js").Row} row */
  #announce(row) {
    if (row.isOld) return;
    this.settings.emit("message", { author: row.author, message_id: row.id });
    if (this.hidden && row.author !== "visitor") this.settings.unread(++this.#unread);
  }

  /** The token has run out: consent again, and nothing typed is lost. @param {string} text */
  #expire(text) {
    this.#draft ||= text;
    this.#restart(this.#late("welcome.expired"));
  }

  /** @param {Omit<Parameters<View["showWelcome"]>[0], "question">} [moment] */
  #welcome(moment = {}) {
    this.#view.showWelcome({ question: this.#question, ...moment });
  }

  /** Events flow while somebody looks, or while a person may answer; an answer opens a closed talk again. */
  #listen() {
    const state = this.#talkParts && this.#conversation?.state;
    const isWanted = this.isConnected && state && ((!this.hidden && !document.hidden) || !/bot|closed/.test(state));
    if (!isWanted) {
      this.#listening?.abort();
      this.#listening = undefined;
    } else if (!this.#listening) {
      const { signal } = (this.#listening = new AbortController());
      const events = /** @type {typeof import("./talk.js")} */ (this.#talkParts).events(this.#transport, signal);
      this.#conversation?.follow(events).catch((error) => {
        if (!signal.aborted && Problem.from(error).isExpired) this.#expire("");
      });
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const problem = Problem.from(error);
    this.settings.emit("error", { code: problem.code, status: problem.status });
    return problem;
  }

  /** On phones the keys cover the page instead of making it smaller. */
  #fitKeyboard() {
    this.#height.replaceSync(`:host{--height:${visualViewport?.height}px}`);
  }

  /** Draws the frame; again when the visitor chose another language. */
  #render() {
    const { locale, side, strings } = this.settings;
    const frame = h(`div.${side || "right"}`, { lang: locale, dir: directionOf(locale) });
    /** @type {ShadowRoot} */ (this.shadowRoot).replaceChildren(frame);
    this.#view = new View(frame, this.#makeUi(strings));
    this.#ui = this.#view.ui;
  }

  /** @param {Record<string, string>} strings @returns {import("./view.js").Deeds} */
  #makeUi(strings) {
    const { locale, siteKey, emit, close } = this.settings;
    const t = translator(strings);
    return {
      t, h, icon, locale, siteKey, emit, close,
      config: this.#config ?? {},
      // Another language brings all its strings at once; they win over those of the built-in one.
      withStrings(extra) {
        const all = { ...extra, ...strings };
        return { .../** @type {any} */ (this), t: translator(all) };
      },
      trouble: (problem) => this.#trouble(problem),
      send: (text) => this.#send(text),
      late: (...what) => this.#late(...what),
      draft: (text) => this.#session.keep({ ...this.#session.read(), draft: (this.#draft = text) }),
      retry: (row) => this.#conversation?.retry(row).catch(() => this.#expire(row.text)),
      ask: (method, path, body) => this.#transport.ask(method, path, body),
      accept: () => this.#accept(),
      book: () => this.#accept(true),
      sheet: (...what) => this.#showSheet(...what),
      reload: () => this.#reload(),
      handover: (contact) => this.#handover(contact),
      restart: (reason) => this.#restart(reason),
      speak: (other, theirs) => this.#speak(other, theirs),
      more: () => this.#loadMore(),
    };
  }

  /** @param {unknown} problem */
  #trouble(problem) {
    const text = h("span", {}, this.#ui.t("error.other"));
    this.#loadTalk().then(
      ({ sentence, strings }) => (text.textContent = sentence(this.#ui.withStrings(strings).t, /** @type {any} */ (problem), this.settings.locale)),
      () => {},
    );
    return h("p.problem", { role: "alert" }, icon("alert"), text);
  }

  /** What is said once the talk is there. @param {string} key @param {Record<string, number>} [params] */
  #late(key, params) {
    return this.#talkParts ? this.#ui.withStrings(this.#talkParts.strings).t(key, params) : "";
  }

  #reload() {
    this.#view.showLoading();
    this.#begin();
  }

  /** @param {object} [contact] */
  async #handover(contact) {
    try {
      await this.#conversation?.handover(contact);
    } catch (error) {
      if (!this.#fail(error).isExpired) throw error;
      this.#expire("");
    }
  }

  /** @param {string} [reason] */
  #restart(reason) {
    this.#conversation = undefined;
    this.#listen();
    this.#session.forget();
    this.#transport.token = "";
    this.#welcome({ reason });
  }

  /** The same conversation in another language. @param {string} locale @param {Record<string, string>} strings */
  async #speak(locale, strings) {
    this.settings = { ...this.settings, locale, strings };
    this.#transport.locale = locale;
    this.#config = await this.#transport.config(this.settings.siteKey, locale).catch(() => this.#config);
    const isFormOpen = this.#panel.querySelector(".sheet");
    this.#render();
    if (this.#conversation) this.#talk(this.#conversation);
    else this.#welcome();
    if (isFormOpen && this.#sheet) this.#showSheet(...this.#sheet);
  }

  get #panel() {
    return /** @type {Element} */ (this.shadowRoot?.querySelector(".panel"));
  }

  /** A form in front of the conversation. @param {"book" | "faq"} kind @param {import("./booking.js").Start} [start] */
  #showSheet(kind, start = {}) {
    this.#sheet = [kind, start];
    // What could not be loaded has been said by then.
    this.#loadMore().then((more) => more[kind](this.#ui, this.#panel, start), () => {});
  }

  /** What is needed once there is a conversation. */
  async #loadTalk() {
    if (!this.#talkParts) this.#addStyle((this.#talkParts = await import("./talk.js")).css);
    return this.#talkParts;
  }

  /** What is needed now and then: cards, the menu, the rating. */
  async #loadMore() {
    try {
      await this.#loadTalk();
      const more = await import("./more.js");
      if (!this.#hasMore) this.#addStyle(more.css);
      this.#hasMore = true;
      return more;
    } catch (error) {
      this.#view.status("off", this.#ui.t("error.other"));
      throw error;
    }
  }

  /** @param {string} css */
  #addStyle(css) {
    /** @type {ShadowRoot} */ (this.shadowRoot).adoptedStyleSheets.push(sheet(css));
  }
}
