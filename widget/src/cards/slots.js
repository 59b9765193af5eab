import { finish } from "./done.js";
import { dayOf, hoursOf } from "./times.js";

const DAYS_AT_FIRST = 3;

/**
 * Free times by day; choosing one opens the form that asks for the little that a booking needs.
 * @typedef {{slot_id: string, starts_at: string, ends_at: string}} Slot
 * @param {import("../view.js").Ui} ui
 * @param {{slots?: Slot[], services?: any[], title?: string}} card
 */
export function slotsCard(ui, card) {
  const { slots = [], services = [], title } = card;
  const { t, h } = ui;
  const node = h("section");
  offer(DAYS_AT_FIRST);
  return node;

  /** @param {number} many days to show */
  function offer(many) {
    const days = [...groupByDay()];
    node.replaceChildren(
      h("h3", {}, title || t("card.slots.title")),
      ...(slots.length ? [] : [h("p", {}, t("card.slots.none"))]),
      ...days.slice(0, many).map(([day, times]) => h("div", { role: "group", "aria-label": day }, h("h4", {}, day), h("div.times", {}, ...times.map(timeButton)))),
      ...(days.length > many ? [h("button.link", { onclick: () => offer(days.length) }, t("card.slots.more"))] : []),
      h("button.link", { onclick: () => ui.sheet("book", { services }) }, t("card.slots.other")),
    );
  }

  function groupByDay() {
    /** @type {Map<string, Slot[]>} */
    const days = new Map();
    for (const slot of slots) {
      const day = dayOf(ui, slot.starts_at);
      days.set(day, [...(days.get(day) ?? []), slot]);
    }
    return days;
  }

  /** @param {Slot} slot */
  function timeButton(slot) {
    return h("button", { onclick: () => ui.sheet("book", { services, slot, done }) }, hoursOf(ui, slot.starts_at));
  }

  /** The server puts the booking's own card into the conversation. @param {{code: string}} booking */
  function done({ code }) {
    finish(ui, node, card, "card.slots.done", { code });
  }
}
