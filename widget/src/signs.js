const AGAIN_AFTER = 4000;
const READ_AGAIN_AFTER = 2000;

/**
 * What the team sees of a visitor: that they write, and how far they have read. A person alone cares for
 * it, so none of it is told while only the assistant answers. What gets lost is not told again.
 * @param {import("./view.js").Ui} ui @param {Element} log @param {Element | null} composer
 */
export function signs(ui, log, composer) {
  /** @type {import("./conversation.js").Conversation | undefined} */
  let conversation;
  let wrote = 0;
  let read = 0;
  let pause = 0;

  const tell = (/** @type {string} */ path, /** @type {object} */ body) => ui.ask("POST", path, body).catch(() => {});
  composer?.addEventListener("input", () => {
    if (!["waiting", "human"].includes(conversation?.state ?? "") || Date.now() - wrote < AGAIN_AFTER) return;
    wrote = Date.now();
    tell("typing", {});
  });
  document.addEventListener("visibilitychange", show);
  new IntersectionObserver(show).observe(log);
  return { follow };

  /** @param {import("./conversation.js").Conversation} current */
  function follow(current) {
    conversation = current;
    show();
  }

  function again() {
    pause = 0;
    show();
  }

  function show() {
    if (pause || document.hidden || !conversation || conversation.lastSeq <= read || !conversation.rows.some(({ author }) => author === "staff")) return;
    // Without a parent to be placed by it is in no page, or the panel is closed. Asked last: it costs a layout.
    if (!(/** @type {HTMLElement} */ (log).offsetParent)) return;
    read = conversation.lastSeq;
    tell("reading", { seq: read });
    // Many messages at once are read at once, and told once.
    pause = /** @type {any} */ (setTimeout(again, READ_AGAIN_AFTER));
  }
}
