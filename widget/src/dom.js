const NAMESPACE = "http://www.w3.org/";

/** Drawn for a field of 24 by 24, one stroke wide. @type {Record<string, string>} */
const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M5 11v2M12 11v2M19 11v2",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  phone: "M6 4h3l1.5 4.5L8.5 10a12 12 0 0 0 5.5 5.5l1.5-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z",
  spark: "M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2z",
  alert: "M12 8v5M12 16.5h.01M12 3a9 9 0 1 0 .01 0z",
};

/** @typedef {Node | string | null | undefined | false | 0 | ""} Child */

/**
 * Makes an element; text only ever becomes text. The one place that makes nodes.
 * @param {string} kind `tag` or `tag.class.class`
 * @param {Record<string, any>} [props] attributes, and `onclick` and its like as listeners
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(kind, props = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = /** @type {HTMLElement} */ (document.createElementNS(NAMESPACE + (/svg|path/.test(tag) ? "2000/svg" : "1999/xhtml"), tag));
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return element;
}

/** @param {string} name one of the above, or a path of its own */
export function icon(name) {
  return h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: ICONS[name] ?? name }));
}

/** @param {string} css */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
