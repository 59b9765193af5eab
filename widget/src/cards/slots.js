import { bookingCard } from "./booking.js";
import { formNode, mustBeReachable, personFields } from "./form.js";
import { dayOf, hoursOf } from "./times.js";

const DAYS_AT_FIRST = 3;

/**
 * Free times by day; choosing one asks for the little that a booking needs. Only the server's answer
 * makes it a booking.
 * @typedef {{slot_id: string, starts_at: string, ends_at: string, person?: string}} Slot
 * @param {import("../view.js").Ui} ui
 * @param {{slots?: Slot[], items?: Slot[], services?: any[], vehicle?: any, title?: string}} card
 */
export function slotsCard(ui, card) {
  const { t, h } = ui;
  const node = h("section.slots", {});
  offer(card.slots ?? card.items ?? []);
  return node;

  /** @param {Slot[]} slots @param {string} [notice] @param {number} [many] days to show */
  function offer(slots, notice, many = DAYS_AT_FIRST) {
    const days = [...groupByDay(slots)];
    node.replaceChildren(
      h("h3", {}, card.title || t("card.slots.title")),
      ...(notice ? [h("p.problem", { role: "alert" }, notice)] : []),
      ...(slots.length ? [] : [h("p", {}, t("card.slots.none"))]),
      ...days.slice(0, many).map(([day, times]) => h("div.day", {}, h("h4", {}, day), h("div.times", {}, ...times.map((slot) => timeButton(slot, slots))))),
      ...(days.length > many ? [h("button.link", { onclick: () => offer(slots, notice, days.length) }, t("card.slots.more"))] : []),
    );
  }

  /** @param {Slot[]} slots */
  function groupByDay(slots) {
    /** @type {Map<string, Slot[]>} */
    const days = new Map();
    for (const slot of slots) {
      const day = dayOf(ui, slot.starts_at);
      days.set(day, [...(days.get(day) ?? []), slot]);
    }
    return days;
  }

  /** @param {Slot} slot @param {Slot[]} all */
  function timeButton(slot, all) {
    return h("button", { onclick: () => fillIn(slot, all) }, hoursOf(ui, slot.starts_at));
  }

  /** @param {Slot} slot @param {Slot[]} all */
  function fillIn(slot, all) {
    const plate = { name: "plate", label: t("card.plate"), isOptional: true, autocomplete: "off" };
    const note = { name: "note", label: t("card.note"), rows: 2, isOptional: true };
    const form = formNode(ui, {
      fields: [...personFields(ui), ...(card.vehicle ? [] : [plate]), note],
      action: t("card.slots.book"),
      check: mustBeReachable(ui),
      send: (values) => book(slot, values),
    });
    const when = h("p.chosen", {}, h("strong", {}, dayOf(ui, slot.starts_at)), ` · ${t("card.time", { from: hoursOf(ui, slot.starts_at), to: hoursOf(ui, slot.ends_at) })}`);
    node.replaceChildren(h("h3", {}, t("card.slots.chosen")), when, form, h("button.link", { onclick: () => offer(all) }, t("card.back")));
    form.querySelector("input")?.focus();
  }

  /** @param {Slot} slot @param {Record<string, string>} values */
  async function book(slot, { plate, note, ...customer }) {
    const services = (card.services ?? []).map((service) => service.id ?? service);
    const vehicle = card.vehicle ?? (plate ? { plate } : {});
    try {
      const booking = await ui.ask("POST", "bookings", { slot_id: slot.slot_id, customer, vehicle, services, note });
      ui.emit("booked", { id: booking.id, starts_at: booking.starts_at, state: booking.state });
      node.replaceWith(bookingCard(ui, booking));
    } catch (/** @type {any} */ error) {
      if (error.status !== 409) throw error;
      offer(error.body?.slots ?? [], t("card.slots.taken"));
    }
  }
}
