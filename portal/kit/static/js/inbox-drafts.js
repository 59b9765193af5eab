// What is being written in the inbox: kept in this tab until it is sent, sent once, and marked when
// it could not be. A draft belongs to one person and one conversation, and knows for whom it is.

(() => {
  const page = document;
  const composer = () => page.getElementById("composer");
  const textOf = (form) => form.elements.text.value;
  const isNote = (form) => form.classList.contains("composer--note");
  const nameOf = (form) => `draft:${form.dataset.draft}`;

  function stored(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? "null");
    } catch {
      return null; // Not kept then; everything else works.
    }
  }

  function store(name, draft) {
    try {
      if (draft) sessionStorage.setItem(name, JSON.stringify(draft));
      else sessionStorage.removeItem(name);
    } catch {
      // The same.
    }
  }

  function keep(form = composer()) {
    if (!form) return;
    const text = textOf(form);
    const { id, failed } = form.dataset;
    store(nameOf(form), text.trim() ? { text, isNote: isNote(form), id, failed } : null);
  }

  // A note that comes back as an answer would reach the visitor: first for whom it is, then the text.
  function bringBack() {
    const form = composer();
    const draft = form && !textOf(form) && stored(nameOf(form));
    if (!draft) return;
    const text = form.elements.text;
    const hadFocus = page.activeElement;
    setMode(form, draft.isNote);
    text.value = draft.text;
    text.setSelectionRange(text.value.length, text.value.length);
    if (draft.id) Object.assign(form.dataset, { id: draft.id, idOf: draft.text });
    if (draft.failed !== undefined) form.dataset.failed = "";
    hadFocus?.focus({ preventScroll: true });
  }

  const setMode = (form, asNote) =>
    form.dispatchEvent(
      new CustomEvent("composer:mode", { bubbles: true, detail: asNote ? "note" : "answer" }),
    );

  for (const name of ["input", "composer:changed"]) {
    page.addEventListener(name, (event) => {
      if (!event.target.closest?.("#composer")) return;
      delete composer().dataset.failed;
      keep();
    });
  }
  addEventListener("pagehide", () => keep());
  page.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target?.id === "main") keep();
  });
  page.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "main") bringBack();
  });

  // What its visitor has erased is not kept here either.
  page.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
    const gone = detail.target?.querySelector?.("[data-erased]")?.dataset.erased;
    for (const name of gone ? Object.keys(sessionStorage) : []) {
      if (name.startsWith("draft:") && name.endsWith(gone)) store(name, null);
    }
  });

  // Sending. The same text has the same name until it is stored, so that a second attempt is none.

  page.addEventListener("htmx:configRequest", ({ detail }) => {
    const form = detail.elt;
    if (form.id !== "composer") return;
    const text = textOf(form);
    if (form.dataset.idOf !== text) {
      Object.assign(form.dataset, { id: crypto.randomUUID(), idOf: text });
    }
    form.dataset.sending = text;
    delete form.dataset.failed;
    // Of a form that has left the page meanwhile the page hears nothing: the form itself is asked.
    form.addEventListener("htmx:afterRequest", receive);
    for (const name of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(name, markFailed);
    detail.parameters.client_id = form.dataset.id;
    if (!("anyway" in form.dataset)) detail.parameters.seen = newestSeen();
  });

  const newestSeen = () =>
    Math.max(0, ...[...page.querySelectorAll("#messages [data-seq]")].map((m) => m.dataset.seq));

  function receive({ currentTarget: form, detail }) {
    if (detail.elt !== form) return;
    if (detail.successful) settle(form);
    else if (detail.xhr?.status === 409) form.dataset.anyway = ""; // Told once, then it is sent.
  }

  // Who typed on while it was on its way keeps what came after it.
  function settle(form) {
    const sent = form.dataset.sending;
    const text = form.elements.text;
    for (const name of ["id", "idOf", "sending", "failed", "anyway"]) delete form.dataset[name];
    const rest = text.value.startsWith(sent) ? text.value.slice(sent.length).trimStart() : "";
    text.value = rest;
    keep(form);
    if (form !== composer()) return;
    if (!rest) form.dispatchEvent(new CustomEvent("composer:sent", { bubbles: true }));
    text.focus();
  }

  // The mark in the form says it where it happened: no toast lies over the button that sends.
  function markFailed(event) {
    const form = event.currentTarget;
    form.dataset.failed = "";
    keep(form);
    if (form.isConnected) return event.stopPropagation();
    const text = JSON.parse(page.body.dataset.texts || "{}").unreachable;
    page.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "danger" } }));
  }

  function sendAgain() {
    const form = composer();
    if (form && "failed" in form.dataset) form.requestSubmit();
  }
  addEventListener("online", sendAgain);
  page.addEventListener("htmx:sseOpen", sendAgain);

  // What a deed in a conversation brings changes nothing when another one is shown by then. Its
  // button has left the page with the old one, so the page does not hear of it: the target does.
  function belongsHere({ detail }) {
    const about = /\/inbox\/([0-9a-f-]{36})\//.exec(detail.pathInfo.requestPath)?.[1];
    const shown = page.getElementById("messages")?.dataset.conversation;
    if (about && about !== shown) detail.shouldSwap = false;
  }
  page.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target.id !== "main") detail.target.addEventListener("htmx:beforeSwap", belongsHere);
  });

  bringBack();
})();
