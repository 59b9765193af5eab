import { namesOf } from "../booking/sums.js";
import { spanOf } from "./times.js";

/**
 * A booking that the server made; nothing else ever looks like this. Without times staff plan it.
 * @param {import("../view.js").Ui} ui
 * @param {{id?: string, code?: string, state?: string, starts_at?: string, ends_at?: string, services?: any[], title?: string}} booking
 */
export function bookingCard(ui, { id, code, state, starts_at, ends_at, services = [], title }) {
  const { t, h } = ui;
  const names = namesOf(services) || title;
  const isOver = ["cancelled", "no_show", "collected"].includes(state ?? "");
  const [day, hours] = starts_at && ends_at ? spanOf(ui, { starts_at, ends_at }) : [];
  return h(
    "section.booking",
    {},
    h("h3", {}, t(headline(state))),
    day && h("p.when", {}, h("strong", {}, day), h("span", {}, hours)),
    names && h("p", {}, names),
    code && h("p", {}, t("card.booking.code"), " ", h("strong", {}, code)),
    !starts_at && !isOver && h("p", {}, t("card.booking.toPlan")),
    starts_at && !isOver && h("button.link", { onclick: download }, t("card.booking.calendar")),
  );

  function download() {
    const address = URL.createObjectURL(new Blob([calendarFile()], { type: "text/calendar" }));
    h("a", { href: address, download: "termin.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function calendarFile() {
    const stamp = (/** @type {any} */ at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
    const clean = (/** @type {string} */ text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ");
    const event = [`UID:${id ?? starts_at}@carbot`, `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(starts_at)}`, `DTEND:${stamp(ends_at)}`, `SUMMARY:${clean(`${ui.config.name}: ${names || t("card.booking.title")}`)}`];
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CarBot//Widget//DE", "BEGIN:VEVENT", ...event, "END:VEVENT", "END:VCALENDAR"].join("\r\n");
  }
}

/** @param {string} [state] */
function headline(state) {
  if (state === "requested") return "card.booking.requested";
  if (state === "confirmed") return "card.booking.confirmed";
  if (state === "cancelled") return "card.booking.cancelled";
  return "card.booking.title";
}
