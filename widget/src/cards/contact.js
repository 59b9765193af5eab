import { finish } from "./done.js";
import { formNode, mustBeReachable, personFields } from "./form.js";

/** Leaves a way to be reached when nobody is there now.
 * @param {import("../view.js").Ui} ui @param {{title?: string, text?: string}} card */
export function contactCard(ui, card) {
  const { title, text } = card;
  const { t, h } = ui;
  const note = { name: "note", label: t("card.note"), rows: 3, isOptional: true };
  const node = h("section");
  const form = formNode(ui, {
    fields: [...personFields(ui), note],
    action: t("card.contact.send"),
    check: mustBeReachable(ui),
    async send({ note, ...contact }) {
      await ui.handover({ contact, note });
      finish(ui, node, card, "card.contact.done");
    },
  });
  node.append(h("h3", {}, title || t("card.contact.title")), h("p", {}, text || t("card.contact.text")), form);
  return node;
}
