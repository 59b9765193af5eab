/** What went wrong, in the shape of the server's problem+json; status 0 means that no answer came. */
export class Problem extends Error {
  /** @param {any} [body] @param {number} [status] @param {number} [retryAfter] seconds, 0 when not named */
  constructor(body = {}, status = 0, retryAfter = 0) {
    super(body.detail || body.title);
    this.body = body;
    this.status = body.status || status;
    this.code = body.code || (this.status ? "" : "OFFLINE");
    this.retryAfter = retryAfter;
  }

  /** Worth the same request again: nothing was refused, something was only unreachable. */
  get isTemporary() {
    return !this.status || this.status > 501;
  }

  get isExpired() {
    return this.status === 401;
  }

  /** @param {any} error @returns {Problem} */
  static from(error) {
    return error instanceof Problem ? error : new Problem();
  }

  /** @param {Response} response */
  static async read(response) {
    const body = await response.json().catch(() => ({}));
    return new Problem(body, response.status, Number(response.headers.get("Retry-After")) || 0);
  }
}
