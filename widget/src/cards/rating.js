import { finish } from "./done.js";
import { formNode } from "./form.js";

/** @param {import("../view.js").Ui} ui @param {{isGiven?: boolean, outcome?: string[]}} rating */
export function ratingCard(ui, rating) {
  const { t, h } = ui;
  const node = h("section.card.rating", { tabindex: -1 });
  if (rating.isGiven) rating.outcome = ["card.rating.done"];
  const stars = [1, 2, 3, 4, 5].map((count) =>
    h("label.star", {}, h("input", { type: "radio", name: "stars", value: count, required: true, onchange: () => (comment.hidden = false) }), h("span", { "aria-hidden": true }, "★"), h("span.unseen", {}, t("card.rating.star", { count }))),
  );
  const form = formNode(ui, {
    fields: [{ name: "comment", label: t("card.rating.comment"), rows: 2, isOptional: true }],
    action: t("card.rating.send"),
    async send({ stars, comment }) {
      await ui.ask("POST", "ratings", { stars: Number(stars), comment });
      finish(ui, node, rating, "card.rating.done");
    },
  });
  const comment = h("div", { hidden: true }, ...form.childNodes);
  form.append(h("fieldset.stars", {}, h("legend", {}, t("card.rating.title")), ...stars), comment);
  node.append(form);
  return node;
}
