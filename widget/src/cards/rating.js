import { formNode } from "./form.js";

/** @param {import("../view.js").Ui} ui */
export function ratingCard(ui) {
  const { t, h } = ui;
  const node = h("section.card.rating", {});
  const stars = [1, 2, 3, 4, 5].map((count) =>
    h("label.star", {}, h("input", { type: "radio", name: "stars", value: count, required: true, onchange: () => (comment.hidden = false) }), h("span", { "aria-hidden": true }, "★"), h("span.unseen", {}, t("card.rating.star", { count }))),
  );
  const form = formNode(ui, {
    fields: [{ name: "comment", label: t("card.rating.comment"), rows: 2, isOptional: true }],
    action: t("card.rating.send"),
    async send({ stars, comment }) {
      await ui.ask("POST", "ratings", { stars: Number(stars), comment });
      node.replaceChildren(h("p.done", { role: "status" }, t("card.rating.done")));
    },
  });
  const comment = h("div", { hidden: true }, ...form.childNodes);
  form.append(h("fieldset.stars", {}, h("legend", {}, t("card.rating.title")), ...stars), comment);
  node.append(form);
  return node;
}
