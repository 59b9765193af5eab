/** What asking again would not change. @type {Record<number, string>} */
export const FORBIDDEN = { 401: "error.401", 403: "error.403", 404: "error.404" };

/**
 * What a visitor reads when something failed.
 * @param {import("./translation.js").Translate} t @param {any} problem a Problem, or any error: then no answer came
 * @param {string} locale
 */
export function sentence(t, { status = 0, message, retryAfter, body }, locale) {
  if (status === 0) return t("error.offline");
  if (status === 429) return t("error.429", { wait: duration(retryAfter || 30, locale) });
  if (FORBIDDEN[status]) return t(FORBIDDEN[status]);
  if (status >= 500) return t("error.500");
  // What was refused only the server knows, and it answers in the visitor's language.
  return [...(body?.errors ?? []).map((/** @type {any} */ one) => one.message), message].find(Boolean) || t("error.other");
}

/** @param {number} seconds @param {string} locale */
function duration(seconds, locale) {
  const [value, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
