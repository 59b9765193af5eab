import { basketStep } from "./booking/basket.js";
import { detailsStep } from "./booking/details.js";
import { timesStep } from "./booking/times.js";
import { bookingCard } from "./cards/booking.js";
import { sheetIn } from "./sheet.js";

/**
 * What is known when the form opens; with a `slot` only the visitor's own details are missing.
 * @typedef {object} Start
 * @property {{id: string}[]} [services]
 * @property {Slot} [slot]
 * @property {(booking: any) => void} [done] told of the booking
 * @property {Wish} [wish] what had been chosen when the form was left for another language
 *
 * @typedef {{slot_id: string, starts_at: string, ends_at: string}} Slot
 *
 * What the visitor has chosen so far; nothing of it is stored anywhere but here.
 * @typedef {object} Wish
 * @property {any[]} services
 * @property {boolean} waits
 * @property {string} text what is to be done, where staff plan the time
 * @property {Slot} [slot]
 * @property {string} [from] the first day of those that are looked at
 * @property {Record<string, string>} typed
 *
 * @typedef {object} Booking
 * @property {import("./view.js").Ui} ui
 * @property {any} offer services, terms and the last day that can be booked
 * @property {Wish} wish
 * @property {boolean} isDescribed staff plan the time after reading
 * @property {string} via
 * @property {ReturnType<typeof import("./sheet.js").sheetIn>} sheet
 * @property {() => void} pick
 * @property {(notice?: string) => void} when
 * @property {() => void} who
 * @property {(made: any) => void} done
 */

/** The form that books without any AI, in front of the conversation.
 * @param {import("./view.js").Ui} ui with all strings @param {Element} panel @param {Start} start */
export function openForm(ui, panel, start) {
  const { t, h } = ui;
  const sheet = sheetIn(ui, panel);
  begin();
  return sheet.node;

  async function begin() {
    sheet.show(t("book.title"), [ui.skeleton()]);
    const offer = await ui.ask("GET", "services").catch((error) => sheet.fail(error, begin));
    if (!offer) return;
    const { slot } = start;
    const ids = (start.wish ?? start).services?.map(({ id }) => id) ?? [];
    const wish = (start.wish = { slot, waits: false, text: "", typed: {}, ...start.wish, services: offer.items.filter((/** @type {any} */ one) => ids.includes(one.id)) });
    /** @type {Booking} */
    const booking = {
      ui, offer, sheet, done, wish,
      isDescribed: ui.config.booking?.mode === "describe",
      via: slot ? "chat" : "form",
      pick: () => basketStep(booking),
      when: (notice) => timesStep(booking, notice),
      who: () => detailsStep(booking),
    };
    if (wish.slot) booking.who();
    else if (ids.length && !booking.isDescribed) booking.when();
    else booking.pick();
  }

  /** @param {any} made what the server has stored */
  function done(made) {
    ui.emit("booked", { id: made.id, starts_at: made.starts_at, state: made.state });
    start.done?.(made);
    sheet.show(t("book.thanks"), [h("div.card", {}, bookingCard(ui, made)), h("p", {}, t("book.mailed"))], [h("button.primary", { onclick: sheet.close }, t("book.toChat"))]);
  }
}
