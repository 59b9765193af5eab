import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { sentence } from "../src/sentences.js";
import { Problem } from "../src/problem.js";
import { translator } from "../src/translation.js";
import { LOCALES, stringsOf } from "../strings.js";

const folder = (name) => new URL(`../src/${name}/`, import.meta.url);
const read = stringsOf;
const sources = ["", "cards", "booking"].flatMap((name) => readdirSync(folder(name || ".")).filter((file) => file.endsWith(".js")).map((file) => readFileSync(new URL(file, folder(name || ".")), "utf8"))).join("\n");

test("every language has the same strings with the same places to fill", () => {
  const shape = (strings) => Object.entries(strings).flatMap(([part, texts]) => Object.entries(texts).map(([key, text]) => `${part}/${key} ${(text.match(/\{\w+\}/g) ?? []).sort()}`)).sort();
  for (const locale of LOCALES) assert.deepEqual(shape(read(locale)), shape(read("de")), locale);
});

test("every string is used and every used string exists", () => {
  const known = Object.values(read("de")).flatMap(Object.keys);
  const used = [...sources.matchAll(/\b(?:t|late)\(\s*["'`]([\w.]+)["'`]/g)].map(([, key]) => key);
  assert.deepEqual(used.filter((key) => !known.includes(key)), []);
  const built = /^launch\./;
  assert.deepEqual(known.filter((key) => !used.includes(key) && !sources.includes(`"${key}"`) && !built.test(key)), []);
});

test("a failure is told as a sentence that says what to do", () => {
  const strings = read("de");
  const t = translator({ ...strings.first, ...strings.talk });
  assert.equal(sentence(t, new Problem({}, 429, 20), "de"), "Das waren gerade sehr viele Nachrichten. Bitte warten Sie 20 Sekunden.");
  assert.match(sentence(t, new Problem({}, 429, 600), "de"), /10 Minuten/);
  assert.match(sentence(t, new Problem(), "de"), /Keine Verbindung/);
  assert.match(sentence(t, new Problem({}, 503), "de"), /gleich noch einmal/);
  assert.equal(sentence(t, new Problem({ detail: "Das Kennzeichen fehlt." }, 422), "de"), "Das Kennzeichen fehlt.");
  assert.equal(sentence(t, new Problem({ title: "x", errors: [{ message: "Bitte prüfen." }] }, 422), "de"), "Bitte prüfen.");
});
