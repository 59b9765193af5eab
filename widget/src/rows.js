import { parse } from "./markdown.js";
import { sentence } from "./sentences.js";

/** @typedef {import("./conversation.js").Row} Row */
/** @typedef {import("./view.js").Ui} Ui */

/** One line of the conversation, with a way to bring it up to date.
 * @param {Ui} ui @param {Row} row @param {Row} [before] */
export function rowView(ui, row, before) {
  const { t, h, icon } = ui;
  const isSame = before?.author === row.author && before.name === row.name;
  const kinds = ["row", row.author, isSame && "same", row.isOld && "old"].filter(Boolean).join(" ");
  const text = h("div.text");
  const cards = h("div");
  const meta = h("div.meta");
  const node = h(
    "div",
    { class: kinds },
    h("span.author", {}, authorOf(ui, row)),
    text,
    cards,
    meta,
  );
  const write = textWriter(ui, text, row.author === "visitor" || row.author === "system");

  function update() {
    // Who listens hears an answer once it is whole, as if it came now, and not word by word.
    if (row.status === "streaming") text.ariaLive = "off";
    else if (text.ariaLive) {
      text.ariaLive = null;
      write("");
    }
    write(row.text);
    text.hidden = !row.text;
    node.classList.toggle("failed", row.status === "failed");
    for (const card of row.cards.slice(cards.childElementCount)) cards.append(cardPlace(ui, card, !row.isOld));
    meta.replaceChildren(...metaOf());
  }

  function metaOf() {
    if (row.problem) return [h("span.trouble", {}, icon("alert"), sentence(t, row.problem, ui.locale)), h("button.link", { onclick: () => ui.retry(row) }, t("retry"))];
    if (row.status === "pending") return [t("pending")];
    if (row.status === "streaming" || row.author === "system") return [];
    const labels = row.sources?.map((source) => source.label).join(", ");
    return [h("time", { datetime: row.at }, new Date(row.at).toTimeString().slice(0, 5)), labels ? h("span", {}, t("sources", { labels })) : "", row.isPartial ? h("span", {}, t("partial")) : ""];
  }

  update();
  return { node, update };
}

/** A card's own code comes when the first card does.
 * @param {Ui} ui @param {any} card @param {boolean} isNew */
function cardPlace(ui, card, isNew) {
  const place = ui.h("div.card", { tabindex: -1 });
  ui.more().then(
    (more) => {
      place.append(more.cardNode(ui, card));
      if (isNew) place.scrollIntoView({ block: "nearest" });
    },
    (error) => place.append(ui.trouble(error)),
  );
  return place;
}

/** @param {Ui} ui @param {Row} row */
function authorOf({ t }, { author, name }) {
  if (author === "visitor") return t("you");
  if (author === "bot") return t("ai");
  return author === "staff" ? name || t("state.team") : "";
}

/** Writes only the blocks that changed, so that a growing answer keeps what was selected or read.
 * @param {Ui} ui @param {HTMLElement} target @param {boolean} isPlain */
function textWriter({ h }, target, isPlain) {
  /** @type {string[]} */
  let shown = [];
  return (/** @type {string} */ text) => {
    const blocks = isPlain ? [{ tag: "p", children: [text] }] : parse(text);
    const wanted = blocks.map((block) => JSON.stringify(block));
    blocks.forEach((block, i) => {
      if (wanted[i] === shown[i]) return;
      const node = blockNode(h, block);
      if (target.children[i]) target.children[i].replaceWith(node);
      else target.append(node);
    });
    while (target.children.length > blocks.length) target.lastChild?.remove();
    shown = wanted;
  };
}

/** @param {Ui["h"]} h @param {any} block */
function blockNode(h, { tag, start, items, children }) {
  const inlineNodes = (/** @type {any[]} */ inlines) => inlines.map((inline) => inlineNode(h, inline));
  return h(tag, { start, dir: "auto" }, ...(items ? items.map((/** @type {any[]} */ item) => h("li", {}, ...inlineNodes(item))) : inlineNodes(children)));
}

/** @param {Ui["h"]} h @param {import("./markdown.js").Inline} inline @returns {Node | string} */
function inlineNode(h, inline) {
  if (typeof inline === "string") return inline;
  const { tag, href, children } = inline;
  const target = href?.startsWith("http") ? "_blank" : null;
  const link = href ? { href, target, rel: "noopener noreferrer nofollow" } : {};
  return h(tag, link, ...children.map((child) => inlineNode(h, child)));
}
