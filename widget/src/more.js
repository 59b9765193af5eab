import late from "#strings/more";
import { bookingCard } from "./cards/booking.js";
import { contactCard } from "./cards/contact.js";
import { factsCard } from "./cards/facts.js";
import { ratingCard } from "./cards/rating.js";
import { slotsCard } from "./cards/slots.js";
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
  contact_form: contactCard,
  verification: verificationCard,
};

/** @param {Ui} ui @param {any} card */
export const cardNode = (ui, card) => (CARDS[card.kind] ?? factsCard)(ui.withStrings(late), card);

/** @param {Ui} ui */
export const rating = (ui) => ratingCard(ui.withStrings(late));

/** @param {Ui} ui @param {(returns: boolean) => void} close @param {boolean} hasConversation */
export const menu = (ui, close, hasConversation) => menuNode(ui.withStrings(late), close, hasConversation);
