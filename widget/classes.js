// Names of classes and colours are seen by nobody: in what browsers load they have a letter or two.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Put together at run time, or looked for by tests. */
const KEPT = new Set("on off bot waiting human closed visitor staff system left right status failed row same old log booking times days told sheet choice panel".split(" "));
const SHORT_COLOURS = { surface: "a", raised: "b", line: "c", text: "d", muted: "e", "on-accent": "f", ink: "g", good: "h", wait: "i", bad: "j", shade: "k" };
const COLOUR = new RegExp(`--(${Object.keys(SHORT_COLOURS).join("|")})\\b`, "g");
const NAME = /\$\{[^}]*\}|\.(-?[a-z][a-z-]*)/g;

/** @param {string} source where the style sheets lie @returns {Record<string, string>} */
function shortNames(source) {
  const sheets = readdirSync(source).filter((file) => file.endsWith(".css")).map((file) => readFileSync(join(source, file), "utf8"));
  const names = new Set(sheets.flatMap((css) => [...css.matchAll(NAME)].map(([, name]) => name)).filter((name) => name && !KEPT.has(name)));
  return Object.fromEntries([...names].sort().map((name, at) => [name, (at + 370).toString(36)]));
}

/** Colours that the panel alone knows; the launcher paints the accent. @param {string} css */
function withShortColours(css) {
  return css.replace(COLOUR, (_, name) => `--${SHORT_COLOURS[name]}`);
}

/** @param {string} source */
export function classShortener(source) {
  const short = shortNames(source);
  const selector = (/** @type {string} */ text) => text.replace(NAME, (whole, name) => (short[name] ? `.${short[name]}` : whole));
  return {
    css: (/** @type {string} */ css) => withShortColours(selector(css)),
    /** Elements as `h("p.small", …)` names them, and selectors. @param {string} code */
    js: (code) => code.replace(/(\bh\(\s*|querySelector\(|closest\()(["`][^"`]*["`])/g, (_, call, kind) => call + selector(kind)),
  };
}
