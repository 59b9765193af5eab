/** @param {any[]} services */
export const namesOf = (services) => services.map(({ name }) => name).filter(Boolean).join(", ");

/** `ca. 2 Std. · ab 278,00 €`: the longest set-up counts once, what depends on the car is not added up.
 * @param {import("../view.js").Ui} ui @param {any[]} services */
export function sumText({ t, locale }, services) {
  if (!services.length) return "";
  const sum = (/** @type {(one: any) => number} */ of) => services.reduce((total, one) => total + of(one), 0);
  const minutes = sum((one) => one.duration_minutes - one.setup_minutes) + Math.max(...services.map((one) => one.setup_minutes));
  const [value, unit] = minutes < 120 ? [minutes, "minute"] : [Math.round(minutes / 30) / 2, "hour"];
  const show = (/** @type {number} */ number, /** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(locale, options).format(number);
  const isOpen = services.some((one) => one.price_from || one.price == null);
  const price = sum((one) => Number(one.price)) && show(sum((one) => Number(one.price)), { style: "currency", currency: services[0].currency });
  return t(price ? (isOpen ? "book.from" : "book.sum") : "book.open", { time: show(value, { style: "unit", unit }), price });
}
