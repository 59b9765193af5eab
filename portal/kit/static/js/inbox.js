// What the inbox does beyond swapping pieces: keeps list and thread in order, says who is writing
// and what has been read. The clocks, the composer and the keys are in inbox-desk.js.

(() => {
  const page = document;
  const byId = (id) => page.getElementById(id);
  const csrf = () => page.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const post = (address) =>
    fetch(address, { method: "POST", headers: { "X-CSRFToken": csrf() } }).catch(() => {});

  // Live pieces come with an id that may be there already: a line moves, a message stays in place.

  function settleLine(line) {
    const way = line.dataset.live;
    if (!way) return;
    delete line.dataset.live;
    if (line.dataset.news) {
      page.dispatchEvent(new CustomEvent("inbox:news", { detail: line.cloneNode() }));
      delete line.dataset.news;
    }
    const old = [...line.parentElement.querySelectorAll(".thread")].find(
      (other) => other !== line && other.id === line.id,
    );
    if (way === "gone" || (way === "update" && !old)) {
      old?.remove();
      line.remove();
      return;
    }
    const hadFocus = old?.contains(page.activeElement);
    if (way === "update") old.replaceWith(line);
    else {
      old?.remove();
      line.dataset.fresh = "";
      putInPlace(line);
    }
    if (hadFocus) line.focus({ preventScroll: true });
    page.dispatchEvent(new CustomEvent("inbox:line", { detail: line }));
  }

  // The urgent stand above; what belongs behind the last line is fetched when somebody scrolls.
  function putInPlace(line) {
    const others = [...line.parentElement.querySelectorAll(".thread")].filter((one) => one !== line);
    const next = others.find((other) => other.dataset.place < line.dataset.place);
    const rest = line.parentElement.querySelector("[hx-trigger=revealed]");
    if (next) {
      if (line.nextElementSibling !== next) next.before(line);
    } else if (rest) line.remove();
    else if (others.length) others.at(-1).after(line);
  }

  function settleMessage(message) {
    const others = [...message.parentElement.children].filter((one) => one !== message);
    const old = others.find((one) => one.id === message.id);
    if (old) {
      old.replaceWith(message);
      return;
    }
    // The answer to one's own deed may overtake the live event that came before it.
    const seq = Number(message.dataset.seq);
    const later = others.find((one) => Number(one.dataset.seq) > seq);
    if (later && message.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_PRECEDING) {
      later.before(message);
      return;
    }
    if (!isLast(message)) return;
    message.dataset.fresh = "";
    if (message.dataset.author === "visitor") readLater();
  }

  const changes = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (!(node instanceof Element) || !node.isConnected) continue;
        if (node.matches(".thread")) settleLine(node);
        else if (node.matches("#messages > :is([id^='message-'], [id^='note-'])")) {
          settleMessage(node);
        }
      }
    }
  });
  const isLast = (node) => node === node.parentElement.lastElementChild;

  function watch() {
    for (const region of [byId("threads"), byId("messages")]) {
      if (region) changes.observe(region, { childList: true });
    }
  }

  // Read: only what somebody could see.

  let reading = 0;
  function readLater() {
    clearTimeout(reading);
    reading = setTimeout(() => {
      const thread = byId("messages");
      const isSeen = thread && byId("composer") && page.visibilityState === "visible";
      if (isSeen) post(thread.dataset.reading);
    }, 400);
  }
  page.addEventListener("visibilitychange", () => {
    if (page.visibilityState === "visible" && byId("messages")) readLater();
  });

  // Writing: told at most every 2.5 seconds, and forgotten when nothing more is heard.

  let told = 0;
  page.addEventListener("input", (event) => {
    const form = event.target.closest?.("#composer");
    if (form?.classList.contains("composer--note")) return;
    if (!form || !event.target.value.trim() || Date.now() - told < 2500) return;
    told = Date.now();
    post(form.dataset.typing);
  });

  let silence = 0;
  page.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target?.id !== "typing") return;
    clearTimeout(silence);
    silence = setTimeout(() => {
      byId("typing")?.replaceChildren();
      delete byId("typing")?.dataset.visitor;
    }, 6000);
  });

  page.addEventListener("composer:sent", () => (told = 0));

  // Whoever is in the middle of a sentence is not shown the door by accident.
  page.addEventListener("htmx:confirm", (event) => {
    const question = event.detail.elt.dataset.typing;
    if (!event.detail.elt.matches("button") || !question || !byId("typing")?.dataset.visitor) return;
    event.preventDefault();
    if (confirm(question)) event.detail.issueRequest(true);
  });

  // The list stays where it was scrolled to when another conversation is opened.

  let scrolled = 0;
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id === "main") scrolled = byId("threads")?.scrollTop ?? 0;
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "main") return;
    const list = byId("threads");
    if (list) list.scrollTop = scrolled;
  });

  // A deed's button goes with the old head: whoever takes over writes next, others stay there.

  let deed = "";
  page.addEventListener("htmx:beforeRequest", ({ target }) => {
    deed = (target.closest("#conversation-head") && target.getAttribute("hx-post")) || "";
  });
  page.addEventListener("htmx:oobAfterSwap", () => {
    if (!deed || ![page.body, byId("main")].includes(page.activeElement)) return;
    const next = deed.endsWith("/takeover") ? byId("composer")?.elements.text : null;
    (next ?? page.querySelector("#conversation-head :is(button, summary)"))?.focus();
  });

  function begin() {
    if (!page.querySelector("[data-inbox]")) return;
    watch();
    if (byId("messages")?.hasAttribute("data-unread")) readLater();
  }
  begin();
  page.addEventListener("htmx:afterSettle", (event) => {
    if (["main", "threads"].includes(event.detail.target?.id)) begin();
  });
})();
