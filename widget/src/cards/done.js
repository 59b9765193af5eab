/**
 * What was used is done, and stays so in whatever language it is shown next.
 * @param {import("../view.js").Ui} ui @param {Element} node @param {any} card
 * @param {string} key what is said instead of a form @param {Record<string, string>} [params]
 */
export function finish({ t, h }, node, card, key, params) {
  card.outcome = [key, params];
  node.replaceChildren(h("p.done", { role: "status" }, t(key, params)));
}
