/** Which service is meant: choosing one says it. @param {import("../view.js").Ui} ui @param {{services?: {name: string}[]}} card */
export function servicesCard(ui, { services = [] }) {
  const { t, h } = ui;
  return h(
    "section",
    {},
    h("h3", {}, t("card.services.title")),
    ...services.map(({ name }) => h("button.choice", { onclick: () => ui.send(t("card.services.say", { name })) }, name)),
    h("button.link", { onclick: () => ui.sheet("book") }, t("card.form.open")),
  );
}

/** The way to the form that needs no AI. @param {import("../view.js").Ui} ui @param {{text?: string, services?: {id: string}[]}} card */
export function formCard(ui, { text, services }) {
  const { t, h } = ui;
  return h("section", {}, text && h("p", {}, text), h("button.primary", { onclick: () => ui.sheet("book", { services }) }, t("card.form.open")));
}
