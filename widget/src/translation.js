/** @typedef {(key: string, params?: Record<string, string | number>) => string} Translate */

/** @param {Record<string, string>} strings @returns {Translate} */
export function translator(strings) {
  return (key, params = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => /** @type {any} */ (params[name] ?? whole));
}

/** @param {string} locale one of ours: a single one of them runs from right to left */
export function directionOf(locale) {
  return locale === "ar" ? "rtl" : "ltr";
}
