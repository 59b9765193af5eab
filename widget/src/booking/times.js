import { dateOf, dayOf, format, hoursOf } from "../cards/times.js";
import { namesOf, sumText } from "./sums.js";

const DAY = 86_400_000;
const DAYS = 14;

/** When it is to be done: a day on which something is free, and a time of that day.
 * @param {import("../booking.js").Booking} booking @param {string} [notice] */
export function timesStep(booking, notice) {
  const { ui, offer, wish, sheet } = booking;
  const { t, h } = ui;
  // Days are plain dates, whatever the time zone.
  const plain = { ...ui, config: { time_zone: "UTC" } };
  const place = h("div.pick");
  const chosen = h("p.chosen", {}, h("strong", {}, namesOf(wish.services)), h("small", {}, sumText(ui, wish.services)));
  sheet.show(t("book.when"), [chosen, notice && h("p.problem", { role: "alert" }, notice), place], [], booking.pick);
  load((wish.from ??= dateOf(ui, new Date().toISOString())));

  /** @param {string} from the first of two weeks, which are left out while nothing is free in them */
  async function load(from) {
    wish.from = from;
    const to = plus(from, DAYS - 1);
    place.replaceChildren(ui.skeleton());
    const asked = new URLSearchParams({ from, to: to < offer.last_day ? to : offer.last_day, waits: String(wish.waits) });
    for (const { id } of wish.services) asked.append("service_id", id);
    try {
      const { items, next_from } = await ui.ask("GET", `slots?${asked}`);
      if (items.length) showDays(items, plus(to, 1));
      else if (next_from) load(next_from);
      else place.replaceChildren(h("p", {}, t("card.slots.none")), h("a", { href: ui.config.booking.page, target: "_blank", rel: "noopener" }, t("book.waitingList")), ui.phoneLink());
    } catch (error) {
      sheet.fail(error, booking.when);
    }
  }

  /** @param {any[]} slots @param {string} later */
  function showDays(slots, later) {
    const times = h("div", { role: "group" });
    const days = [...new Set(slots.map((slot) => dateOf(ui, slot.starts_at)))];
    const buttons = days.map((day) => h("button", { onclick: () => choose(day) }, h("small", {}, format(plain, day, { weekday: "short" })), format(plain, day, { day: "numeric" }), h("small", {}, format(plain, day, { month: "short" }))));
    place.replaceChildren(h("div.days", {}, ...buttons, later <= offer.last_day && h("button", { onclick: () => load(later) }, t("book.later"))), times);
    choose(days.find((day) => wish.slot && day === dateOf(ui, wish.slot.starts_at)) ?? days[0]);

    /** @param {string} day */
    function choose(day) {
      days.forEach((one, n) => buttons[n].setAttribute("aria-pressed", String(one === day)));
      times.replaceChildren(h("h4", {}, dayOf(plain, day)), h("div.times", {}, ...slots.filter((slot) => dateOf(ui, slot.starts_at) === day).map(timeButton)));
    }
  }

  /** @param {any} slot */
  function timeButton(slot) {
    const choose = () => {
      wish.slot = slot;
      booking.who();
    };
    return h("button", { onclick: choose }, hoursOf(ui, slot.starts_at));
  }
}

/** Days are plain dates such as `2026-11-24`. @param {string} day @param {number} count */
function plus(day, count) {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}
