import late from "#strings/more";
import { openForm } from "./booking.js";
import { bookingCard } from "./cards/booking.js";
import { contactCard } from "./cards/contact.js";
import { factsCard } from "./cards/facts.js";
import { ratingCard } from "./cards/rating.js";
import { formCard, servicesCard } from "./cards/services.js";
import { slotsCard } from "./cards/slots.js";
import { verificationCard } from "./cards/verification.js";
import { faqSheet } from "./faq.js";
import { menuNode } from "./menu.js";
import css from "./more.css";
import bookingCss from "./booking.css";

/** @typedef {import("./view.js").Ui} Ui */

const styles = css + bookingCss;
export { styles as css };

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

/** @type {Element | undefined} */
let form;

/** @param {Ui} ui @param {any} card */
export const cardNode = (ui, card) => (CARDS[card.kind] ?? factsCard)(ui.withStrings(late), card);

/** @param {Ui} ui */
export const rating = (ui) => ratingCard(ui.withStrings(late));

/** @param {Ui} ui @param {(returns: boolean) => void} close @param {boolean} hasConversation */
export const menu = (ui, close, hasConversation) => menuNode(ui.withStrings(late), close, hasConversation, !form?.isConnected);

/** Frequent questions, without any AI and before anything is agreed to. @param {Ui} ui @param {Element} panel */
export const faq = (ui, panel) => (form = faqSheet(ui.withStrings(late), panel));

/** The booking form. @param {Ui} ui @param {Element} panel @param {import("./booking.js").Start} [start] */
export const book = (ui, panel, start = {}) => (form = openForm(ui.withStrings(late), panel, start));
