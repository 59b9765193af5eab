// The widget's texts: English in src/strings.json, every other language in the gettext catalogues
// of the project, `locales/<language>/LC_MESSAGES/widget.po`, by the key as context.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";

const here = dirname(fileURLToPath(import.meta.url));
/** In the order in which visitors are offered them. */
export const LOCALES = ["de", "en", "tr", "pl", "uk", "ar", "ru"];
/** Keys that the code puts together, or that could be mistaken for other words, keep their names. */
const SPELT_OUT = /^\w+$|^(state|start|error|launch)\.|^card\.(estimate|vehicle)\./;

/** @typedef {Record<string, Record<string, string>>} Parts by part, by key */

/** @type {Parts} */
export const english = JSON.parse(readFileSync(join(here, "src/strings.json"), "utf8"));
const keys = Object.values(english).flatMap(Object.keys).filter((key) => !SPELT_OUT.test(key));
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Every key travels twice, in the code and in the strings: a letter or two do. */
export const shortKeys = Object.fromEntries(keys.sort().map((key, at) => [key, LETTERS[at] ?? (at + 360).toString(36)]));

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
 * An esbuild plugin: the strings of one language in the parts that the chunks need, and the way to the
 * other languages.
 * @param {string} locale @param {string} source where the code lies
 * @param {(code: string) => string} [also] what else is shortened
 */
export function strings(locale, source, also = (/** @type {string} */ code) => code) {
  const read = (/** @type {string} */ one) => withShortKeys(stringsOf(one));
  const others = LOCALES.map((one) => `${one}: () => import("./strings/${one}.json")`);
  const contents = (/** @type {string} */ part) => (part === "others" ? `export const others = {${others}}` : `export default ${JSON.stringify(read(locale)[part])}`);
  return {
    name: "strings",
    setup(/** @type {any} */ { onResolve, onLoad }) {
      onResolve({ filter: /^#strings\// }, (/** @type {any} */ { path }) => ({ path: path.slice("#strings/".length), namespace: "strings" }));
      onResolve({ filter: /^\.\/strings\/\w+\.json$/ }, (/** @type {any} */ { path }) => ({ path, namespace: "language" }));
      onLoad({ filter: /[\\/]src[\\/].*\.js$/ }, (/** @type {any} */ { path }) => ({ contents: also(readFileSync(path, "utf8")).replace(/"([\w.]+)"/g, (_, word) => `"${shortKeys[word] ?? word}"`) }));
      onLoad({ filter: /.*/, namespace: "language" }, (/** @type {any} */ { path }) => ({ contents: JSON.stringify(withoutLoader(read(path.slice(10, 12)))), loader: "json" }));
      onLoad({ filter: /.*/, namespace: "strings" }, (/** @type {any} */ { path }) => ({ contents: contents(path), resolveDir: source }));
    },
  };
}

/** @param {Parts} parts */
function withoutLoader({ loader, ...rest }) {
  return rest;
}

/** @param {Parts} parts @returns {Parts} */
function withShortKeys(parts) {
  const short = (/** @type {Record<string, string>} */ texts) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [shortKeys[key] ?? key, text]));
  return Object.fromEntries(Object.entries(parts).map(([name, texts]) => [name, short(texts)]));
}

/** @param {Parts} parts @param {(key: string, text: string) => string} change @returns {Parts} */
function mapped(parts, change) {
  return Object.fromEntries(Object.entries(parts).map(([name, texts]) => [name, Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(key, text)]))]));
}
