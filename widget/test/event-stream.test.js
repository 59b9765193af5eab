import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "../src/event-stream.js";

const bodyOf = (...parts) => ReadableStream.from(parts.map((part) => (typeof part === "string" ? new TextEncoder().encode(part) : part)));

async function all(body, silence) {
  const found = [];
  for await (const event of readEvents(body, silence)) found.push(event);
  return found;
}

test("events are read however the network cuts them", async () => {
  const text = 'event: delta\ndata: {"text":"Größe"}\n\n: Herzschlag\n\nid: 7\r\nevent: done\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  const expected = [{ event: "delta", data: { text: "Größe" }, id: undefined }, { event: "done", data: { a: 1 }, id: "7" }];
  for (let size = 1; size < 9; size++) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(bytes.slice(at, at + size));
    assert.deepEqual(await all(bodyOf(...parts)), expected, `in parts of ${size}`);
  }
});

test("what is not JSON is skipped and an event without a name is a message", async () => {
  assert.deepEqual((await all(bodyOf("data: kaputt\n\ndata: {}\n\n"))).map(({ event }) => event), ["message"]);
});

test("a line that fell silent ends with an error", async () => {
  await assert.rejects(all(new ReadableStream({ start() {} }), 20));
});
