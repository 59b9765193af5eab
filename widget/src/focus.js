/**
 * What is pressed is often replaced by what comes of it, and the keyboard would be back at the page's
 * beginning: it stays at the nearest place that is left.
 * @param {Element} panel
 */
export function keepFocus(panel) {
  /** @type {HTMLElement[]} */
  let trail = [];
  panel.addEventListener("focusin", (event) => (trail = /** @type {HTMLElement[]} */ (event.composedPath())));
  // Who went elsewhere is left there: what they leave behind still stands a moment later.
  panel.addEventListener("focusout", () => setTimeout(() => rootOf(panel).activeElement || !trail[0]?.isConnected || (trail = [])));
  new MutationObserver(() => {
    if (rootOf(panel).activeElement || !trail[0] || trail[0].isConnected) return;
    trail.find((one) => one.isConnected && one.hasAttribute("tabindex"))?.focus();
  }).observe(panel, { childList: true, subtree: true });
}

/** @param {Element} panel */
function rootOf(panel) {
  return /** @type {ShadowRoot} */ (panel.getRootNode());
}
