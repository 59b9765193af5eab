import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation } from "../src/conversation.js";
import { Problem } from "../src/problem.js";

const ACCEPTED = { event: "accepted", data: { message_id: "v1" } };
const delta = (text) => ({ event: "delta", data: { text } });
const done = (data = {}) => ({ event: "done", data: { message_id: "b1", state: "bot", sources: [], ...data } });

/** A transport whose sends play scripts: events, errors to throw, functions to run in between. */
function play(...scripts) {
  const sent = [];
  const transport = {
    sent,
    async *send(message) {
      sent.push(message);
      for (const step of scripts.shift() ?? []) {
        if (step instanceof Error) throw step;
        if (typeof step === "function") await step();
        else yield step;
      }
    },
    ask: async () => ({}),
  };
  const conversation = new Conversation(transport, undefined, { pause: async () => {} });
  return { transport, conversation, sent };
}

async function* stream(...events) {
  yield* events;
}

const texts = ({ rows }) => rows.map(({ author, text }) => `${author}: ${text}`);

test("a question gets its streamed answer", async () => {
  const { conversation, sent } = play([ACCEPTED, delta("Guten "), delta("Tag"), done({ sources: [{ kind: "faq", label: "Preise" }] })]);
  await conversation.send("Hallo");
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Guten Tag"]);
  assert.equal(conversation.rows[1].id, "b1");
  assert.deepEqual(conversation.rows[1].sources, [{ kind: "faq", label: "Preise" }]);
  assert.match(sent[0].client_id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
});

test("the row is there before the server answers, and cards come with the reply", async () => {
  const { conversation } = play([() => assert.equal(conversation.rows[0].status, "pending"), ACCEPTED, () => assert.equal(conversation.typing, "bot"), { event: "card", data: { kind: "slots" } }, done()]);
  await conversation.send("Termin");
  assert.deepEqual(conversation.rows[1].cards, [{ kind: "slots" }]);
  assert.equal(conversation.typing, "");
});

test("a cut answer is asked for again with the same id and shown once", async () => {
  const { conversation, sent } = play([ACCEPTED, delta("Gut")], [new Problem()], [ACCEPTED, delta("Guten Tag"), done()]);
  await conversation.send("Hallo");
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Guten Tag"]);
  assert.equal(new Set(sent.map((message) => message.client_id)).size, 1);
  assert.equal(sent.length, 3);
});

test("after three tries the row has failed and keeps its id for the visitor's own try", async () => {
  const { conversation, sent } = play([new Problem()], [new Problem()], [new Problem()], [ACCEPTED, delta("Da"), done()]);
  await conversation.send("Hallo");
  assert.equal(conversation.rows[0].status, "failed");
  await conversation.retryUnsent();
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Da"]);
  assert.equal(new Set(sent.map((message) => message.client_id)).size, 1);
});

test("a refusal is not repeated", async () => {
  const { conversation, sent } = play([new Problem({ code: "RATE_LIMITED" }, 429, 20)]);
  await conversation.send("Hallo");
  assert.equal(sent.length, 1);
  assert.equal(conversation.rows[0].problem.retryAfter, 20);
  await conversation.retryUnsent();
  assert.equal(sent.length, 1);
});

test("an error event fails the question and takes the half answer away", async () => {
  const { conversation } = play([ACCEPTED, delta("Hal"), { event: "error", data: { status: 422, code: "TOO_LONG", title: "Zu lang" } }]);
  await conversation.send("Hallo");
  assert.deepEqual(texts(conversation), ["visitor: Hallo"]);
  assert.equal(conversation.rows[0].problem.code, "TOO_LONG");
});

test("a token that has run out is told to whoever sent", async () => {
  const { conversation } = play([new Problem({}, 401)]);
  await assert.rejects(conversation.send("Hallo"), { status: 401 });
});

test("messages wait for each other", async () => {
  const { conversation, sent } = play([ACCEPTED, () => assert.equal(sent.length, 1), done()], [{ event: "accepted", data: { message_id: "v2" } }, done({ message_id: "b2" })]);
  await Promise.all([conversation.send("eins"), conversation.send("zwei")]);
  assert.deepEqual(sent.map(({ text }) => text), ["eins", "zwei"]);
});

test("what comes by stream and by event is shown once, whichever is first", async () => {
  const early = stream({ event: "message", data: { message_id: "v1", seq: 2, author: "visitor", text: "Hallo" } }, { event: "message", data: { message_id: "b1", seq: 3, author: "bot", text: "Guten Tag" } });
  const { conversation } = play([() => conversation.follow(early), ACCEPTED, delta("Guten Tag"), done()]);
  await conversation.send("Hallo");
  await conversation.follow(stream({ event: "message", data: { message_id: "b1", author: "bot", text: "Guten Tag" } }));
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Guten Tag"]);
});

test("an answer that only the event brought is shown although its stream was lost", async () => {
  const event = stream({ event: "message", data: { message_id: "b1", author: "bot", text: "Guten Tag" } });
  const { conversation } = play([ACCEPTED, () => conversation.follow(event), new Problem()], [new Problem()], [new Problem()], [ACCEPTED, delta("Guten Tag"), done()]);
  await conversation.send("Hallo");
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Guten Tag"]);
  await conversation.retryUnsent();
  assert.deepEqual(texts(conversation), ["visitor: Hallo", "bot: Guten Tag"]);
});

test("a person takes over and the bot's row stays away", async () => {
  const { conversation } = play([ACCEPTED, done({ message_id: "v1", state: "human" })]);
  await conversation.follow(stream({ event: "state", data: { state: "human", name: "Frau Kaya" } }, { event: "typing", data: { name: "Frau Kaya" } }));
  assert.equal(conversation.person, "Frau Kaya");
  assert.equal(conversation.typing, "Frau Kaya");
  await conversation.follow(stream({ event: "message", data: { message_id: "s1", author: "staff", name: "Frau Kaya", text: "Guten Tag" } }));
  assert.equal(conversation.typing, "");
  await conversation.send("Danke");
  assert.deepEqual(texts(conversation), ["staff: Guten Tag", "visitor: Danke"]);
  assert.equal(conversation.person, "Frau Kaya");
});

test("asking for a person leads to waiting, and a card of the answer is shown", async () => {
  const { conversation, transport } = play();
  transport.ask = async () => ({ note: "Morgen ab 7:30 Uhr", card: { kind: "contact_form" } });
  await conversation.handover();
  assert.equal(conversation.state, "waiting");
  assert.equal(conversation.note, "Morgen ab 7:30 Uhr");
  assert.deepEqual(conversation.rows[0].cards, [{ kind: "contact_form" }]);
});

test("a line that came back asks for what it missed, a first one does not", async () => {
  const { conversation, transport } = play();
  const asked = [];
  transport.ask = async (_, path) => {
    asked.push(path);
    return { items: [{ message_id: "s2", seq: 5, author: "staff", text: "Nachtrag" }], state: "human", name: "Frau Kaya" };
  };
  conversation.load({ messages: [{ message_id: "b0", seq: 4, author: "bot", text: "Hallo" }], state: "bot" });
  await conversation.follow(stream({ event: "open", data: {} }));
  assert.deepEqual(asked, []);
  await conversation.follow(stream({ event: "open", data: {} }));
  assert.deepEqual(asked, ["messages?after=4"]);
  assert.deepEqual(texts(conversation), ["bot: Hallo", "staff: Nachtrag"]);
});

test("a half answer disappears when a person has taken over meanwhile", async () => {
  const { conversation } = play([ACCEPTED, delta("Der Ölwechsel kos"), done({ message_id: null, state: "human", name: "Katrin" })]);
  await conversation.send("Was kostet ein Ölwechsel?");
  assert.deepEqual(texts(conversation), ["visitor: Was kostet ein Ölwechsel?"]);
  assert.equal(conversation.state, "human");
});
