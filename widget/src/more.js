import late from "#strings/more";
import { bookingCard } from "./cards/booking.js";
import { contactCard } from "./cards/contact.js";
import { factsCard } from "./cards/facts.js";
import { formNode, mustBeReachable, personFields } from "./cards/form.js";
import { ratingCard } from "./cards/rating.js";
import { formCard, servicesCard } from "./cards/services.js";
import { slotsCard } from "./cards/slots.js";
import { dateOf, hoursOf, spanOf } from "./cards/times.js";
import { verificationCard } from "./cards/verification.js";
import { menuNode } from "./menu.js";
import css from "./more.css";

/** @typedef {import("./view.js").Ui} Ui */

export { css };

/** What an answer may carry besides text. An unknown kind is shown as plain facts, never dropped.
 * @type {Record<string, (ui: Ui, card: any) => Node>} */
const CARDS = {
  slots: slotsCard,
  booking: bookingCard,
  services: servicesCard,
  booking_form: formCard,
  contact_form: contactCard,
  verification: verificationCard,
};

/** What the booking form shares with the cards. */
export const parts = { bookingCard, formNode, mustBeReachable, personFields, dateOf, hoursOf, spanOf };

/** @type {Element | undefined} */
let form;

/** @param {Ui} ui @param {any} card */
export const cardNode = (ui, card) => (CARDS[card.kind] ?? factsCard)(ui.withStrings(late), card);

/** @param {Ui} ui */
export const rating = (ui) => ratingCard(ui.withStrings(late));

/** @param {Ui} ui @param {(returns: boolean) => void} close @param {boolean} hasConversation */
export const menu = (ui, close, hasConversation) => menuNode(ui.withStrings(late), close, hasConversation, !form?.isConnected);

/** The booking form, whose code comes when it is opened.
 * @param {Ui} ui @param {Element} panel @param {import("./booking.js").Start} [start] */
export async function book(ui, panel, start = {}) {
  const { css, openForm } = await import("./booking.js");
  if (!style) (style = new CSSStyleSheet()).replaceSync(css);
  const { adoptedStyleSheets } = /** @type {ShadowRoot} */ (panel.getRootNode());
  if (!adoptedStyleSheets.includes(style)) adoptedStyleSheets.push(style);
  form = await openForm(ui, late, parts, panel, start);
}

/** @type {CSSStyleSheet | undefined} */
let style;
