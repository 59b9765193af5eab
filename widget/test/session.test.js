import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../src/session.js";

function memoryStorage() {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

const LATER = new Date(Date.now() + 60_000).toISOString();

test("reading leaves no trace and only the token is kept", () => {
  const storage = memoryStorage();
  const session = new Session("k", () => storage);
  assert.equal(session.read(), null);
  assert.equal(storage.kept.size, 0);
  session.keep({ token: "t", expires_at: LATER, messages: ["geheim"] });
  assert.deepEqual(JSON.parse(storage.kept.get("carbot:k")), { token: "t", expires_at: LATER });
  session.forget();
  assert.equal(storage.kept.size, 0);
});

test("a token that has run out counts as none", () => {
  const session = new Session("k", memoryStorage);
  session.keep({ token: "t", expires_at: "2020-01-01T00:00:00Z" });
  assert.equal(session.read(), null);
});

test("where storage is blocked the token lives in memory", () => {
  const session = new Session("k", () => {
    throw new DOMException("denied", "SecurityError");
  });
  session.keep({ token: "t", expires_at: LATER });
  assert.equal(session.read().token, "t");
  session.forget();
  assert.equal(session.read(), null);
});
