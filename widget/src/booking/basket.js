import { sumText } from "./sums.js";

/** What is to be done. @param {import("../booking.js").Booking} booking */
export function basketStep(booking) {
  const { ui, offer, wish, isDescribed, sheet } = booking;
  const { t, h } = ui;
  const sum = h("p", { role: "status" });
  const place = h("div");
  const waits = checkbox(wish.waits, () => (wish.waits = waits.checked));
  const waitsChoice = h("label.choice", {}, waits, h("span", {}, t("book.waits")));
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: 4, maxlength: 1500, oninput: () => (wish.text = text.value) }, wish.text));
  /** @type {string[]} */
  const categories = [...new Set(offer.items.map((/** @type {any} */ one) => one.category))];
  sheet.show(
    t("book.what"),
    [
      isDescribed && h("label", {}, h("span", {}, t("book.describe"), " ", t("card.booking.toPlan")), text),
      ...categories.map((category) => h("fieldset", {}, h("legend", {}, category), ...offer.items.filter((/** @type {any} */ one) => one.category === category).map(choice))),
      !isDescribed && waitsChoice,
      h("button.link", { onclick: sheet.close }, t("book.other")),
    ],
    [place, sum, h("button.primary", { onclick: next }, t("book.next"))],
  );
  update();

  /** @param {any} one */
  function choice(one) {
    const input = checkbox(wish.services.includes(one), () => {
      wish.services = offer.items.filter((/** @type {any} */ other) => (other === one ? input.checked : wish.services.includes(other)));
      update();
    });
    return h("label.choice", {}, input, h("span", {}, one.name, h("small", {}, sumText(ui, [one]))));
  }

  /** @param {boolean} checked @param {() => void} onchange */
  function checkbox(checked, onchange) {
    return /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", checked, onchange }));
  }

  function update() {
    const { services } = wish;
    waitsChoice.hidden = !services.length || services.some((one) => !one.can_wait);
    if (waitsChoice.hidden) wish.waits = waits.checked = false;
    sum.textContent = sumText(ui, services);
    place.replaceChildren();
  }

  function next() {
    if (isDescribed && wish.text.trim()) booking.who();
    else if (!isDescribed && wish.services.length) booking.when();
    else place.replaceChildren(h("p.problem", { role: "alert" }, t(isDescribed ? "card.required" : "book.first")));
  }
}
