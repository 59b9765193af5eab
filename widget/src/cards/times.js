/** Appointments are shown in the workshop's time, wherever the visitor is. */
const WORKSHOP_ZONE = "Europe/Berlin";

/** @typedef {import("../view.js").Ui} Ui */

/** @param {Ui} ui @param {string} at */
export function dayOf(ui, at) {
  return format(ui, at, { weekday: "long", day: "numeric", month: "long" });
}

/** @param {Ui} ui @param {string} at */
export function hoursOf(ui, at) {
  return format(ui, at, { hour: "2-digit", minute: "2-digit" });
}

/** The day there as a plain date, `2026-11-24`. @param {Ui} ui @param {string} at */
export function dateOf(ui, at) {
  return format({ ...ui, locale: "sv" }, at, {});
}

/** The day, and from when to when. @param {Ui} ui @param {{starts_at: string, ends_at: string}} slot */
export function spanOf(ui, { starts_at, ends_at }) {
  const [day, last] = [dayOf(ui, starts_at), dayOf(ui, ends_at)];
  const to = hoursOf(ui, ends_at);
  return [day, ui.t("card.time", { from: hoursOf(ui, starts_at), to: day === last ? to : `${last} ${to}` })];
}

/** @param {Ui} ui @param {string} at @param {Intl.DateTimeFormatOptions} options */
export function format({ locale, config }, at, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: config.time_zone || WORKSHOP_ZONE, hourCycle: "h23", ...options }).format(new Date(at));
}
