/**
 * @param {import("./view.js").Ui} ui
 * @param {(returns: boolean) => void} close @param {boolean} hasConversation
 * @param {boolean} isFree no form is open in front of the conversation
 */
export function menuNode(ui, close, hasConversation, isFree) {
  const { t, h, locale } = ui;
  const languages = (ui.config.languages ?? []).filter((/** @type {string} */ one) => LOCALES.includes(one));
  const node = h("div.menu", { role: "group", tabindex: -1, "aria-label": t("menu"), onkeydown, onfocusout });

  const speak = (/** @type {string} */ one) => {
    close(true);
    if (one !== locale) speakOther(ui, one);
  };
  const languageItems = languages.map((/** @type {string} */ one) =>
    h("button", { lang: one, "aria-pressed": String(one === locale), onclick: () => speak(one) }, new Intl.DisplayNames(one, { type: "language" }).of(one)),
  );
  const links = [
    ui.phoneLink(),
    ui.privacyLink(),
    hasConversation && isFree && h("button", { onclick: offerLink }, t("resume.offer")),
    hasConversation && isFree && h("button.danger", { onclick: askTwice }, t("menu.delete")),
  ];
  node.append(
    ...(isFree && ui.config.faq ? [h("button", { onclick: () => show("faq") }, t("faq.title"))] : []),
    ...(ui.config.booking && hasConversation && isFree ? [h("button", { onclick: () => show("book") }, t("book.title")), h("hr")] : []),
    ...(languageItems.length > 1 ? [h("p", {}, t("menu.language")), ...languageItems, h("hr")] : []),
    ...links.filter((one) => !!one),
  );
  return node;

  /** @param {"book" | "faq"} kind */
  function show(kind) {
    close(true);
    ui.sheet(kind);
  }

  /** The same answer whether there is an address on file or not. */
  function offerLink() {
    const send = h("button", { onclick: () => ui.ask("POST", "resume-links", {}).then(() => node.replaceChildren(h("p", { role: "status" }, t("resume.sent"))), fail) }, t("resume.send"));
    node.replaceChildren(h("p", {}, t("resume.text")), send, h("button", { onclick: () => close(true) }, t("menu.cancel")));
    send.focus();
  }

  function askTwice() {
    const sure = h("button.danger", { onclick: erase }, t("menu.deleteYes"));
    node.replaceChildren(h("p", { role: "alert" }, t("menu.deleteSure")), sure, h("button", { onclick: () => close(true) }, t("menu.cancel")));
    sure.focus();

    function erase() {
      ui.ask("DELETE", "conversations/current").then(
        () => {
          ui.draft("");
          ui.restart(t("menu.deleted"));
          close(false);
        },
        fail,
      );
    }
  }

  /** One refusal takes the place of another. @param {unknown} error */
  function fail(error) {
    node.querySelector(".problem")?.remove();
    node.append(ui.trouble(error));
  }

  /** Escape closes the menu, not the panel. @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close(true);
  }

  /** @param {FocusEvent} event */
  function onfocusout(event) {
    if (event.relatedTarget && !node.contains(/** @type {Node} */ (event.relatedTarget))) close(false);
  }
}

/** @param {import("./view.js").Ui} ui @param {string} locale */
async function speakOther(ui, locale) {
  const address = `./${locale}-${TEXTS}.js`;
  ui.speak(locale, (await import(address)).default);
}
