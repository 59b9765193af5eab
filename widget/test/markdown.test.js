import assert from "node:assert/strict";
import { test } from "node:test";
import { inline, parse } from "../src/markdown.js";

const ALLOWED = new Set(["p", "ul", "ol", "strong", "em", "a"]);

/** Every object in the tree that would become an element. */
function nodes(tree) {
  if (typeof tree === "string") return [];
  if (Array.isArray(tree)) return tree.flatMap(nodes);
  return [tree, ...nodes(tree.children ?? tree.items ?? [])];
}

test("bold, italic, links and lists are understood", () => {
  assert.deepEqual(parse("**Hallo** *Frau* [Karte](https://a.example/x)"), [
    { tag: "p", children: [{ tag: "strong", children: ["Hallo"] }, " ", { tag: "em", children: ["Frau"] }, " ", { tag: "a", href: "https://a.example/x", children: ["Karte"] }] },
  ]);
  assert.deepEqual(parse("Preise:\n- eins\n- **zwei**\n\n1. a\n2. b").map((block) => block.tag), ["p", "ul", "ol"]);
});

test("lines of one paragraph stay lines and an empty line begins a new paragraph", () => {
  assert.deepEqual(parse("a\nb\n\nc"), [{ tag: "p", children: ["a", "\n", "b"] }, { tag: "p", children: ["c"] }]);
});

test("a numbered list that is interrupted goes on with its number", () => {
  assert.equal(parse("1. a\n\nText\n\n2. b")[2].start, 2);
});

test("a bare address becomes a link without the full stop behind it", () => {
  const [, link, rest] = inline("Siehe https://a.example/b.");
  assert.equal(link.href, "https://a.example/b");
  assert.equal(rest, ".");
});

test("phone and mail links are followed, everything else stays text", () => {
  assert.equal(inline("[Anruf](tel:+4989123)")[0].href, "tel:+4989123");
  assert.equal(inline("[Mail](mailto:a@b.example)")[0].href, "mailto:a@b.example");
  for (const target of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "/relativ", "file:///etc/passwd", "blob:https://a/1"]) {
    const text = `[klick](${target})`;
    assert.deepEqual(inline(text).filter((part) => part.tag === "a"), [], target);
  }
});

test("words with underscores, prices and unfinished marks stay as they are", () => {
  for (const text of ["a_b_c", "2 * 3 * 4", "5*", "**offen", "[halb](", "snake_case_name", "__init__"]) assert.deepEqual(nodes(parse(text)).filter((node) => node.tag === "a" || node.tag === "strong"), [], text);
});

test("HTML never becomes an element", () => {
  const attacks = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "**<b onclick=x>y</b>**", "- <svg onload=x>", "[<i>](https://a.example)", "`<a>`", "<!--", "&lt;script&gt;"];
  for (const text of attacks) {
    const tree = parse(text);
    for (const node of nodes(tree)) assert.ok(ALLOWED.has(node.tag), text);
    const words = JSON.stringify(tree);
    assert.ok((text.match(/\w+/g) ?? []).every((word) => words.includes(word)), `text is kept: ${text}`);
  }
});

test("a hostile text takes no noticeable time", () => {
  const began = performance.now();
  for (const part of ["**", "*a ", "[", "_a_", "[a](", "https://", "- "]) parse(part.repeat(4000 / part.length));
  assert.ok(performance.now() - began < 1500);
});
