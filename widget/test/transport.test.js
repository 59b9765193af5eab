import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "../src/event-stream.js";
import { Transport } from "../src/transport.js";

function make(...answers) {
  const calls = [];
  const request = async (url, init) => {
    calls.push({ url, ...init });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  return { calls, transport: new Transport("https://h.example/widget/v1/", "de", async () => readEvents, request) };
}

test("the token travels in a header, never in an address, and no cookie goes along", async () => {
  const { transport, calls } = make(Response.json({ token: "geheim" }), Response.json({}), new Response('event: done\ndata: {"a":1}\n\n'));
  await transport.start({ site_key: "k" });
  await transport.ask("GET", "messages?after=3");
  for await (const event of transport.send({ client_id: "c", text: "t" })) assert.equal(event.event, "done");
  assert.equal(calls[0].headers.Authorization, undefined);
  for (const call of calls.slice(1)) assert.equal(call.headers.Authorization, "Bearer geheim");
  for (const call of calls) {
    assert.ok(!call.url.includes("geheim"));
    assert.equal(call.credentials, "omit");
  }
});

test("a problem keeps its code, its fields and the time to wait", async () => {
  const body = { title: "Zu viel", status: 429, code: "RATE_LIMITED", errors: [] };
  const { transport } = make(new Response(JSON.stringify(body), { status: 429, headers: { "Retry-After": "20" } }));
  await assert.rejects(transport.ask("POST", "handover"), { status: 429, code: "RATE_LIMITED", retryAfter: 20, isTemporary: false, body });
});

test("no answer is a problem of its own, and an answer without JSON still has its status", async () => {
  const { transport } = make(new TypeError("failed"), new Response("<html>", { status: 502 }), new Response("", { status: 401 }));
  await assert.rejects(transport.ask("GET", "messages"), { status: 0, code: "OFFLINE", isTemporary: true });
  await assert.rejects(transport.ask("GET", "messages"), { status: 502, isTemporary: true });
  await assert.rejects(transport.ask("GET", "messages"), { status: 401, isExpired: true });
});

test("an answer without content is an empty one", async () => {
  const { transport } = make(new Response(null, { status: 204 }));
  assert.deepEqual(await transport.ask("DELETE", "conversations/current"), {});
});
