/** Appointments are shown in the workshop's time, wherever the visitor is. */
const WORKSHOP_ZONE = "Europe/Berlin";

/** @param {import("../view.js").Ui} ui @param {string} at */
export function dayOf(ui, at) {
  return format(ui, at, { weekday: "long", day: "numeric", month: "long" });
}

/** @param {import("../view.js").Ui} ui @param {string} at */
export function hoursOf(ui, at) {
  return format(ui, at, { hour: "2-digit", minute: "2-digit" });
}

/** @param {import("../view.js").Ui} ui @param {string} at @param {Intl.DateTimeFormatOptions} options */
function format({ locale, config }, at, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: config.time_zone || WORKSHOP_ZONE, hourCycle: "h23", ...options }).format(new Date(at));
}
