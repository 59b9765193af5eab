/**
 * A small form inside a card: says beside each field what is wrong, keeps what was typed, shows a
 * refusal of the server as a sentence.
 * @typedef {{name: string, label: string, type?: string, isOptional?: boolean, autocomplete?: string, rows?: number, inputmode?: string}} Field
 * @param {import("../view.js").Ui} ui
 * @param {{fields: Field[], action: string, check?: (values: Record<string, string>) => string, send: (values: Record<string, string>) => Promise<void>}} wishes
 */
export function formNode(ui, { fields, action, check = () => "", send }) {
  const { t, h } = ui;
  const place = h("div");
  const button = /** @type {HTMLButtonElement} */ (h("button.primary", { type: "submit" }, action));
  const form = /** @type {HTMLFormElement} */ (h("form", { novalidate: true, onsubmit }, ...fields.map(fieldNode), place, button));
  return form;

  /** @param {Field} field */
  function fieldNode({ name, label, type = "text", isOptional, autocomplete, rows, inputmode }) {
    const note = h("span.optional", {}, ` (${t("card.optional")})`);
    const attributes = { name, autocomplete, inputmode, required: !isOptional, maxlength: 500 };
    const input = rows ? h("textarea", { ...attributes, rows }) : h("input", { ...attributes, type });
    return h("label", {}, h("span", {}, label, isOptional && note), input);
  }

  /** @param {Event} event */
  async function onsubmit(event) {
    event.preventDefault();
    const empty = /** @type {HTMLInputElement | null} */ (form.querySelector(":invalid"));
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value));
    const complaint = empty ? (empty.value ? empty.validationMessage : t("card.required")) : check(values);
    place.replaceChildren(complaint && h("p.problem", { role: "alert" }, complaint));
    empty ? empty.after(place) : button.before(place);
    empty?.focus();
    if (complaint || button.ariaDisabled) return;
    // Not disabled, which would take the keyboard away.
    button.ariaDisabled = "true";
    await send(values).catch((error) => place.replaceChildren(ui.trouble(error)));
    button.ariaDisabled = null;
  }
}

/** @param {import("../view.js").Ui} ui @returns {Field[]} */
export function personFields({ t }) {
  return [
    { name: "name", label: t("card.name"), autocomplete: "name" },
    { name: "phone", label: t("card.phone"), type: "tel", autocomplete: "tel", isOptional: true },
    { name: "email", label: t("card.email"), type: "email", autocomplete: "email", isOptional: true },
  ];
}

/** A person without a way back would wait in vain. @param {import("../view.js").Ui} ui */
export const mustBeReachable = ({ t }) => (/** @type {Record<string, string>} */ { phone, email }) => (phone || email ? "" : t("card.reachable"));
