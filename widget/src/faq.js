import { sheetIn } from "./sheet.js";

/** The workshop's answers in its own words, with a field that finds some of them.
 * @param {import("./view.js").Ui} ui @param {Element} panel */
export function faqSheet(ui, panel) {
  const { t, h } = ui;
  const sheet = sheetIn(ui, panel);
  begin();
  return sheet.node;

  async function begin() {
    sheet.show(t("faq.title"), [ui.skeleton()]);
    const found = await ui.ask("GET", `faq?${new URLSearchParams({ site_key: ui.siteKey, locale: ui.locale })}`).catch((error) => sheet.fail(error, begin));
    if (!found) return;
    const entries = found.items.map((/** @type {any} */ { question, answer }) => h("details", { dir: "auto" }, h("summary", {}, question), ...answer.split("\n").map((/** @type {string} */ line) => h("p", {}, line))));
    const none = h("p", { role: "status" });
    const field = /** @type {HTMLInputElement} */ (h("input", { type: "search", placeholder: t("faq.search"), oninput }));
    sheet.show(t("faq.title"), [h("label", {}, h("span.unseen", {}, t("faq.search")), field), ...entries, none]);
    oninput();

    function oninput() {
      const words = field.value.toLowerCase().split(/\s+/);
      for (const entry of entries) entry.hidden = !words.every((word) => entry.textContent.toLowerCase().includes(word));
      none.textContent = entries.every((/** @type {HTMLElement} */ { hidden }) => hidden) ? t("faq.none") : "";
    }
  }
}
