// The widget's texts: English in src/strings.json, every other language in the gettext catalogues
// of the project, `locales/<language>/LC_MESSAGES/widget.po`, by the key as context.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";

const here = dirname(fileURLToPath(import.meta.url));
/** In the order in which visitors are offered them. */
export const LOCALES = ["de", "en", "tr", "pl", "uk", "ar", "ru"];

/** @typedef {Record<string, Record<string, string>>} Parts by part, by key */

/** @type {Parts} */
export const english = JSON.parse(readFileSync(join(here, "src/strings.json"), "utf8"));
/** Every text of a panel has a place of its own. A key would travel twice, in the code and with its text. */
const KEYS = Object.entries(english).flatMap(([part, texts]) => (part === "loader" ? [] : Object.keys(texts)));
const PLACES = Object.fromEntries(KEYS.map((key, place) => [key, place]));
/** A key of one word is one where it is translated; with a dot it could be nothing else. */
const NAMED = /(?<=\b(?:t|late)\()"(\w+)"|"(\w+(?:\.\w+)+)"/g;
/** Between texts on their way; none of them holds it. */
const BAR = "|";

/** What a catalogue lacks stays English; a test finds it. @param {string} locale @returns {Parts} */
export function stringsOf(locale) {
  if (locale === "en") return english;
  const { translations } = po.parse(readFileSync(join(here, `../locales/${locale}/LC_MESSAGES/widget.po`)));
  return mapped(english, (key, text) => placed(locale, translations[key]?.[text]?.msgstr[0] || text));
}

/** What is filled in reads in its own direction: `089 123456` would become `123456 089` amid Arabic.
 * @param {string} locale @param {string} text */
function placed(locale, text) {
  return locale === "ar" ? text.replace(/\{\w+\}/g, "\u2068$&\u2069") : text;
}

/**
 * An esbuild plugin: the strings of one language in the parts that the chunks need.
 * @param {string} locale @param {(code: string) => string} [also] what else is shortened
 */
export function strings(locale, also = (/** @type {string} */ code) => code) {
  const code = (/** @type {string} */ path) => also(readFileSync(path, "utf8")).replace(NAMED, (whole, word, dotted) => PLACES[word ?? dotted] ?? whole);
  return {
    name: "strings",
    setup(/** @type {any} */ { onResolve, onLoad }) {
      onResolve({ filter: /^#strings\// }, (/** @type {any} */ { path }) => ({ path: path.slice("#strings/".length), namespace: "strings" }));
      onLoad({ filter: /[\\/]src[\\/].*\.js$/ }, (/** @type {any} */ { path }) => ({ contents: code(path) }));
      onLoad({ filter: /.*/, namespace: "strings" }, (/** @type {any} */ { path }) => ({ contents: textsOf(locale, path) }));
    },
  };
}

/** A module of texts, of one part or of all, each at its place: those of another part are left empty.
 * @param {string} locale @param {string} [part] */
export function textsOf(locale, part) {
  const { loader, ...parts } = stringsOf(locale);
  const wanted = part ? parts[part] : Object.assign({}, ...Object.values(parts));
  const last = KEYS.findLastIndex((key) => key in wanted);
  const texts = KEYS.slice(0, last + 1).map((key) => wanted[key] ?? "");
  if (texts.some((text) => text.includes(BAR))) throw new Error(`a text of ${locale} holds ${BAR}`);
  return `export default ${JSON.stringify(texts.join(BAR))}.split(${JSON.stringify(BAR)})`;
}

/** @param {Parts} parts @param {(key: string, text: string) => string} change @returns {Parts} */
function mapped(parts, change) {
  return Object.fromEntries(Object.entries(parts).map(([name, texts]) => [name, Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(key, text)]))]));
}
