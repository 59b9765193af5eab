import { Problem } from "./problem.js";

/**
 * One line of the conversation as it is shown.
 * @typedef {object} Row
 * @property {string} key stays the same for as long as the row lives
 * @property {string} [id] the server's message_id, once known
 * @property {string} [clientId] repeated on every try, so that the server answers once
 * @property {"visitor" | "bot" | "staff" | "system"} author
 * @property {string} [name] the person who wrote it
 * @property {string} text
 * @property {string} at RFC 3339
 * @property {"pending" | "streaming" | "sent" | "failed"} status
 * @property {object[]} cards
 * @property {{kind: string, label: string}[]} [sources]
 * @property {Problem} [problem]
 * @property {boolean} [isPartial] the answer was cut off
 * @property {boolean} [isOld] was there before this page was
 */

const TRIES = 3;
const TYPING_LASTS = 6000;

/** What was said, by whom, and who is answering. Knows no page; tells its changes to one listener. */
export class Conversation {
  /** @type {Row[]} */
  rows = [];
  /** @type {"bot" | "waiting" | "human" | "closed"} */
  state = "bot";
  /** The staff person's name in state `human`. */
  person = "";
  /** A sentence of the server about the state, such as the opening time. */
  note = "";
  /** Who is writing: `bot`, a name, or nobody. */
  typing = "";
  /** Whether the visitor has rated it, as the server knows, and what the card about it knows. @type {{isGiven?: boolean}} */
  rating = {};
  /** Number of the newest message that is known. */
  lastSeq = 0;

  #transport;
  #changed;
  #pause;
  /** @type {Row | null} */
  #streaming = null;
  #isAnswering = false;
  /** @type {any[]} messages that came by event while the same may still be arriving as a stream */
  #held = [];
  /** @type {Set<string>} */
  #known = new Set();
  #isFresh = true;
  #queue = Promise.resolve();
  #typingTimer = 0;

  /**
   * @param {import("./transport.js").Transport} transport
   * @param {(row?: Row, isNew?: boolean) => void} [changed] with a row: only this one changed
   * @param {{pause?: (ms: number) => Promise<void>}} [seams]
   */
  constructor(transport, changed = () => {}, { pause = (ms) => new Promise((done) => setTimeout(done, ms)) } = {}) {
    this.#transport = transport;
    this.#changed = changed;
    this.#pause = pause;
  }

  get isEmpty() {
    return !this.rows.some((row) => row.author === "visitor");
  }

  /** The messages and the state that a start or a look-up brought. @param {any} found */
  load(found) {
    for (const message of found.messages ?? found.items ?? []) this.#receive(message, true);
    this.rating.isGiven ||= found.is_rated;
    if (found.state) this.#enter(found);
    this.#changed();
  }

  /** Everything behind the last message that is known, page by page. */
  async catchUp() {
    let found;
    do this.load((found = await this.#transport.ask("GET", `messages?after=${this.lastSeq}`)));
    while (found.next);
  }

  /** Sends a text; messages wait for each other. Rejects only when the token has run out. @param {string} text */
  send(text) {
    const clientId = uuid();
    /** @type {Row} */
    const row = { key: clientId, clientId, author: "visitor", text, at: now(), status: "pending", cards: [] };
    this.#add(row);
    return this.#deliver(row);
  }

  /** @param {Row} row a failed one */
  retry(row) {
    row.status = "pending";
    row.problem = undefined;
    this.#changed(row);
    return this.#deliver(row);
  }

  retryUnsent() {
    return Promise.all(this.rows.filter((row) => row.status === "failed" && row.problem?.isTemporary).map((row) => this.retry(row)));
  }

  /** @param {AsyncIterable<{event: string, data: any}>} events staff replies, state and typing */
  async follow(events) {
    for await (const { event, data } of events) {
      if (event === "open") {
        // What was said while nobody listened is not sent again.
        if (!this.#isFresh && !data.isResumed) await this.catchUp().catch(() => {});
        this.#isFresh = false;
      }
      if (event === "message") this.#receive(data);
      if (event === "typing") this.#type(data.name ?? "");
      if (event === "state") this.#enter(data);
    }
  }

  /** @param {object} [contact] how to reach the visitor when nobody is there now */
  async handover(contact) {
    const answer = await this.#transport.ask("POST", "handover", contact ?? {});
    this.#enter({ state: "waiting", ...answer });
    if (answer.card) this.#add(systemRow("", [answer.card]));
  }

  /** A line that only this page knows. @param {string} text @param {object[]} [cards] */
  tell(text, cards) {
    this.#add(systemRow(text, cards));
  }

  /** @param {Row} row @returns {Promise<void>} */
  #deliver(row) {
    const delivery = this.#queue.then(() => this.#tryToDeliver(row));
    this.#queue = delivery.catch(() => {});
    return delivery;
  }

  /** @param {Row} row */
  async #tryToDeliver(row) {
    this.#isAnswering = true;
    try {
      for (let attempt = 1; !(await this.#isDelivered(row, attempt)); attempt++) await this.#pause(attempt * 800);
    } finally {
      this.#isAnswering = false;
      for (const message of this.#held.splice(0)) this.#receive(message);
    }
  }

  /** False when another try is due. @param {Row} row @param {number} attempt */
  async #isDelivered(row, attempt) {
    try {
      await this.#stream(row);
    } catch (error) {
      const problem = Problem.from(error);
      if (problem.isTemporary && attempt < TRIES && globalThis.navigator?.onLine !== false) return false;
      row.status = "failed";
      row.problem = problem;
      this.#changed(row);
      if (problem.isExpired) throw problem;
    }
    return true;
  }

  /** @param {Row} row */
  async #stream(row) {
    let isDone = false;
    try {
      const message = { client_id: /** @type {string} */ (row.clientId), text: row.text };
      for await (const { event, data } of this.#transport.send(message)) {
        if (event === "accepted") this.#accept(row, data);
        if (event === "delta") this.#extend(row, (reply) => (reply.text += data.text));
        if (event === "card") this.#extend(row, (reply) => reply.cards.push(data));
        if (event === "error") throw new Problem(data, 500);
        if (event === "done") {
          // Without an id nothing of it was stored: a person took over in the middle of the answer.
          if (data.message_id) this.#finish(data);
          else this.#forgetReply(row);
          this.#enter(data);
          isDone = true;
        }
      }
      if (!isDone) throw new Problem();
    } finally {
      this.#streaming = null;
      if (!isDone) this.#forgetReply(row);
      this.#type("");
    }
  }

  /** @param {Row} row @param {any} data */
  #accept(row, data) {
    if (data.message_id) this.#know(row, data.message_id);
    row.status = "sent";
    this.#changed(row);
    if (this.state === "bot") this.#type("bot");
  }

  /** @param {Row} question @param {(reply: Row) => void} change */
  #extend(question, change) {
    const isNew = !this.#streaming;
    this.#streaming ??= { key: `${question.key}:reply`, author: "bot", text: "", at: now(), status: "streaming", cards: [] };
    change(this.#streaming);
    if (isNew) this.#type("");
    if (isNew) this.#add(this.#streaming);
    else this.#changed(this.#streaming);
  }

  /** @param {any} data */
  #finish(data) {
    const reply = this.#streaming;
    if (reply) {
      this.#know(reply, data.message_id);
      // An event may have brought the same answer while an earlier try was cut off.
      this.rows = this.rows.filter((row) => row === reply || !row.id || row.id !== reply.id);
      reply.status = "sent";
      reply.sources = data.sources;
      this.#changed(reply);
    }
  }

  /** A half answer goes when the try failed: the next try brings the whole one. @param {Row} question */
  #forgetReply(question) {
    const before = this.rows.length;
    this.rows = this.rows.filter((row) => row.key !== `${question.key}:reply`);
    if (this.rows.length < before) this.#changed();
  }

  /** @param {any} message @param {boolean} [isOld] */
  #receive(message, isOld) {
    this.lastSeq = Math.max(this.lastSeq, message.seq ?? 0);
    if (this.#known.has(message.message_id)) return;
    if (this.#isAnswering && message.author === "bot") {
      this.#held.push(message);
      return;
    }
    const own = message.author === "visitor" && this.rows.find((row) => !row.id && isSame(row, message));
    if (own) return this.#know(own, message.message_id);
    if (message.author === "staff") this.#type("");
    /** @type {Row} */
    const row = {
      key: message.message_id,
      author: message.author,
      name: message.name,
      text: message.text ?? "",
      at: message.created_at ?? now(),
      status: "sent",
      cards: message.cards ?? [],
      sources: message.sources,
      isPartial: message.is_partial,
      isOld,
    };
    this.#know(row, message.message_id);
    this.#add(row);
  }

  /** @param {any} facts state, name, note */
  #enter({ state, name, note }) {
    if (!state) return;
    if (state !== this.state) this.note = "";
    this.state = state;
    this.person = state === "human" ? (name ?? this.person) : "";
    this.note = note ?? this.note;
    this.#changed();
  }

  /** @param {string} who */
  #type(who) {
    clearTimeout(this.#typingTimer);
    // The news that a person stopped writing may get lost; the bot always ends its own.
    if (who && who !== "bot") this.#typingTimer = /** @type {any} */ (setTimeout(() => this.#type(""), TYPING_LASTS));
    if (who === this.typing) return;
    this.typing = who;
    this.#changed();
  }

  /** @param {Row} row @param {string} id */
  #know(row, id) {
    row.id = id;
    this.#known.add(id);
  }

  /** @param {Row} row */
  #add(row) {
    this.rows.push(row);
    this.#changed(row, true);
  }
}

/** @param {Row} row @param {any} message */
function isSame(row, message) {
  return row.author === "visitor" && (message.client_id ? row.clientId === message.client_id : row.text === message.text);
}

/** @param {string} text @param {object[]} [cards] @returns {Row} */
function systemRow(text, cards = []) {
  return { key: uuid(), author: "system", text, at: now(), status: "sent", cards };
}

function now() {
  return new Date().toISOString();
}

/** Tells messages of one conversation apart. crypto.randomUUID is missing on pages without https, and workshops have such pages. */
function uuid() {
  return "00000000-0000-4000-a000-000000000000".replace(/0/g, () => ((Math.random() * 16) | 0).toString(16));
}
