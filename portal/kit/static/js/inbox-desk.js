// The desk of the inbox: clocks that run in opening hours, notes and prepared answers in the
// composer, suggestions that are edited, single keys, and notifications of this browser.

(() => {
  const page = document;
  const byId = (id) => page.getElementById(id);
  const csrf = () => page.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const tell = (text, tone) =>
    page.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }));

  // Clocks: `spans` are the opening times until an answer is due, as pairs of Unix seconds.

  const language = page.documentElement.lang;
  const ago = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });

  function span(seconds) {
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    if (minutes < 60) return unit(minutes, "minute");
    return unit(Math.round(minutes / 6) / 10, "hour");
  }

  function unit(value, name) {
    const options = { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 1 };
    return new Intl.NumberFormat(language, options).format(value);
  }

  function turn(clock) {
    const spans = JSON.parse(clock.dataset.spans);
    const now = Date.now() / 1000;
    const whole = spans.reduce((sum, [from, to]) => sum + to - from, 0) || 1;
    const left = spans.reduce((sum, [from, to]) => sum + Math.max(0, to - Math.max(from, now)), 0);
    const runs = spans.some(([from, to]) => from <= now && now < to);
    const late = left <= 0;
    clock.dataset.state = late ? "late" : runs ? (left / whole < 0.34 ? "soon" : "runs") : "stands";
    const share = late ? 100 : Math.round((left / whole) * 100);
    clock.querySelector(".clock__left").setAttribute("stroke-dasharray", `${share} 100`);
    const text = clock.querySelector(".clock__text");
    clock.dataset.said ??= text.textContent;
    if (late) text.textContent = overdue(Date.parse(clock.dataset.due) / 1000, now);
    else text.textContent = runs ? span(left) : clock.dataset.said;
  }

  function overdue(due, now) {
    const minutes = Math.max(1, Math.round((now - due) / 60));
    if (minutes < 60) return ago.format(-minutes, "minute");
    if (minutes < 48 * 60) return ago.format(-Math.round(minutes / 60), "hour");
    return ago.format(-Math.round(minutes / 1440), "day");
  }

  const turnAll = () => page.querySelectorAll("[data-clock]").forEach(turn);
  turnAll();
  setInterval(turnAll, 15000);
  for (const name of ["htmx:oobAfterSwap", "htmx:afterSettle", "inbox:line"]) {
    page.addEventListener(name, turnAll);
  }

  // The composer: an answer for the visitor, or a note for colleagues.

  const composer = () => byId("composer");
  const field = () => composer()?.elements.text;
  const changed = () => composer()?.dispatchEvent(new CustomEvent("composer:changed", { bubbles: true }));

  function setMode(mode) {
    const form = composer();
    if (!form) return;
    form.classList.toggle("composer--note", mode === "note");
    form.setAttribute("hx-post", form.dataset[mode]);
    form.setAttribute("action", form.dataset[mode]);
    window.htmx.process(form);
    const text = field();
    text.placeholder = text.dataset[mode];
    for (const button of form.querySelectorAll(".composer__mode")) {
      button.setAttribute("aria-pressed", String(button.value === mode));
    }
    text.focus();
  }

  // htmx reads the address when the form was found; what counts is the mode now.
  page.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (form.id !== "composer") return;
    form.dataset.sent = form.classList.contains("composer--note") ? "note" : "answer";
    event.detail.path = form.dataset[form.dataset.sent];
  });
  page.addEventListener("composer:sent", () => setMode("answer"));
  page.addEventListener("composer:mode", ({ detail }) => setMode(detail));

  page.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const mode = target?.closest(".composer__mode");
    if (mode) {
      setMode(mode.value);
      changed();
    }
    if (target?.closest("[data-replies]")) openReplies("");
    if (target?.closest("[data-suggest]")) suggest();
    const reply = target?.closest(".reply");
    if (reply) insert(reply);
    else if (!target?.closest("#replies, [data-replies], #composer textarea")) closeReplies();
    const task = target?.closest("[data-task][data-dialog]");
    if (task) fillTaskForm(task.dataset.task);
  });

  // The form of the last task would take what is typed until the new one is there.
  let blank = null;
  function fillTaskForm(kind) {
    const form = byId("task-form");
    if (!form) return;
    blank ??= [...form.children].map((child) => child.cloneNode(true));
    form.replaceChildren(...blank.map((child) => child.cloneNode(true)));
    const source = `${form.dataset.src}?kind=${encodeURIComponent(kind)}`;
    window.htmx.ajax("GET", source, { target: form, swap: "innerHTML" });
  }

  // The button of a new task went with the old list.
  page.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id !== "visitor-tasks" || page.activeElement !== page.body) return;
    if (detail.requestConfig.verb !== "post") return; // The panel comes by itself and takes no focus.
    byId("visitor-tasks").querySelector("[data-task]")?.focus();
  });

  // To whom a conversation can be given is asked for when the menu opens.
  page.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.open || !target.closest("#conversation-head")) return;
      window.htmx.trigger(target.querySelector(".menu__list"), "opened");
    },
    true,
  );

  // Prepared answers: "/" opens them, what follows narrows them, arrows choose.

  const list = () => byId("replies");
  const shown = () => [...list().querySelectorAll(".reply:not([hidden])")];

  function openReplies(typed) {
    const box = list();
    if (!box) return;
    box.hidden = false;
    field().focus();
    if (box.dataset.filled) narrow(typed);
    else if (!box.dataset.asked) {
      box.dataset.asked = "1";
      window.htmx.ajax("GET", box.dataset.src, { target: box, swap: "innerHTML" });
    }
  }

  // Whoever typed on meanwhile sees what fits now.
  page.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list()) return;
    list().dataset.filled = "1";
    narrow(slashed()?.[2] ?? "");
  });

  function slashed() {
    const text = field();
    return /(^|\s)\/([^\s/]*)$/.exec(text.value.slice(0, text.selectionStart));
  }

  function narrow(typed) {
    const wanted = typed.toLowerCase();
    const all = [...list().querySelectorAll(".reply")];
    const begins = all.filter((reply) => reply.dataset.shortcut.startsWith(wanted));
    const says = (reply) => reply.textContent.toLowerCase().includes(wanted);
    const fits = begins.length ? begins : all.filter(says);
    for (const reply of all) reply.hidden = !fits.includes(reply);
    const none = list().querySelector("[data-none]");
    if (none) none.hidden = shown().length > 0 || !list().querySelector(".reply");
    choose(shown()[0]);
  }

  function choose(reply) {
    for (const one of list().querySelectorAll(".reply")) {
      one.setAttribute("aria-selected", String(one === reply));
    }
    reply?.scrollIntoView({ block: "nearest" });
    field().setAttribute("aria-activedescendant", reply?.id ?? "");
  }

  function closeReplies() {
    const box = list();
    if (!box || box.hidden) return;
    box.hidden = true;
    field()?.removeAttribute("aria-activedescendant");
  }

  function insert(reply) {
    const text = field();
    const slash = slashed();
    const from = slash ? slash.index + slash[1].length : text.selectionStart;
    text.setRangeText(reply.dataset.text, from, text.selectionEnd, "end");
    changed();
    closeReplies();
    text.focus();
    const open = /\{\w+\}/.exec(text.value);
    if (open) text.setSelectionRange(open.index, open.index + open[0].length);
  }

  page.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    const typed = slashed();
    if (typed) openReplies(typed[2]);
    else closeReplies();
  });

  page.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== field() || !list() || list().hidden) return;
      const all = shown();
      const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        choose(all.at((at + (event.key === "ArrowDown" ? 1 : -1)) % (all.length || 1)));
      } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) insert(all[at]);
      else if (event.key === "Escape") closeReplies();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  // What did not come says so and can be asked for again.

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    page.addEventListener(name, ({ target, detail }) => {
      if (target.matches?.(".fetched")) target.dataset.failed = "";
      if (detail.target !== list() || !list()) return;
      delete list().dataset.asked;
      closeReplies();
    });
  }

  page.addEventListener("click", (event) => {
    const part = event.target instanceof Element && event.target.closest("[data-again]")?.closest(".fetched");
    if (!part) return;
    delete part.dataset.failed;
    window.htmx.trigger(part, "again");
  });

  // A suggestion streams into the field, to be edited before anybody sends it.

  async function suggest() {
    const form = composer();
    const button = form?.querySelector("[data-suggest]");
    if (!button || button.getAttribute("aria-busy") === "true") return;
    const text = field();
    const before = text.value;
    button.setAttribute("aria-busy", "true");
    text.readOnly = true; // What is typed into a text that streams would be lost with the next piece.
    try {
      const answer = await fetch(form.dataset.suggestion, {
        method: "POST",
        headers: { "X-CSRFToken": csrf() },
      });
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        tell(problem.detail || problem.title, "danger");
        return;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let said = before ? `${before}\n` : "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        said += value;
        text.value = said;
      }
      changed();
      text.readOnly = false;
      text.focus();
    } catch {
      tell(JSON.parse(page.body.dataset.texts || "{}").unreachable, "danger");
    } finally {
      text.readOnly = false;
      button.removeAttribute("aria-busy");
    }
  }

  // Single keys; app.js keeps j, k, "/" and the switch that turns all of them off.

  const keysAreOn = () => page.querySelector("[data-shortcuts]")?.checked ?? true;

  page.addEventListener(
    "keydown",
    (event) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
      const held = event.ctrlKey || event.metaKey || event.altKey;
      if (typing || held || !keysAreOn() || page.querySelector("dialog[open]")) return;
      if (event.key === "?" && byId("inbox-keys")) byId("inbox-keys").showModal();
      else if (event.key === "r" && composer()) setMode("answer");
      else if (event.key === "n" && composer()) setMode("note");
      else if (["e", "t"].includes(event.key)) {
        const button = page.querySelector(`#conversation-head [data-key="${event.key}"]`);
        if (!button) return;
        button.click();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  // Notifications: asked for on a click, shown while nobody looks at this page.

  // Phones know the word and refuse the deed: a constructor that throws is a browser without them.

  const bell = () => page.querySelector("[data-notify]");
  const isAllowed = () => "Notification" in window && Notification.permission === "granted";

  function notify(options) {
    try {
      return new Notification(bell()?.dataset.title ?? "", options);
    } catch {
      return null;
    }
  }

  const showBell = () => bell()?.toggleAttribute("data-asks", !isAllowed());
  showBell();
  page.addEventListener("htmx:afterSettle", showBell);
  page.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-notify]");
    if (!button) return;
    if ("Notification" in window) await Notification.requestPermission();
    const works = isAllowed() && notify({ body: button.dataset.on, tag: "inbox" }) !== null;
    tell(works ? button.dataset.on : button.dataset.off, works ? "success" : "warning");
    showBell();
  });

  // It may lie open on a counter for all to see: who it is and what was said stay in the inbox.
  page.addEventListener("inbox:news", ({ detail: line }) => {
    if (page.visibilityState === "visible" || !isAllowed()) return;
    const notice = notify({ body: line.dataset.news, tag: line.id, renotify: true });
    if (!notice) return;
    notice.onclick = () => {
      window.focus();
      const shown = byId(line.id);
      if (shown) shown.click();
      else location.assign(line.href); // Another filter is open, or another page of the list.
      notice.close();
    };
  });
})();
