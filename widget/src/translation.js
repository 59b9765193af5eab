const RIGHT_TO_LEFT = ["ar", "fa", "he"];

/** @typedef {(key: string, params?: Record<string, string | number>) => string} Translate */

/** @param {Record<string, string>} strings @returns {Translate} */
export function translator(strings) {
  return (key, params = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

/** @param {string} locale */
export function directionOf(locale) {
  return RIGHT_TO_LEFT.includes(locale.slice(0, 2)) ? "rtl" : "ltr";
}
