import { finish } from "./done.js";
import { formNode } from "./form.js";

/** Proves that the visitor is the contact on file, without telling whether there is one.
 * @param {import("../view.js").Ui} ui @param {{title?: string, text?: string, isAsked?: boolean}} card */
export function verificationCard(ui, card) {
  const { title, text } = card;
  const { t, h } = ui;
  const node = h("section");
  const place = h("div");
  const heading = h("h3", {}, title || t("card.verify.title"));
  card.isAsked ? askForCode() : askForVehicle();
  return node;

  function askForVehicle() {
    const channels = h("fieldset", {}, h("legend", {}, t("card.verify.channel")), choice("email", t("card.email"), true), choice("sms", t("card.verify.sms"), false));
    const form = formNode(ui, {
      fields: [{ name: "vehicle", label: t("card.plateOrVin"), autocomplete: "off" }],
      action: t("card.verify.send"),
      async send({ vehicle, channel }) {
        const compact = vehicle.replace(/[\s-]/g, "");
        await ui.ask("POST", "verifications", { ...(compact.length > 12 ? { vin: compact } : { plate: vehicle }), channel });
        card.isAsked = true;
        askForCode();
      },
    });
    form.firstElementChild?.after(channels);
    node.replaceChildren(heading, h("p", {}, text || t("card.verify.text")), form);
  }

  /** @param {string} value @param {string} label @param {boolean} checked */
  function choice(value, label, checked) {
    return h("label.choice", {}, h("input", { type: "radio", name: "channel", value, checked }), h("span", {}, label));
  }

  function askForCode() {
    const form = formNode(ui, {
      fields: [{ name: "code", label: t("card.verify.code"), autocomplete: "one-time-code", inputmode: "numeric" }],
      action: t("card.verify.confirm"),
      async send({ code }) {
        await ui.ask("POST", "verifications/confirm", { code });
        finish(ui, node, card, "card.verify.done");
      },
    });
    node.replaceChildren(heading, h("p", { role: "status" }, t("card.verify.sent")), form, h("button.link", { onclick: askForVehicle }, t("card.back")), h("button.link", { onclick: callBack }, t("card.verify.call")), place);
    form.querySelector("input")?.focus();
  }

  /** Landlines take no text messages, and not everybody has a contact on file. */
  function callBack() {
    ui.handover({ note: t("card.verify.call") }).catch((error) => place.replaceChildren(ui.trouble(error)));
  }
}
