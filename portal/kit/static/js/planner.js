// The calendar beyond links and forms: it refreshes itself, opens appointments beside it, and can
// be used with the keyboard alone. Places and words come from the server; nothing is drawn here.

(() => {
  const page = document;
  const planner = () => page.querySelector("[data-planner]");
  const calendar = () => page.getElementById("calendar");
  const sheet = () => page.getElementById("sheet");
  const home = () => planner().dataset.home;
  const closest = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;
  // From the press on a block until it has come to rest: what is under the hand is not exchanged.
  const isHeld = () => planner().hasAttribute("data-held");
  const FRESH_MS = 60000;
  const isPhone = matchMedia("(max-width: 47.99rem)");

  // Refreshing: one request however many events come, and none while something is carried.

  let waits = false;
  function refresh() {
    if (page.getElementById("planner-list")) return refreshList();
    if (waits || !calendar()) return;
    if (isHeld()) return void (waits = true);
    // Whoever is on the way to another day gets that day, and what has changed right after it.
    if (going) return void (missed = true);
    ask(`${home()}?${calendar().dataset.query}`);
  }
  function refreshList() {
    if (page.querySelector("dialog[open]")) return;
    const list = "#planner-list";
    const headers = { "HX-Target": "main" };
    request("GET", location.href, list, { select: list, swap: "outerHTML", headers });
  }
  page.addEventListener("planner-idle", () => {
    if (!waits) return;
    waits = false;
    refresh();
  });

  let asking = 0;
  function refreshSoon() {
    clearTimeout(asking);
    asking = setTimeout(refresh, 60);
  }
  page.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (event.target.closest?.("#planner-live")) {
      event.preventDefault();
      refreshSoon();
      refreshSheet();
      page.body.dispatchEvent(new CustomEvent("planner-recount"));
    }
  });
  page.addEventListener("planner-changed", () => {
    refreshSoon();
    if (!calendar()) page.body.dispatchEvent(new CustomEvent("planner-recount"));
  });

  // An open sheet follows what others do, unless something is being written in it.
  function refreshSheet() {
    const open = sheet()?.querySelector("[data-sheet]");
    if (!open || sheet().contains(page.activeElement?.closest("input, textarea, select"))) return;
    if (sheet().querySelector("#cancel-why:not([hidden])")) return;
    openSheet(`${home()}/${open.dataset.sheet}`, { quietly: true });
  }

  let scrolled = null;
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "calendar") return;
    const board = calendar().querySelector("[data-scroll]");
    const focus = page.activeElement?.id;
    const look = calendar().dataset.look + calendar().dataset.by;
    scrolled = { look, focus, top: board.scrollTop, left: board.scrollLeft };
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    if (!["calendar", "planner-live"].includes(event.detail.target?.id) || !calendar()) return;
    begin();
    const board = calendar().querySelector("[data-scroll]");
    if (scrolled && scrolled.look === calendar().dataset.look + calendar().dataset.by) {
      board.scrollTop = scrolled.top;
      board.scrollLeft = scrolled.left;
    } else scrollToNow();
    if (scrolled?.focus && page.activeElement === page.body) {
      page.getElementById(scrolled.focus)?.focus({ preventScroll: true });
    }
    scrolled = null;
  });

  let going = 0;
  let missed = false;
  function show(address) {
    going += 1;
    return ask(address).finally(() => {
      going -= 1;
      if (going || !missed) return;
      missed = false;
      refreshSoon();
    });
  }
  // The last question counts: the answer to an older one that is still under way is not shown.
  let newest = 0;
  function ask(address) {
    newest += 1;
    return request("GET", address, "#calendar", { swap: "outerHTML", number: newest });
  }
  page.addEventListener("htmx:beforeSwap", (event) => {
    const number = event.detail.requestConfig?.elt.dataset.number;
    if (!number) return;
    if (Number(number) !== newest) event.detail.shouldSwap = false;
    else if (isHeld() && !going) {
      event.detail.shouldSwap = false;
      waits = true;
    }
  });
  // Each request has an element of its own: htmx lets those of one element wait for each other.
  function request(verb, address, target, { swap = "innerHTML", number = "", ...more } = {}) {
    const source = page.createElement("span");
    source.hidden = true;
    source.dataset.number = number;
    planner().append(source);
    return htmx
      .ajax(verb, address, { source, target, swap, ...more })
      .catch(() => {})
      .finally(() => source.remove());
  }
  function go(address) {
    history.pushState({ planner: true }, "", address);
    return show(address);
  }
  addEventListener("popstate", () => {
    if (!calendar()) return;
    if (new URL(location.href).pathname === home()) {
      show(location.href);
      closeSheet({ quietly: true });
    }
  });

  // Moving through days and views without leaving the page
  page.addEventListener("click", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.button;
    const way = closest(event, "[data-move]");
    if (way && calendar() && !modified) {
      event.preventDefault();
      go(way.getAttribute("href"));
    }
    const opener = closest(event, "[data-open]");
    if (opener && sheet() && !modified && !event.defaultPrevented) {
      event.preventDefault();
      if (!event.altKey) openSheet(opener.getAttribute("href"), { from: opener });
    }
    const asks = closest(event, "[data-dialog-from]");
    if (asks && !modified) {
      event.preventDefault();
      openDialog(asks.dataset.dialogFrom);
    }
    if (closest(event, "[data-close-sheet]")) closeSheet();
    if (closest(event, "[data-new]")) openNew();
    const reveals = closest(event, "[data-reveal]");
    if (reveals) reveal(page.getElementById(reveals.dataset.reveal));
    const leaves = closest(event, "[data-leave]");
    if (leaves && !leaves.closest("dialog")) location.assign(leaves.dataset.leave);
  });

  function reveal(part) {
    part.hidden = !part.hidden;
    if (!part.hidden) part.querySelector(".input")?.focus();
  }

  // The sheet

  let openedFrom = "";
  function openSheet(address, { from = null, quietly = false } = {}) {
    if (from) openedFrom = from.id;
    return request("GET", address, "#sheet").then(() => {
      mark();
      if (!quietly) sheet().querySelector(".sheet__title")?.focus({ preventScroll: true });
    });
  }
  function closeSheet({ quietly = false } = {}) {
    if (!sheet()?.firstElementChild) return false;
    if (!calendar() && !page.querySelector(".planner__list")) return false;
    sheet().replaceChildren();
    mark();
    if (!quietly) page.getElementById(openedFrom)?.focus({ preventScroll: true });
    return true;
  }
  function mark() {
    const open = sheet()?.querySelector("[data-sheet]")?.dataset.sheet;
    for (const visit of page.querySelectorAll(".visit[aria-current]")) {
      visit.removeAttribute("aria-current");
    }
    if (!open) return;
    for (const visit of page.querySelectorAll(`.visit[data-id="${CSS.escape(open)}"]`)) {
      visit.setAttribute("aria-current", "true");
    }
  }
  // On a page of its own the form leads back when it is done: a second click would book again.
  page.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt;
    if (!form.matches("[data-new-form]") || form.closest("dialog") || !detail.successful) return;
    location.assign(form.querySelector("[data-leave]").dataset.leave);
  });

  page.addEventListener("htmx:afterRequest", (event) => {
    const settled = event.detail.elt.dataset?.settles;
    if (settled && event.detail.successful) page.getElementById(settled)?.remove();
  });

  // Dialogs

  const dialog = () => page.getElementById("planner-dialog");
  function openDialog(address, values = null) {
    return request(values ? "POST" : "GET", address, "#dialog-body", values ? { values } : {});
  }
  // It is shown once its form is wired: a fast hand would send it as a page of its own.
  page.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "dialog-body" || !dialog()) return;
    // What was done closes the dialog, and htmx tells of a swap although there was none.
    if (event.detail.xhr.getResponseHeader("HX-Reswap") === "none") return;
    if (!dialog().open) dialog().showModal();
    const first = dialog().querySelector("[data-refused] .button--primary, .times .time");
    (first ?? dialog().querySelector("[autofocus], .input, h2"))?.focus();
  });

  // A new appointment: type, Enter, tick, Enter.

  let loaded = "";
  let loadedAt = 0;
  let coming = Promise.resolve();
  function load(address) {
    loaded = address;
    loadedAt = Date.now();
    coming = request("GET", address, "#new-body");
  }
  function openNew(values = {}) {
    const box = page.getElementById("new-appointment");
    const body = page.getElementById("new-body");
    if (!body?.dataset.from) return;
    const address = `${body.dataset.from}?${new URLSearchParams(values)}`;
    const isThere = loaded === address;
    if (!isThere) load(address);
    else if (Date.now() - loadedAt > FRESH_MS) freshTimes();
    if (!box.open) box.showModal();
    // Whoever types at once loses no letter, and whoever has gone on meanwhile is not called back.
    const begin = () => page.getElementById("new-q")?.focus();
    if (isThere) begin();
    coming.then(() => body.contains(page.activeElement) || begin());
  }
  function freshTimes() {
    loadedAt = Date.now();
    request("GET", `${home()}/new/times`, "#new-when");
  }
  // The empty form is there before somebody asks for it: whoever calls does not wait.
  function fetchNew() {
    const body = page.getElementById("new-body");
    if (!body?.dataset.from || !planner().hasAttribute("data-may-edit")) return;
    load(`${body.dataset.from}?`);
  }
  page.addEventListener(
    "close",
    (event) => {
      if (event.target.id === "new-appointment") fetchNew();
    },
    true,
  );

  page.addEventListener("change", (event) => {
    const form = closest(event, "[data-new-form]");
    if (!form) return;
    if (event.target.name === "who") showFresh(form);
    if (event.target.name === "at") showOwn(form);
    if (event.target.name === "own_date" || event.target.name === "own_time") {
      form.querySelector('[name="at"][value="own"]').checked = true;
    }
  });
  function showFresh(form) {
    const fresh = form.querySelector("[data-fresh]");
    fresh.hidden = form.elements.who.value !== "new";
    if (!fresh.hidden) fresh.querySelector(".input").focus();
  }
  function showOwn(form) {
    const own = form.querySelector("[data-own]");
    own.hidden = form.elements.at.value !== "own";
  }

  // Enter in the search takes the first who fits and goes on to the services.
  page.addEventListener("keydown", (event) => {
    if (event.target.id !== "new-q") return;
    const form = event.target.form;
    const choices = [...form.querySelectorAll("[data-who]")];
    if (event.key === "ArrowDown" && choices.length) {
      event.preventDefault();
      (choices.find((one) => one.checked) ?? choices[0]).focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      goOn(form);
    }
  });
  // So does Enter in the fields of somebody new, as long as nobody has said what is to be done.
  page.addEventListener("keydown", (event) => {
    const form = closest(event, "[data-fresh]")?.closest("[data-new-form]");
    if (!form || event.key !== "Enter" || event.target.type === "radio") return;
    if (form.querySelector('[name="services"]:checked') || form.elements.wishes.value) return;
    event.preventDefault();
    goOn(form);
  });
  // What stands against a booking is never below the edge of the dialog.
  page.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "new-problem") return;
    event.detail.target.scrollIntoView({ block: "center" });
  });
  function goOn(form) {
    const isNew = form.elements.who?.value === "new";
    const empty = [...form.querySelectorAll("#new-name, #new-phone")].find((one) => !one.value);
    const next = isNew && empty ? empty : form.querySelector('[name="services"], #new-minutes');
    next?.focus();
  }
  // Enter on a ticked service, or on a choice, books: a box alone would do nothing.
  page.addEventListener("keydown", (event) => {
    const form = closest(event, "[data-new-form]");
    const box = event.target.type === "checkbox" || event.target.type === "radio";
    if (!form || event.key !== "Enter" || !box) return;
    event.preventDefault();
    if (event.target.name === "services" && !event.target.checked) {
      event.target.checked = true;
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (event.target.name === "who") goOn(form);
    else form.requestSubmit();
  });
  // Who books while times are still being asked for waits for them.
  page.addEventListener("htmx:confirm", (event) => {
    if (!event.target.matches?.("[data-new-form]")) return;
    if (!page.querySelector("#new-when .htmx-request, #new-when.htmx-request")) return;
    event.preventDefault();
    page.addEventListener("htmx:afterSettle", () => event.detail.issueRequest(true), {
      once: true,
    });
  });

  // An empty place in the calendar: a double click begins an appointment there.
  page.addEventListener("dblclick", (event) => {
    const column = closest(event, "[data-column], [data-cell]");
    if (!column || closest(event, ".visit") || !planner().hasAttribute("data-may-edit")) return;
    const values = { date: column.dataset.day || calendar().dataset.day, time: "08:00" };
    if (column.matches("[data-column]")) values.time = plannerDrag.timeAt(column, event.clientY);
    if (column.dataset.resource) values[column.dataset.kind] = column.dataset.resource;
    openNew(values);
  });

  // Keyboard

  let wentFor = 0;
  page.addEventListener("keydown", (event) => {
    if (!planner()) return;
    if (event.key === "Escape" && !page.querySelector("dialog[open], [data-menu][open]")) {
      if (!planner().hasAttribute("data-dragging")) closeSheet();
      return;
    }
    const typing = closest(event, "input, textarea, select, [contenteditable]");
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (typing || modified || page.querySelector("dialog[open]")) return;
    if (event.key.startsWith("Arrow")) return moveFocus(event);
    if (remembered() === "off") return;
    if (event.key === "g") return void (wentFor = Date.now());
    if (Date.now() - wentFor < 1200) return void (wentFor = 0);
    singleKey(event);
  });
  function remembered() {
    try {
      return localStorage.getItem("shortcuts");
    } catch {
      return null;
    }
  }
  function singleKey(event) {
    const { key } = event;
    if (key === "n" && planner().hasAttribute("data-may-edit")) openNew();
    else if (key === "t") page.getElementById("go-today")?.click();
    else if (key === "d" || key === "w" || key === "m") keyOfView(key);
    else if (key === "j" || key === "k") inOrder(key === "j" ? 1 : -1);
    else if (key === "p" || key === "[") page.getElementById("go-earlier")?.click();
    else if (key === "]") page.getElementById("go-later")?.click();
    else return;
    event.preventDefault();
  }
  // On an appointment "m" moves it; anywhere else it shows the month.
  function keyOfView(key) {
    const visit = page.activeElement?.closest(".visit[data-may-move], .sheet");
    if (key === "m" && visit && planner().hasAttribute("data-may-edit")) {
      const id = visit.dataset.id ?? visit.querySelector("[data-sheet]")?.dataset.sheet;
      if (id) return void openDialog(`${home()}/${id}/time`);
    }
    const look = { d: "day", w: "week", m: "month" }[key];
    page.getElementById(`look-${look}`)?.click();
  }

  const shown = () =>
    [...page.querySelectorAll(".visit, .case__link")].filter((one) => one.checkVisibility());

  // j and k go by the clock through everything that is shown.
  function inOrder(step) {
    const visits = shown().sort((a, b) => Number(a.dataset.start) - Number(b.dataset.start));
    if (!visits.length) return;
    const at = visits.indexOf(page.activeElement);
    const next = visits[Math.min(Math.max(at + step, 0), visits.length - 1)];
    focusOn(at < 0 ? visits[0] : next);
  }

  // Arrow keys go to the nearest appointment in that direction.
  function moveFocus(event) {
    const here = page.activeElement?.closest(".visit");
    if (!here || isPhone.matches) return arrowsPage(event);
    const from = here.getBoundingClientRect();
    const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const [x, y] = ways[event.key];
    let best = null;
    for (const other of shown()) {
      if (other === here) continue;
      const to = other.getBoundingClientRect();
      const dx = to.left + to.width / 2 - from.left - from.width / 2;
      const dy = to.top - from.top;
      const along = dx * x + dy * y;
      if (along < 4) continue;
      const aside = Math.abs(dx * y) + Math.abs(dy * x);
      const far = along + aside * (x ? 0.6 : 3);
      if (!best || far < best.far) best = { far, other };
    }
    event.preventDefault();
    if (best) focusOn(best.other);
  }
  // With nothing chosen, left and right turn the page; up and down choose the first.
  function arrowsPage(event) {
    if (!calendar() || closest(event, ".sheet, .sidebar, .tabs")) return;
    if (event.key === "ArrowLeft") page.getElementById("go-earlier")?.click();
    else if (event.key === "ArrowRight") page.getElementById("go-later")?.click();
    else if (closest(event, ".board")) return;
    else inOrder(1);
    event.preventDefault();
  }
  function focusOn(visit) {
    for (const other of shown()) other.tabIndex = -1;
    visit.tabIndex = 0;
    visit.focus({ preventScroll: true });
    visit.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // One stop of the tab key for the whole grid; without script every appointment is one.
  function begin() {
    const visits = shown().filter((one) => one.matches(".visit"));
    const current = visits.find((one) => one === page.activeElement) ?? visits[0];
    for (const visit of visits) visit.tabIndex = visit === current ? 0 : -1;
    mark();
    moveNow();
  }

  function scrollToNow() {
    const board = calendar()?.querySelector("[data-scroll]");
    if (isPhone.matches) {
      const today = board?.querySelector(".agenda__day[data-today]");
      // Its head sticks, and where it sticks is not where it stands.
      const first = today?.nextElementSibling;
      if (first) board.scrollTop = first.offsetTop - today.offsetHeight;
      return;
    }
    const mark = board?.querySelector("[data-now]");
    if (!mark) return;
    board.scrollTop = Math.max(0, mark.offsetTop - board.clientHeight / 3);
  }
  function moveNow() {
    const clock = new Intl.DateTimeFormat("de-DE", {
      timeZone: "Europe/Berlin",
      hour: "numeric",
      minute: "numeric",
    });
    const parts = Object.fromEntries(clock.formatToParts().map((p) => [p.type, p.value]));
    for (const now of page.querySelectorAll("[data-now]")) {
      now.dataset.h = Number(parts.hour);
      now.dataset.m = Math.floor(Number(parts.minute) / 5) * 5;
    }
  }
  setInterval(moveNow, 60000);

  window.plannerParts = { openDialog, refresh, calendar, planner, home };
  if (planner()) {
    const tab = page.querySelector(".planner__tabs [aria-current]");
    tab?.scrollIntoView({ inline: "center", block: "nearest" });
    begin();
    scrollToNow();
    fetchNew();
  }
})();
