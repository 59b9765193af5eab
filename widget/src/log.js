import { keepFocus } from "./focus.js";
import { rowView } from "./rows.js";
import { sentence } from "./sentences.js";
import { signs } from "./signs.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Row} Row */

const STARTERS = ["start.1", "start.2", "start.3"];
const STATES = { bot: "state.bot", waiting: "state.waiting", human: "state.human", closed: "state.closed" };
const NEAR_THE_END = 80;
const PERSON = "M12 4a4 4 0 1 0 .01 0zM5 20a7 7 0 0 1 14 0";
const CALENDAR = "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4";
const DOWN = "M12 5v14M5.5 12.5L12 19l6.5-6.5";

/** The conversation as it is seen: rows, who is typing, and what else can be done now.
 * @param {import("./view.js").Ui} ui @param {HTMLElement} scroller */
export function logView(ui, scroller) {
  const { t, h, icon, config } = ui;
  const log = h("div.log", { role: "log", "aria-live": "polite", "aria-label": t("log") });
  const typing = h("div.typing", { role: "status", hidden: true });
  const tools = h("div.tools");
  const jump = h("button.jump", { hidden: true, onclick: () => toEnd() }, icon(DOWN), t("jump"));
  const helper = config.assistant_name || t("ai");
  /** @type {Map<string, ReturnType<typeof rowView>>} */
  const shown = new Map();
  let toolsKey = "";
  let wasShown = false;
  let frame = 0;

  scroller.addEventListener("scroll", () => isNearEnd() && (jump.hidden = true), { passive: true });
  scroller.append(log, typing);
  const panel = /** @type {Element} */ (scroller.parentElement);
  const told = signs(ui, log, panel.querySelector(".composer"));
  keepFocus(panel);
  return { above: [jump, tools], below: h("p.small", {}, t("foot")), update };

  /** Words that come within one frame are painted together. @param {Conversation} conversation @param {Row} [row] only this one changed */
  function update(conversation, row) {
    if (row?.status === "streaming" && shown.has(row.key)) frame ||= requestAnimationFrame(() => paint(conversation, row));
    else paint(conversation, row);
  }

  /** @param {Conversation} conversation @param {Row} [row] */
  function paint(conversation, row) {
    frame = 0;
    const follows = !row || row.status === "pending" || isNearEnd();
    const known = row && shown.get(row.key);
    if (known) known.update();
    else {
      showRows(conversation.rows);
      showState(conversation);
    }
    if (!wasShown && conversation.rows.some(({ cards }) => cards.length)) ui.more().then(() => follow(conversation.rows));
    wasShown = true;
    told.follow(conversation);
    if (follows) follow(conversation.rows);
    else if (!known) jump.hidden = false;
  }

  /** @param {Row[]} rows */
  function showRows(rows) {
    const wanted = new Set(rows.map(({ key }) => key));
    for (const [key, { node }] of shown) {
      if (wanted.has(key)) continue;
      node.remove();
      shown.delete(key);
    }
    rows.forEach((row, i) => {
      if (shown.has(row.key)) return;
      const made = rowView(ui, row, rows[i - 1]);
      shown.set(row.key, made);
      log.append(made.node);
    });
  }

  /** @param {Conversation} conversation */
  function showState(conversation) {
    const { state, person } = conversation;
    const name = state === "human" ? person || t("state.team") : helper;
    ui.status(state, state === "bot" && !config.assistant_name ? helper : t(STATES[state], { name }), state === "human" ? name : config.name);
    const writer = conversation.typing === "bot" ? helper : conversation.typing;
    typing.hidden = !writer;
    typing.replaceChildren(...(writer ? [h("i"), h("i"), h("i"), h("span.unseen", {}, t("typing", { name: writer }))] : []));
    showTools(conversation);
  }

  /** What else can be done: start with a usual question, call a person, begin anew. @param {Conversation} conversation */
  function showTools(conversation) {
    const { state, note, isEmpty } = conversation;
    const hint = note || (state === "waiting" && t("state.waitingNote"));
    const key = JSON.stringify([state, hint, isEmpty]);
    if (toolsKey === key) return;
    toolsKey = key;
    const starters = isEmpty && state === "bot" ? STARTERS.slice(config.booking ? 1 : 0).map((key) => chip(t(key), () => ui.send(t(key)))) : [];
    const book = isEmpty && config.booking && chip(t("book"), () => ui.sheet("book"), icon(CALENDAR));
    const offers = { bot: () => chip(t("handover"), () => callPerson(conversation), icon(PERSON)), waiting: () => ui.phoneLink(), human: () => "", closed: () => chip(t("again"), ui.restart) };
    tools.replaceChildren(...[hint ? h("p.note", {}, hint) : "", book, ...starters, offers[state]()].filter(Boolean));
    ui.lock(state === "closed");
    if (state === "closed") {
      ui.more().then((more) => {
        tools.prepend(more.rating(ui, conversation));
        toEnd();
      });
    }
  }

  /** @param {Conversation} conversation */
  function callPerson(conversation) {
    ui.handover().catch((problem) => conversation.tell(sentence(t, problem, ui.locale)));
  }

  /** @param {string} text @param {() => void} onclick @param {Node | ""} before */
  function chip(text, onclick, before = "") {
    return h("button.chip", { onclick }, before, text);
  }

  function isNearEnd() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;
  }

  /** To the end, but never past the sentence that a form belongs to. @param {Row[]} rows */
  function follow(rows) {
    const last = rows.findLast(({ author, cards }) => author !== "system" || cards.length);
    const node = last?.cards.length ? shown.get(last.key)?.node : null;
    toEnd();
    const above = node ? scroller.getBoundingClientRect().top - node.getBoundingClientRect().top : 0;
    if (above > 0) scroller.scrollTop -= above + 12;
  }

  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    jump.hidden = true;
  }
}
