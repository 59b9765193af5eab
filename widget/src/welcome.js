import { h, icon } from "./dom.js";

/**
 * What a visitor sees before anything is stored or said: who answers, under which terms, and how else
 * to reach the workshop.
 * @param {import("./view.js").Ui} ui
 * @param {{question?: string, reason?: string, isBusy?: boolean, problem?: import("./problem.js").Problem}} moment
 */
export function welcome(ui, { question, reason, isBusy, problem }) {
  const { t, config } = ui;
  return h(
    "div.welcome",
    {},
    h("h3", {}, config.greeting || t("welcome.hello")),
    reason && h("p.reason", { role: "status" }, reason),
    h(
      "section.consent",
      {},
      h("p.ai", {}, icon("spark"), h("span", {}, config.ai_notice)),
      h("p", {}, config.consent.text, " ", privacyLink(ui)),
      question && h("blockquote", {}, h("span.author", {}, t("welcome.question")), question),
      h("button.primary", { onclick: ui.accept, disabled: isBusy }, t(isBusy ? "welcome.busy" : "welcome.accept")),
      config.booking && h("button.phone", { onclick: ui.book, disabled: isBusy }, t("welcome.book")),
      problem && ui.trouble(problem),
    ),
    config.faq && h("button.phone", { onclick: () => ui.sheet("faq") }, t("faq.title")),
    phoneLink(ui),
  );
}

/** @param {import("./view.js").Ui} ui */
export function privacyLink({ t, config }) {
  const address = config.privacy_url;
  return /^https?:/.test(address) && h("a", { href: address, target: "_blank", rel: "noopener" }, t("welcome.privacy"), h("span.unseen", {}, ` (${t("newTab")})`));
}

/** @param {import("./view.js").Ui} ui */
export function phoneLink({ t, config }) {
  const number = String(config.phone ?? "").replace(/[^\d+]/g, "");
  return number && h("a.phone", { href: `tel:${number}` }, icon("phone"), t("call", { phone: config.phone }));
}
