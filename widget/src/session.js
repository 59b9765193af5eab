/**
 * Where the visitor's token lives: in the host page's own sessionStorage, written only after consent,
 * gone with the tab. Where storage is blocked it lives in memory.
 */
export class Session {
  #key;
  #storage;
  /** @type {string | null} */
  #memory = null;

  /** @param {string} siteKey @param {() => Storage} [storage] */
  constructor(siteKey, storage = () => sessionStorage) {
    this.#key = `carbot:${siteKey}`;
    this.#storage = storage;
  }

  /** @returns {{token: string, expires_at?: string, draft?: string} | null} */
  read() {
    const kept = JSON.parse(this.#attempt((storage) => storage.getItem(this.#key)) ?? this.#memory ?? "null");
    return kept && !(Date.parse(kept.expires_at) < Date.now()) ? kept : null;
  }

  /** @param {any} started with the token, its end and what is typed but not sent */
  keep({ token, expires_at, draft }) {
    this.#memory = JSON.stringify({ token, expires_at, draft });
    this.#attempt((storage) => storage.setItem(this.#key, /** @type {string} */ (this.#memory)));
  }

  forget() {
    this.#memory = null;
    this.#attempt((storage) => storage.removeItem(this.#key));
  }

  /** @template T @param {(storage: Storage) => T} action @returns {T | undefined} */
  #attempt(action) {
    try {
      return action(this.#storage());
    } catch {
      return undefined;
    }
  }
}
