/** @type {Record<string, string>} */
const TITLES = { estimate: "card.estimate.title", vehicle: "card.vehicle.title" };
/** Letters of a value that fit beside a label. */
const WIDEST = 20;
/** The portal, which this file came from. */
const HOST = new URL("/", import.meta.url).href;

/**
 * Any card that is told rather than asked: a heading, a text, lines of label and value. Knows the
 * usual fields of estimates and vehicles and falls back to whatever plain values there are.
 * @param {import("../view.js").Ui} ui @param {any} card
 */
export function factsCard(ui, card) {
  const { t, h } = ui;
  const lines = (card.rows ?? card.lines ?? plainValues(card)).map((/** @type {any} */ line) => [line.label ?? line.name, valueOf(line)]);
  const heading = card.title ?? (TITLES[card.kind] ? t(TITLES[card.kind]) : "");
  return h(
    "section",
    {},
    heading && h("h3", {}, heading),
    card.text && h("p", {}, card.text),
    lines.length > 0 && list(lines.flatMap((/** @type {string[]} */ [label, value]) => [h("dt", {}, label ?? ""), h("dd", {}, value)])),
    ...(card.reports ?? []).map(reportLink),
    card.total != null && h("p.total", {}, h("span", {}, t("card.total")), valueOf({ value: card.total, currency: card.currency })),
  );

  /** A released report, which is read in the portal: whatever else a card may name is not followed.
   * @param {{address: string, headline: string, released_on: string}} report */
  function reportLink({ address, headline, released_on }) {
    const date = new Date(released_on).toLocaleDateString(ui.locale, { dateStyle: "medium", timeZone: "UTC" });
    const hint = h("span.unseen", {}, ` (${t("newTab")})`);
    return address.startsWith(HOST) && h("a.choice", { href: address, target: "_blank", rel: "noopener" }, h("span", {}, t("card.report", { date }), hint, h("small", {}, headline)));
  }

  /** What is told in words stands below its date. @param {HTMLElement[]} entries */
  function list(entries) {
    const isLong = lines.some((/** @type {string[]} */ [, value]) => value.length > WIDEST);
    return h(isLong ? "dl.told" : "dl", {}, ...entries);
  }

  /** @param {any} line */
  function valueOf({ value, amount, price, currency = card.currency }) {
    const sum = amount ?? price ?? (currency && value);
    if (sum != null && currency && Number.isFinite(Number(sum))) return new Intl.NumberFormat(ui.locale, { style: "currency", currency }).format(Number(sum));
    return String(sum ?? value ?? "");
  }
}

/** @param {Record<string, unknown>} card */
function plainValues({ kind, title, text, total, currency, ...rest }) {
  return Object.entries(rest)
    .filter(([name, value]) => ["string", "number"].includes(typeof value) && !name.endsWith("id"))
    .map(([name, value]) => ({ label: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "), value }));
}
