import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, events } from "../src/events.js";
import { Problem } from "../src/problem.js";

const answer = (text) => new Response(text, { headers: { "Content-Type": "text/event-stream" } });

/** A transport that gives one answer after the other and remembers what it was asked. */
function transport(...answers) {
  const asked = [];
  return {
    asked,
    async request(method, path, body, init) {
      asked.push(init.headers);
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next ?? new Response(null, { status: 204 });
    },
  };
}

async function collect(line, pauses = []) {
  const found = [];
  const pause = async (ms) => void pauses.push(ms);
  for await (const event of events(line, new AbortController().signal, pause)) found.push(event.event);
  return found;
}

test("after a cut the line comes back behind the last event", async () => {
  const line = transport(answer('id: 41\nevent: message\ndata: {"seq":41}\n\n'), answer("event: state\ndata: {}\n\n"));
  assert.deepEqual(await collect(line), ["open", "message", "open", "state"]);
  assert.deepEqual(line.asked, [{}, { "Last-Event-ID": "41" }, { "Last-Event-ID": "41" }]);
});

test("a refusal ends the line, a busy server is given the time that it asks for", async () => {
  await assert.rejects(collect(transport(new Problem({ status: 401 }))), { status: 401 });
  const pauses = [];
  await collect(transport(new Problem({}, 429, 60), new Problem()), pauses);
  assert.ok(pauses[0] >= 60_000);
  assert.ok(pauses[1] < 30_000);
});

test("pauses grow, are spread by chance and have an end", () => {
  assert.equal(backOff(0, 1), 1000);
  assert.equal(backOff(0, 0), 500);
  assert.equal(backOff(3, 1), 8000);
  assert.equal(backOff(99, 1), 30_000);
});

test("nobody asks when nobody listens", async () => {
  const stop = new AbortController();
  stop.abort();
  const line = transport();
  assert.equal((await events(line, stop.signal).next()).done, true);
  assert.deepEqual(line.asked, []);
});
