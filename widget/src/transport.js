import { Problem } from "./problem.js";

const TIMEOUT = 20_000;

/** @typedef {(body: ReadableStream<Uint8Array>) => AsyncIterable<{event: string, data: any}>} Reader */

/** Speaks the widget API. Knows addresses and headers; knows nothing of conversations or pages. */
export class Transport {
  /** The visitor's token; it travels in a header only. */
  token = "";
  /** In which language the server answers. */
  locale;
  #base;
  #fetch;
  #reader;

  /**
   * @param {string} base address of the widget API, ends with a slash
   * @param {string} locale
   * @param {() => Promise<Reader>} reader of event streams; comes late because no first screen needs it
   * @param {typeof fetch} [request]
   */
  constructor(base, locale, reader, request = (...args) => fetch(...args)) {
    this.#base = base;
    this.locale = locale;
    this.#reader = reader;
    this.#fetch = request;
  }

  /** @param {string} siteKey @param {string} locale @param {RequestInit} [init] */
  async config(siteKey, locale, init) {
    const response = await this.request("GET", `config?${new URLSearchParams({ site_key: siteKey, locale })}`, undefined, init);
    return response.json();
  }

  /** @param {object} opening site_key, locale, consent_version, page_url */
  async start(opening) {
    const started = await this.ask("POST", "conversations", opening);
    this.token = started.token;
    return started;
  }

  /** One request with one JSON answer. @param {string} method @param {string} path @param {object} [body] */
  async ask(method, path, body) {
    const response = await this.request(method, path, body, { signal: AbortSignal.timeout(TIMEOUT) });
    return response.json().catch(() => ({}));
  }

  /** @param {{client_id: string, text: string}} message */
  async *send(message) {
    const { body } = await this.request("POST", "messages", message);
    if (!body) throw new Problem();
    yield* (await this.#reader())(body);
  }

  /** @param {string} method @param {string} path @param {object} [body] @param {RequestInit} [init] */
  async request(method, path, body, init = {}) {
    /** @type {Record<string, any>} */
    const headers = { "Accept-Language": this.locale, ...init.headers };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const wish = { ...init, method, headers, body: body && JSON.stringify(body), credentials: /** @type {const} */ ("omit") };
    const response = await this.#fetch(this.#base + path, wish).catch(() => {
      throw new Problem();
    });
    if (!response.ok) throw await Problem.read(response);
    return response;
  }
}
