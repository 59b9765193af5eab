import { h, icon } from "./dom.js";

const LONGEST = 4000;

/** Where the visitor writes. Enter sends, Shift+Enter makes a line.
 * @param {import("./view.js").Ui} ui @param {string} draft */
export function composer(ui, draft) {
  const { t } = ui;
  const field = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { rows: 1, "aria-label": t("composer.label"), placeholder: t("composer.placeholder"), enterkeyhint: "send", oninput: fit, onkeydown })
  );
  const send = /** @type {HTMLButtonElement} */ (h("button.send", { type: "submit", "aria-label": t("composer.send") }, icon("send")));
  const hint = h("p.problem", { role: "status", hidden: true });
  const node = h("form.composer", { onsubmit }, field, send);

  function fit() {
    const surplus = field.value.length - LONGEST;
    hint.hidden = surplus <= 0;
    hint.textContent = surplus > 0 ? ui.late("composer.tooLong", { count: surplus }) : "";
    send.disabled = surplus > 0 || !field.value.trim();
    ui.draft(field.value);
    // Its height follows the text; the style sheet sets the limits.
    field.rows = 1;
    while (field.rows < 6 && field.scrollHeight > field.clientHeight + 2) field.rows++;
  }

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  }

  /** @param {Event} event */
  function onsubmit(event) {
    event.preventDefault();
    submit();
  }

  function submit() {
    if (send.disabled) return;
    const text = field.value.trim();
    field.value = "";
    fit();
    ui.send(text);
    field.focus();
  }

  field.value = draft;
  send.disabled = !draft.trim();
  return { node, hint, field };
}
