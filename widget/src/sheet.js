const BACK = "M19 12H5M11 6l-6 6 6 6";

/** A page of its own in the panel: the conversation waits behind it. @param {import("./view.js").Ui} ui @param {Element} panel */
export function sheetIn(ui, panel) {
  const { t, h, icon } = ui;
  panel.querySelector(".sheet")?.remove();
  const opener = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (panel.getRootNode()).activeElement);
  const behind = /** @type {HTMLElement[]} */ ([...panel.children].slice(1));
  const node = h("div.sheet", { onkeydown, tabindex: -1 });
  for (const one of behind) one.hidden = true;
  panel.append(node);
  return { node, show, fail, close };

  /** @param {string} title @param {any[]} content @param {Node[]} foot @param {() => void} back */
  function show(title, content, foot = [], back = close) {
    const heading = h("h3", { tabindex: "-1" }, title);
    node.replaceChildren(
      h("div.sheet-head", {}, h("button.icon", { "aria-label": t("card.back"), onclick: back }, icon(BACK)), heading),
      h("div.sheet-body", {}, ...content),
      h("div.sheet-foot", {}, ...foot),
    );
    heading.focus();
  }

  /** @param {any} error @param {() => void} again */
  function fail(error, again) {
    if (!error.isExpired) return show(t("error.other"), [ui.trouble(error), h("button.primary", { onclick: again }, t("retry")), ui.phoneLink()]);
    close();
    ui.restart(ui.late("welcome.expired"));
  }

  function close() {
    node.remove();
    for (const one of behind) one.hidden = false;
    behind[0].scrollTop = behind[0].scrollHeight;
    // What led here may be gone by now, such as a time that has been booked.
    /** @type {HTMLElement} */ (opener?.offsetParent ? opener : panel).focus();
  }

  /** Escape leaves the form, not the chat. @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }
}
