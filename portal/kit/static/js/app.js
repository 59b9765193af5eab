// The behaviour of every dashboard page. Markup comes from templates; this only writes text,
// sets attributes and listens. No eval, no inline handlers.

(() => {
  const page = document;
  const texts = () => JSON.parse(page.body.dataset.texts || "{}");
  const csrf = () => page.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const closest = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;

  // Requests

  page.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrf();
  });

  // A form that answers 409 or 422 comes back as HTML and is swapped in; a problem is told.
  page.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400) return;
    if (xhr.status === 401) location.reload();
    const type = xhr.getResponseHeader("Content-Type") ?? "";
    event.detail.shouldSwap = type.startsWith("text/html") && xhr.status < 500;
    event.detail.isError = !event.detail.shouldSwap;
    if (!event.detail.shouldSwap) tell(problemOf(xhr, type), "danger");
  });

  // A form that comes back begins at the first field that is to be mended.
  const mend = () => page.querySelector('main [aria-invalid="true"]')?.focus();
  mend();
  page.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.querySelector?.('[aria-invalid="true"]')) mend();
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    page.addEventListener(name, () => tell(texts().unreachable, "danger"));
  }

  function problemOf(xhr, type) {
    if (!type.includes("json")) return texts().failed;
    try {
      const problem = JSON.parse(xhr.responseText);
      return problem.detail || problem.title || texts().failed;
    } catch {
      return texts().failed;
    }
  }

  // A plain form is sent once.
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post], [hx-get]")) {
      return;
    }
    const button = event.submitter;
    if (button) setTimeout(() => button.setAttribute("aria-busy", "true"));
  });
  addEventListener("pageshow", () => {
    for (const button of page.querySelectorAll("button[aria-busy]")) {
      button.removeAttribute("aria-busy");
    }
  });

  // Signing out erases the files that still wait on this device: ask first.
  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/signout" || form.dataset.asked) return;
    event.preventDefault();
    form.dataset.asked = "yes";
    const waiting = await filesThatWait().catch(() => 0);
    if (waiting && !confirm(texts().leave)) {
      delete form.dataset.asked;
      return;
    }
    sessionStorage.clear();
    form.requestSubmit();
  });

  async function filesThatWait() {
    const known = (await indexedDB.databases()).some(({ name }) => name === "carbot-uploads");
    if (!known) return 0;
    const result = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open("carbot-uploads"));
    try {
      const files = database.transaction("files").objectStore("files");
      return (await result(files.getAll())).filter(({ state }) => state !== "sent").length;
    } finally {
      database.close();
    }
  }

  // Toasts: HX-Trigger: {"toast": {"text": "…", "tone": "success"}}

  page.addEventListener("toast", (event) => tell(event.detail.text, event.detail.tone));

  function tell(text, tone = "success") {
    const region = page.querySelector("[data-toasts]");
    const blank =
      page.querySelector(`[data-toast-blank="${CSS.escape(tone)}"]`) ??
      page.querySelector("[data-toast-blank]");
    if (!region || !blank || !text) return;
    bringForward(region);
    const toast = blank.content.firstElementChild.cloneNode(true);
    toast.querySelector("p").textContent = text;
    region.append(toast);
    while (region.children.length > 4) region.firstElementChild.remove();
  }

  // A dialog covers the page: what is told meanwhile stands in it.
  function bringForward(region) {
    const top = [...page.querySelectorAll("dialog[open]")].at(-1) ?? page.body;
    if (region.parentElement !== top) top.append(region);
  }

  function leaveLater(toast) {
    if (toast.classList.contains("tone--danger")) return;
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) return leaveLater(toast);
      dismiss(toast);
    }, 6000);
  }

  function dismiss(toast) {
    toast.dataset.leaving = "";
    setTimeout(() => toast.remove(), 240);
  }

  const region = page.querySelector("[data-toasts]");
  if (region) {
    [...region.children].forEach(leaveLater);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node instanceof Element) leaveLater(node);
      }
    }).observe(region, { childList: true });
  }

  // Dialogs and menus

  page.addEventListener("close", () => region && bringForward(region), true);

  page.addEventListener("click", (event) => {
    const opener = closest(event, "[data-dialog]");
    if (opener) open(page.getElementById(opener.dataset.dialog));
    if (closest(event, "[data-close]")) closest(event, "dialog")?.close();
    const gone = closest(event, "[data-dismiss]");
    if (gone) dismiss(gone.closest("[data-toast]"));
    if (event.target instanceof HTMLDialogElement) event.target.close();
    const inside = closest(event, "[data-menu]");
    for (const menu of page.querySelectorAll("[data-menu][open]")) {
      if (menu === inside && !closest(event, ".menu__item")) continue;
      if (menu.contains(page.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });

  // A dialog begins at its first field, or at its title so that it is read from the start.
  function open(dialog) {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    (dialog.querySelector("[autofocus], .input") ?? dialog.querySelector("h2"))?.focus();
  }

  // An answer may close the dialog that asked: HX-Trigger: {"close-dialog": {}}
  page.addEventListener("close-dialog", () => {
    for (const dialog of page.querySelectorAll("dialog[open]")) dialog.close();
  });

  function closeMenu(event) {
    const menu = page.querySelector("[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  }

  function moveInMenu(event) {
    const menu = closest(event, "[data-menu][open]");
    if (!menu) return false;
    const items = [...menu.querySelectorAll("a[href], button:not(:disabled)")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = items.indexOf(page.activeElement);
    items.at(at < 0 && step < 0 ? -1 : (at + step) % items.length)?.focus();
    event.preventDefault();
    return true;
  }

  // Theme

  function showTheme() {
    const chosen = page.documentElement.dataset.theme ?? "system";
    for (const button of page.querySelectorAll("[data-theme-switch] > button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  }

  page.addEventListener("click", (event) => {
    const button = closest(event, "[data-theme-switch] > button");
    if (!button) return;
    if (button.value === "system") delete page.documentElement.dataset.theme;
    else page.documentElement.dataset.theme = button.value;
    remember("theme", button.value);
    showTheme();
    page.dispatchEvent(new CustomEvent("theme"));
  });
  showTheme();

  function remember(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // Not kept then; the page still does what was asked.
    }
  }

  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  // Keyboard. Single keys can be switched off (WCAG 2.1.4).

  let keysOn = remembered("shortcuts") !== "off";
  let waitsForPlace = false;

  for (const box of page.querySelectorAll("[data-shortcuts]")) {
    box.checked = keysOn;
    box.addEventListener("change", () => {
      keysOn = box.checked;
      remember("shortcuts", keysOn ? "on" : "off");
    });
  }

  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeMenu(event);
    if (event.key.startsWith("Arrow") && /Up|Down/.test(event.key) && moveInMenu(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      closest(event, "textarea")?.form?.requestSubmit();
      return;
    }
    const typing = closest(event, "input, textarea, select, [contenteditable]");
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!keysOn || typing || modified || page.querySelector("dialog[open]")) return;
    singleKey(event);
  });

  function singleKey(event) {
    if (waitsForPlace) {
      waitsForPlace = false;
      page.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    } else if (event.key === "g") {
      waitsForPlace = true;
      setTimeout(() => (waitsForPlace = false), 1200);
    } else if (event.key === "/") {
      const search = page.querySelector("[data-search]");
      search?.focus();
      search?.select();
      if (search) event.preventDefault();
    } else if (event.key === "?") {
      open(page.getElementById("shortcuts"));
    } else if (event.key === "j" || event.key === "k") {
      moveInList(event.key === "j" ? 1 : -1);
    }
  }

  function moveInList(step) {
    const links = [...page.querySelectorAll(".thread, .row-link")].filter((link) =>
      link.checkVisibility(),
    );
    if (!links.length) return;
    const current = links.findIndex(
      (link) => link === page.activeElement || link.hasAttribute("aria-current"),
    );
    links[Math.min(Math.max(current + step, 0), links.length - 1)].focus();
  }

  // The live connection

  const sources = new Set();
  let isBroken = false; // A network that was away for a moment may have left the connection whole.

  function showConnection(state) {
    const shown = page.querySelector("[data-connection]");
    if (!shown) return;
    shown.dataset.state = state;
    shown.querySelector(".connection__text").textContent = texts()[state];
  }

  const hideConnection = () => delete page.querySelector("[data-connection]")?.dataset.state;

  page.addEventListener("htmx:sseOpen", (event) => {
    sources.add(event.target);
    isBroken = false;
    showConnection("live");
  });
  page.addEventListener("htmx:sseError", () => {
    isBroken = true;
    showConnection(navigator.onLine ? "waiting" : "offline");
  });
  page.addEventListener("htmx:sseClose", (event) => {
    sources.delete(event.target);
    if (!sources.size) hideConnection();
  });
  addEventListener("offline", () => showConnection("offline"));
  addEventListener("online", () => {
    if (sources.size) showConnection(isBroken ? "waiting" : "live");
    else hideConnection();
  });

  // Moving between pages by htmx: the navigation, the focus and the scroll follow.

  page.addEventListener("htmx:pushedIntoHistory", (event) => {
    const path = new URL(event.detail.path, location.href).pathname;
    for (const link of page.querySelectorAll(".navigation__link")) {
      const inside = `${path}/`.startsWith(`${new URL(link.href).pathname}/`);
      if (inside) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "main") return;
    scrollTo(0, 0);
    event.detail.target.focus({ preventScroll: true });
  });

  // List and detail: data-pane="list", "detail" or "aside" shows that part on a phone.

  page.addEventListener("click", (event) => {
    const pane = closest(event, "[data-pane]");
    const split = pane?.closest(".split");
    if (split) split.dataset.show = pane.dataset.pane;
    const thread = closest(event, ".thread[hx-get]");
    if (!thread) return;
    for (const other of page.querySelectorAll(".thread[aria-current]")) {
      other.removeAttribute("aria-current");
    }
    thread.setAttribute("aria-current", "true");
  });

  // Files: show what was chosen; the input itself covers the zone, so dropping is native.

  page.addEventListener("change", (event) => {
    const zone = closest(event, "[data-drop]");
    if (!zone) return;
    const size = new Intl.NumberFormat(page.documentElement.lang, {
      style: "unit",
      unit: "megabyte",
      maximumFractionDigits: 1,
    });
    zone.querySelector("output").textContent = [...event.target.files]
      .map((file) => `${file.name} (${size.format(Math.max(file.size / 1e6, 0.1))})`)
      .join(", ");
  });
  for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
    page.addEventListener(name, (event) => {
      closest(event, "[data-drop]")?.toggleAttribute("data-over", over);
    });
  }

  // A thread begins at its newest message and follows it while the reader is at the end.

  function followThreads(root) {
    for (const thread of root.querySelectorAll("[data-follow]")) {
      thread.scrollTop = thread.scrollHeight;
      new MutationObserver(() => {
        const distance = thread.scrollHeight - thread.scrollTop - thread.clientHeight;
        if (distance < 400) thread.scrollTop = thread.scrollHeight;
      }).observe(thread, { childList: true, subtree: true });
    }
  }
  followThreads(page);
  page.addEventListener("htmx:load", (event) => followThreads(event.detail.elt));
})();
