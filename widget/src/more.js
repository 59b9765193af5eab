import late from "#strings/more";
import { openForm } from "./booking.js";
import { bookingCard } from "./cards/booking.js";
import { contactCard } from "./cards/contact.js";
import { finish } from "./cards/done.js";
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
 * @type {Record<string, (ui: Ui, card: any) => Element>} */
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
export const cardNode = (ui, card) => shown(CARDS[card.kind] ?? factsCard, ui, card);

/** @param {Ui} ui @param {import("./conversation.js").Conversation} conversation */
export const rating = (ui, conversation) => shown(ratingCard, ui, conversation.rating);

/** @param {(ui: Ui, card: any) => Element} make @param {Ui} ui @param {any} card */
function shown(make, ui, card) {
  const all = ui.withStrings(late);
  const node = make(all, card);
  if (card.outcome) finish(all, node, card, .../** @type {[string]} */ (card.outcome));
  return node;
}

/** @param {Ui} ui @param {(returns: boolean) => void} close @param {boolean} hasConversation */
export const menu = (ui, close, hasConversation) => menuNode(ui.withStrings(late), close, hasConversation, !form?.isConnected);

/** Frequent questions, without any AI and before anything is agreed to. @param {Ui} ui @param {Element} panel */
export const faq = (ui, panel) => (form = faqSheet(ui.withStrings(late), panel));

/** The booking form. @param {Ui} ui @param {Element} panel @param {import("./booking.js").Start} start */
export const book = (ui, panel, start) => (form = openForm(ui.withStrings(late), panel, start));
