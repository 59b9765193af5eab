// A stand-in for the portal's widget API: one invented workshop, canned answers, everything in memory.
// `node test/fake-server.js [port] [milliseconds between words]` serves a page to look at; tests start it on a free port.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../portal/kit/static/widget/", import.meta.url));
const SLOT_HOURS = [6, 7.5, 9, 12];
const SERVICES = [
  { id: "1", name: "Inspektion", category: "Wartung", duration_minutes: 120, setup_minutes: 15, price: "189.00", price_from: true, currency: "EUR", can_wait: false },
  { id: "2", name: "Ölwechsel mit Filter", category: "Wartung", duration_minutes: 45, setup_minutes: 15, price: "89.00", price_from: true, currency: "EUR", can_wait: true },
  { id: "3", name: "Räderwechsel", category: "Reifen", duration_minutes: 45, setup_minutes: 15, price: "39.00", price_from: false, currency: "EUR", can_wait: true },
  { id: "4", name: "Unfallschaden ansehen", category: "Karosserie", duration_minutes: 30, setup_minutes: 0, price: null, price_from: false, currency: "EUR", can_wait: false },
];

const FAQ = [
  { question: "Kann ich auf mein Auto warten?", answer: "Ja, bei Arbeiten bis zu einer Stunde.\nDer Kaffee geht auf uns." },
  { question: "Haben Sie einen Ersatzwagen?", answer: "Ja, bitte bei der Terminbuchung angeben." },
];

// The second is on no page of ours.
const REPORTS = [
  { id: "1", headline: "Eine Zündkerze ist verschlissen", released_on: "2026-03-12", address: "PORTAL/r/geheim" },
  { id: "2", headline: "Woanders", released_on: "2026-03-13", address: "https://evil.example/reports/geheim" },
];

/** @param {{pace?: number}} [wishes] pace: milliseconds between words */
export function fakeServer({ pace = 30 } = {}) {
  /** @type {Map<string, any>} */
  const conversations = new Map();
  const requests = [];
  const faults = { config: 0, messages: 0, cut: 0, expire: false, limited: false, describe: false, contract: false, used: false, away: false };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    requests.push(`${request.method} ${url.pathname}`);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    if (request.method === "OPTIONS") {
      response.writeHead(204, { "Access-Control-Allow-Headers": "authorization, content-type, last-event-id", "Access-Control-Allow-Methods": "GET, POST, DELETE" }).end();
      return;
    }
    const body = await bodyOf(request);
    const route = ROUTES[`${request.method} ${url.pathname.replace("/widget/v1/", "")}`];
    if (route) await route({ url, request, response, body });
    else if (url.pathname.startsWith("/widget/v1/")) await file(url.pathname.slice("/widget/v1/".length), response);
    else page(url, response);
  });

  const ROUTES = {
    "GET config": ({ url, response }) => (faults.config-- > 0 ? problem(response, 503, {}) : json(response, 200, { ...config(url.searchParams.get("locale")), booking: { mode: faults.describe ? "describe" : "slots", agreement: faults.contract ? "contract" : "request", page: "https://portal.example/b/kfz-brandt" } })),
    "POST conversations": ({ body, response }) => {
      if (body.consent_version !== "2026-01") return problem(response, 409, { code: "CONSENT_OUTDATED" });
      const token = randomUUID();
      const greeting = { message_id: randomUUID(), seq: 1, author: "bot", text: "Guten Tag! Ich beantworte Fragen zu **Preisen**, **Terminen** und Ihrem Fahrzeug.", created_at: now() };
      conversations.set(token, { messages: [greeting], state: "bot", streams: new Set(), answers: new Map(), seq: 1 });
      json(response, 201, { token, conversation_id: randomUUID(), expires_at: new Date(Date.now() + 3_600_000).toISOString(), messages: [greeting], state: "bot" });
    },
    "GET messages": visitor(({ url, response, conversation }) => {
      const after = Number(url.searchParams.get("after") ?? 0);
      json(response, 200, { items: conversation.messages.filter((message) => message.seq > after), state: conversation.state, name: conversation.name, is_rated: conversation.isRated });
    }),
    "POST messages": visitor(answer),
    "GET events": visitor(({ request, response, conversation }) => {
      stream(response);
      const last = request.headers["last-event-id"];
      if (last) for (const message of conversation.messages.filter(({ seq }) => seq > last)) sayTo(response, "message", message);
      conversation.streams.add(response);
      request.on("close", () => conversation.streams.delete(response));
    }),
    "POST handover": visitor(({ response, conversation, body }) => {
      enter(conversation, { state: "waiting", note: "Herr Brandt hat Ihre Nachricht gesehen und meldet sich gleich." });
      json(response, 200, { state: "waiting", note: conversation.note });
      if (!body?.contact && !faults.away) setTimeout(() => staff(conversation), pace * 40);
    }),
    "GET faq": ({ response }) => json(response, 200, { locale: "de", items: FAQ }),
    "POST typing": visitor(({ response }) => response.writeHead(204).end()),
    "POST reading": visitor(({ response }) => response.writeHead(204).end()),
    "POST resume-links": visitor(({ response }) => json(response, 202, { valid_s: 1800 })),
    // One code opens the newest conversation, once.
    "POST resumptions": ({ response, body }) => {
      const token = [...conversations.keys()].at(-1);
      if (body.code !== "einmal" || faults.used) return problem(response, 404, { code: "LINK_GONE" });
      faults.used = true;
      json(response, 200, { token, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    },
    "GET services": visitor(({ response }) => json(response, 200, { items: SERVICES, last_day: day(60), terms: "Es gelten unsere Reparaturbedingungen.", withdrawal_policy: "Sie können binnen vierzehn Tagen widerrufen." })),
    "GET slots": visitor(({ url, response }) => {
      const [from, to] = [url.searchParams.get("from"), url.searchParams.get("to")];
      const items = slots().filter(({ starts_at }) => starts_at.slice(0, 10) >= from && starts_at.slice(0, 10) <= to);
      json(response, 200, { items, next_from: null });
    }),
    "POST bookings": visitor(({ response, body, conversation }) => {
      if (body.note === "vergeben") return problem(response, 409, { code: "SLOT_TAKEN", slots: slots().slice(2) });
      const slot = slots().find((one) => one.slot_id === body.slot_id);
      const names = SERVICES.filter(({ id }) => body.services.includes(id));
      const booking = { id: randomUUID(), code: "K7RQ2M", state: "requested", starts_at: slot?.starts_at ?? null, ends_at: slot?.ends_at ?? null, services: names, title: "" };
      const message = { message_id: randomUUID(), seq: ++conversation.seq, author: "system", text: "Die Terminanfrage K7RQ2M ist eingegangen.", created_at: now(), cards: [{ kind: "booking", ...booking }] };
      conversation.messages.push(message);
      push(conversation, "message", message);
      json(response, 201, booking);
    }),
    "POST verifications": visitor(({ response }) => json(response, 202, {})),
    "POST verifications/confirm": visitor(({ response, body }) => (body.code === "123456" ? json(response, 200, {}) : problem(response, 422, { detail: "Der Code stimmt nicht." }))),
    "POST ratings": visitor(({ response, conversation }) => {
      conversation.isRated = true;
      response.writeHead(204).end();
    }),
    "DELETE conversations/current": visitor(({ response, request }) => {
      conversations.delete(tokenOf(request));
      response.writeHead(204).end();
    }),
  };

  function visitor(handle) {
    return (exchange) => {
      const conversation = conversations.get(tokenOf(exchange.request));
      if (!conversation || faults.expire) return problem(exchange.response, 401, { code: "TOKEN_EXPIRED" });
      return handle({ ...exchange, conversation });
    };
  }

  async function answer({ request, response, body, conversation }) {
    if (faults.limited) return problem(response, 429, { code: "RATE_LIMITED" }, { "Retry-After": "20" });
    if (faults.messages-- > 0) return problem(response, 503, {});
    stream(response);
    const say = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const stored = conversation.answers.get(body.client_id) ?? (await store(conversation, body));
    say("accepted", { message_id: stored.visitor.message_id });
    if (conversation.state === "bot" || stored.bot) {
      await pause(pace * 10);
      for (const word of stored.bot.text.match(/\S+\s*/g) ?? []) {
        say("delta", { text: word });
        await pause(pace);
        if (faults.cut-- > 0) return response.destroy();
      }
      for (const card of stored.bot.cards) say("card", JSON.parse(JSON.stringify(card).replace("PORTAL", `http://${request.headers.host}`)));
    }
    say("done", { message_id: stored.bot?.message_id, state: conversation.state, sources: stored.bot?.sources ?? [] });
    response.end();
  }

  async function store(conversation, { client_id, text }) {
    const visitor = { message_id: randomUUID(), seq: ++conversation.seq, author: "visitor", text, created_at: now() };
    const bot = conversation.state === "bot" ? { message_id: randomUUID(), seq: ++conversation.seq, author: "bot", created_at: now(), ...reply(text) } : null;
    conversation.messages.push(visitor, ...(bot ? [bot] : []));
    const stored = { visitor, bot };
    conversation.answers.set(client_id, stored);
    for (const message of [visitor, bot].filter(Boolean)) push(conversation, "message", message);
    return stored;
  }

  async function staff(conversation) {
    enter(conversation, { state: "human", name: "Stefan Brandt" });
    push(conversation, "typing", { name: "Stefan Brandt" });
    await pause(pace * 40);
    say(conversation, "Guten Tag, Brandt hier. Ich sehe mir das gerade an – hören Sie das Geräusch auch im Leerlauf?");
  }

  /** A person says it, whether or not anybody listens. */
  function say(conversation, text) {
    const message = { message_id: randomUUID(), seq: ++conversation.seq, author: "staff", name: "Stefan Brandt", text, created_at: now() };
    conversation.messages.push(message);
    push(conversation, "message", message);
  }

  return { server, requests, faults, conversations, push, enter, staff, say };
}

function config(locale) {
  return {
    name: "Kfz-Meisterbetrieb Brandt",
    color: "#0b6e4f",
    greeting: locale === "en" ? "Hello! What can we do for you and your car?" : "Guten Tag! Was können wir für Sie und Ihr Auto tun?",
    languages: ["de", "en", "tr", "ar"],
    faq: true,
    locale: "de",
    ai_notice: locale === "en" ? "You are writing with an AI assistant. You can ask for a person at any time." : "Sie schreiben mit einem KI-Assistenten. Auf Wunsch übernimmt jederzeit ein Mensch.",
    consent: {
      version: "2026-01",
      text: locale === "en" ? "To answer you we process your messages and keep them for 90 days." : "Damit wir antworten können, verarbeiten wir Ihre Nachrichten und speichern sie 90 Tage. Ihre Einwilligung können Sie jederzeit widerrufen, indem Sie das Gespräch löschen.",
    },
    privacy_url: "https://kfz-brandt.example/datenschutz",
    phone: "089 123456",
    open: { is_open: true, text: locale === "en" ? "Open until 17:30" : "Geöffnet bis 17:30 Uhr" },
    assistant_name: "Brandt-Assistent",
  };
}

function reply(text) {
  const about = (...words) => words.some((word) => text.toLowerCase().includes(word));
  const sources = [{ kind: "price", label: "Preisliste" }, { kind: "faq", label: "Häufige Fragen" }];
  if (about("termin", "appointment")) return { text: "Gern. Diese Zeiten sind auf unserer Bühne frei:", cards: [{ kind: "slots", services: [{ id: "1", name: "Inspektion" }], slots: slots() }], sources: [] };
  if (about("kostet", "cost")) return { text: "Eine **Inspektion nach Herstellervorgabe** kostet bei uns:\n\n- Kleinwagen ab **189,00 €**\n- Mittelklasse ab **249,00 €**\n- Transporter ab **329,00 €**\n\nÖl und Teile kommen hinzu. Alle Preise finden Sie in der [Preisliste](https://kfz-brandt.example/preise).", cards: [], sources };
  if (about("kontakt")) return { text: "Wir haben gerade geschlossen.", cards: [{ kind: "contact_form" }], sources: [] };
  if (about("angebot")) return { text: "Hier ist Ihr Kostenvoranschlag.", cards: [{ kind: "estimate", currency: "EUR", lines: [{ label: "Bremsbeläge vorn", price: "89.90" }, { label: "Arbeitszeit, 9 AW", price: "98.10" }], total: "188.00" }], sources: [] };
  if (about("fahrzeug")) return { text: "Dafür muss ich kurz wissen, dass Sie es sind.", cards: [{ kind: "verification" }], sources: [] };
  if (about("zahnriemen")) return { text: `${"Der **Zahnriemen** wird nach Zeit oder Strecke getauscht, je nachdem, was zuerst eintritt.\n\n".repeat(16)}Das ist das Ende der langen Antwort.`, cards: [], sources };
  if (about("historie")) return { text: "Das steht bei uns über Ihren Golf:", cards: [{ kind: "vehicle", title: "VW Golf · B-CB 123", rows: [{ label: "12.03.2026 · 84.200 km", value: "Inspektion mit Ölwechsel (Rechnung 2026-113)" }, { label: "02.10.2025", value: "Räderwechsel" }], records: [], reports: REPORTS }], sources: [] };
  if (about("leistungen")) return { text: "Worum geht es?", cards: [{ kind: "services", services: SERVICES }], sources: [] };
  if (about("formular")) return { text: "", cards: [{ kind: "booking_form", text: "Im Formular sehen Sie alle freien Zeiten.", services: [{ id: "3" }] }], sources: [] };
  if (about("böse")) return { text: `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> [klick](javascript:window.hacked=1) **<b onclick=alert(1)>fett</b>** [ok](https://example.org/"onmouseover="x)`, cards: [{ kind: "facts", title: "<img src=x onerror=window.hacked=1>", rows: [{ label: "<b>a</b>", value: "<i>b</i>" }] }], sources: [{ kind: "faq", label: "<u>q</u>" }] };
  return { text: "Wir haben **Montag bis Freitag von 7:30 bis 17:30 Uhr** geöffnet. Samstags nehmen wir Fahrzeuge nach Absprache an.", cards: [], sources: sources.slice(1) };
}

function slots() {
  return [3, 4, 7, 16].flatMap((number) =>
    SLOT_HOURS.map((hour) => {
      const start = Date.parse(day(number)) + hour * 3_600_000;
      return { slot_id: `slot-${number}-${hour}`, starts_at: new Date(start).toISOString(), ends_at: new Date(start + 5_400_000).toISOString(), lift: "Bühne 2" };
    }),
  );
}

/** The plain date in so many days. */
function day(number) {
  return new Date(Date.now() + number * 86_400_000).toISOString().slice(0, 10);
}

function push(conversation, event, data) {
  for (const response of conversation.streams) sayTo(response, event, data);
}

function sayTo(response, event, data) {
  response.write(`id: ${data.seq ?? ""}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function enter(conversation, facts) {
  Object.assign(conversation, facts);
  push(conversation, "state", facts);
}

async function file(name, response) {
  const content = await readFile(join(BUILT, name)).catch(() => null);
  if (!content) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(content);
}

/** Rules that a page should not have, and some have. */
const HOSTILE = "<style>* { all: unset !important; text-transform: uppercase !important; letter-spacing: 9px !important; visibility: hidden; } button, div, p { display: none !important; }</style>";

/** A workshop's page under the strictest policy that its owner might set. */
function page(url, response) {
  const attributes = url.search.slice(1).split("&").filter(Boolean).map((pair) => pair.replace(/^(.*)=(.*)$/, (_, name, value) => `data-${name}="${decodeURIComponent(value).replaceAll('"', "&quot;")}"`));
  const [scripts, nonce] = url.pathname === "/nonce" ? ["'nonce-r4nd0m'", ' nonce="r4nd0m"'] : ["'self'", ""];
  const [styles, style] = url.pathname === "/hostile" ? ["'unsafe-inline'", HOSTILE] : ["'none'", ""];
  response.writeHead(200, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `default-src 'none'; script-src ${scripts}; connect-src 'self'; style-src ${styles}; require-trusted-types-for 'script'`,
  });
  const tag = `<script${nonce} src="/widget/v1/carbot.js" data-site-key="demo" ${attributes.join(" ")} async></script>`;
  response.end(`<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Werkstatt</title>${style}<h1>Kfz-Meisterbetrieb Brandt</h1><p>Ihre Werkstatt in Musterstadt.</p>${tag}${url.pathname === "/twice" ? tag : ""}</html>`);
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : undefined;
}

const tokenOf = (request) => request.headers.authorization?.replace("Bearer ", "");
const now = () => new Date().toISOString();
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const json = (response, status, data) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(data));
const problem = (response, status, facts, headers = {}) => response.writeHead(status, { "Content-Type": "application/problem+json", ...headers }).end(JSON.stringify({ status, ...facts }));
const stream = (response) => response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" }).flushHeaders();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = fakeServer({ pace: Number(process.argv[3] ?? 30) });
  fake.server.on("request", (request) => {
    // `GET /faults?expire=1` switches a fault on for whoever looks by hand.
    const url = new URL(request.url, "http://127.0.0.1");
    if (url.pathname === "/faults") for (const [name, value] of url.searchParams) fake.faults[name] = Number(value);
    // With `away=1` nobody comes before `GET /staff`.
    if (url.pathname === "/staff") for (const conversation of fake.conversations.values()) fake.staff(conversation);
    if (url.pathname === "/sever") for (const { streams } of fake.conversations.values()) for (const one of streams) one.destroy();
    if (url.pathname === "/say") for (const conversation of fake.conversations.values()) fake.say(conversation, url.searchParams.get("text"));
    if (url.pathname === "/close") for (const conversation of fake.conversations.values()) fake.enter(conversation, { state: "closed" });
  });
  fake.server.listen(Number(process.argv[2] ?? 8099), "127.0.0.1", () => console.log(`http://127.0.0.1:${fake.server.address().port}/`));
}
