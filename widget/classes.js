// Class names are seen by nobody: in what browsers load they have two letters.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Put together at run time, or looked for by tests. */
const KEPT = new Set("on off bot waiting human closed visitor staff system left right status failed row same old log booking slots times days sheet choice panel".split(" "));
const NAME = /\$\{[^}]*\}|\.(-?[a-z][a-z-]*)/g;

/** @param {string} source where the style sheets lie @returns {Record<string, string>} */
function shortNames(source) {
  const sheets = readdirSync(source).filter((file) => file.endsWith(".css")).map((file) => readFileSync(join(source, file), "utf8"));
  const names = new Set(sheets.flatMap((css) => [...css.matchAll(NAME)].map(([, name]) => name)).filter((name) => name && !KEPT.has(name)));
  return Object.fromEntries([...names].sort().map((name, at) => [name, (at + 370).toString(36)]));
}

/** @param {string} source */
export function classShortener(source) {
  const short = shortNames(source);
  const selector = (/** @type {string} */ text) => text.replace(NAME, (whole, name) => (short[name] ? `.${short[name]}` : whole));
  return {
    css: selector,
    /** Elements as `h("p.small", …)` names them, and selectors. @param {string} code */
    js: (code) => code.replace(/(\bh\(\s*|querySelector\(|closest\()(["`][^"`]*["`])/g, (_, call, kind) => call + selector(kind)),
  };
}
