import { formNode, mustBeReachable, personFields } from "../cards/form.js";
import { spanOf } from "../cards/times.js";
import { namesOf, sumText } from "./sums.js";

/** Who comes with which car; only the server's answer makes it a booking. @param {import("../booking.js").Booking} booking */
export function detailsStep(booking) {
  const { ui, offer, wish, isDescribed, sheet, via } = booking;
  const { t, h } = ui;
  const { slot } = wish;
  const isFixed = wish.services.length > 0 && wish.services.every((one) => one.price != null && !one.price_from);
  const ordered = isFixed && ui.config.booking?.agreement === "contract";
  const form = formNode(ui, {
    fields: [
      ...personFields(ui),
      { name: "plate", label: t("card.plate"), isOptional: true, autocomplete: "off" },
      { name: "car", label: t("book.car"), isOptional: true, autocomplete: "off" },
      ...(isDescribed ? [] : [{ name: "note", label: t("card.note"), rows: 2, isOptional: true }]),
    ],
    action: t(ordered ? "book.order" : "book.request"),
    check: mustBeReachable(ui),
    send,
  });
  for (const [name, value] of Object.entries(wish.typed)) /** @type {any} */ (form.elements.namedItem(name)).value = value;
  form.addEventListener("input", () => (wish.typed = /** @type {any} */ (Object.fromEntries(new FormData(form)))));
  form.querySelector("button")?.before(h("p.small", {}, t(ordered ? "book.binds" : "book.unbinding")), ...folded("book.terms", offer.terms), ...folded("book.withdrawal", offer.withdrawal_policy));
  const names = namesOf(wish.services);
  const content = [h("p.chosen", {}, h("strong", {}, isDescribed || !slot ? wish.text : spanOf(ui, slot).join(" · ")), names && h("small", {}, `${names} · ${sumText(ui, wish.services)}`)), form];
  sheet.show(t("book.who"), content, [], via === "chat" ? undefined : isDescribed ? booking.pick : booking.when);

  /** @param {string} title @param {string} text */
  function folded(title, text) {
    return ordered && text ? [h("details", {}, h("summary", {}, t(title)), h("p", {}, text))] : [];
  }

  /** @param {Record<string, string>} values */
  async function send({ plate, car = "", note, ...customer }) {
    const [make, ...model] = car.split(" ");
    const vehicle = { plate, make, model: model.join(" ") };
    const body = { slot_id: slot?.slot_id, customer, vehicle, services: wish.services.map(({ id }) => id), note: isDescribed ? wish.text : note, waits: wish.waits, via, ordered };
    try {
      booking.done(await ui.ask("POST", "bookings", body));
    } catch (/** @type {any} */ error) {
      if (error.code === "SLOT_TAKEN") booking.when(t("book.taken"));
      else if (error.isExpired) sheet.fail(error, booking.who);
      else throw error;
    }
  }
}
