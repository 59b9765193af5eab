/**
 * The small part of Markdown that an answer may use: bold, italic, lists, links. It becomes plain
 * objects, never HTML; whatever is not recognised stays text.
 * @typedef {string | {tag: "strong" | "em" | "a", href?: string, children: Inline[]}} Inline
 * @typedef {{tag: "p", children: Inline[]} | {tag: "ul" | "ol", items: Inline[][], start?: number}} Block
 */

const LIST_ITEM = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;
const INLINE =
  /\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])[*_](?=[^\s*_])(.+?)(?<=[^\s*_])[*_](?![\w*])|\[([^\]\n]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?])/;
const DEEPEST = 4;

/** @param {string} text @returns {Block[]} */
export function parse(text) {
  /** @type {Block[]} */
  const blocks = [];
  let isOpen = false;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const item = line.match(LIST_ITEM);
    const last = blocks.at(-1);
    if (item) addItem(blocks, item);
    else if (!line.trim()) isOpen = false;
    else if (isOpen && last?.tag === "p") last.children.push("\n", ...inline(line));
    else if (isOpen && last && "items" in last && /^\s/.test(line)) last.items.at(-1)?.push("\n", ...inline(line.trim()));
    else blocks.push({ tag: "p", children: inline(line.replace(/^#{1,6}\s+(.*)$/, "**$1**")) });
    if (line.trim()) isOpen = true;
  }
  return blocks;
}

/** @param {Block[]} blocks @param {RegExpMatchArray} item */
function addItem(blocks, [, number, content]) {
  const tag = number ? "ol" : "ul";
  const last = blocks.at(-1);
  // Models often leave an empty line between items; that is still one list.
  if (last?.tag === tag) last.items.push(inline(content));
  else blocks.push({ tag, items: [inline(content)], ...(number && { start: Number(number) }) });
}

/** @param {string} text @param {number} [depth] @returns {Inline[]} */
export function inline(text, depth = 0) {
  const found = depth < DEEPEST && text.match(INLINE);
  if (!found) return text ? [text] : [];
  const [whole, bold, italic, label, target, address] = found;
  const at = /** @type {number} */ (found.index);
  return [
    ...(at ? [text.slice(0, at)] : []),
    node({ whole, bold, italic, label, target, address }, depth + 1),
    ...inline(text.slice(at + whole.length), depth),
  ];
}

/** @param {Record<string, string | undefined>} found @param {number} depth @returns {Inline} */
function node({ whole, bold, italic, label, target, address }, depth) {
  if (bold) return { tag: "strong", children: inline(bold, depth) };
  if (italic) return { tag: "em", children: inline(italic, depth) };
  const href = safeAddress(target ?? address);
  return href ? { tag: "a", href, children: [label ?? /** @type {string} */ (address)] } : /** @type {string} */ (whole);
}

/** The address if a visitor may safely follow it, else an empty string. @param {unknown} address */
export function safeAddress(address) {
  if (typeof address !== "string" || !URL.canParse(address)) return "";
  const url = new URL(address);
  return ["http:", "https:", "tel:", "mailto:"].includes(url.protocol) ? url.href : "";
}
