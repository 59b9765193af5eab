import { dayOf, hoursOf } from "./times.js";

/**
 * A booking that the server made; nothing else ever looks like this.
 * @param {import("../view.js").Ui} ui
 * @param {{id?: string, state?: string, starts_at: string, ends_at: string, services?: any[], title?: string}} booking
 */
export function bookingCard(ui, { id, state, starts_at, ends_at, services = [], title }) {
  const { t, h } = ui;
  const names = services.map((service) => service.name).filter(Boolean).join(", ");
  const calendar = h("button.link", { onclick: download }, t("card.booking.calendar"));
  return h(
    "section.booking",
    {},
    h("h3", {}, title || t(headline(state))),
    h("p.when", {}, h("strong", {}, dayOf(ui, starts_at)), h("span", {}, t("card.time", { from: hoursOf(ui, starts_at), to: hoursOf(ui, ends_at) }))),
    names && h("p", {}, names),
    state !== "cancelled" && calendar,
  );

  function download() {
    const address = URL.createObjectURL(new Blob([calendarFile()], { type: "text/calendar" }));
    h("a", { href: address, download: "termin.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function calendarFile() {
    const stamp = (/** @type {string} */ at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
    const clean = (/** @type {string} */ text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CarBot//Widget//DE", "BEGIN:VEVENT", `UID:${id ?? starts_at}@carbot`, `DTSTAMP:${stamp(new Date().toISOString())}`];
    lines.push(`DTSTART:${stamp(starts_at)}`, `DTEND:${stamp(ends_at)}`, `SUMMARY:${clean(`${ui.config.name}: ${names || t("card.booking.title")}`)}`, "END:VEVENT", "END:VCALENDAR");
    return lines.join("\r\n");
  }
}

/** @param {string} [state] */
function headline(state) {
  if (state === "confirmed") return "card.booking.confirmed";
  if (state === "cancelled") return "card.booking.cancelled";
  return state ? "card.booking.requested" : "card.booking.title";
}
