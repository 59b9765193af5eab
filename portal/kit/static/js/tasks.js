// The board of tasks: cards are dragged where there is a mouse; their buttons do the same
// everywhere else. Whatever is over asks how it was resolved.

(() => {
  const page = document;
  const csrf = () => page.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const board = () => page.querySelector("[data-board]");
  let dragged = null;

  const movesOf = (card) => `${board().dataset.moves}/${card.dataset.task}/moves`;

  function move(card, state) {
    if (state === "completed" || state === "cancelled") return resolve(card, state);
    window.htmx.ajax("POST", movesOf(card), {
      target: "#board",
      swap: "innerHTML",
      values: { state },
      headers: { "X-CSRFToken": csrf() },
    });
  }

  function resolve(card, state) {
    const form = page.getElementById("resolve-form");
    form.reset();
    form.elements.state.value = state;
    form.action = movesOf(card);
    form.dataset.path = movesOf(card);
    form.dataset.task = card.dataset.task;
    form.setAttribute("hx-post", movesOf(card));
    window.htmx.process(form);
    page.getElementById("resolve-title").textContent = card.dataset.title;
    page.getElementById("resolve-dialog").showModal();
    form.elements.resolution.focus();
  }

  page.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (form.id === "resolve-form") event.detail.path = form.dataset.path;
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.id === "resolve-form" && event.detail.successful) {
      page.getElementById("resolve-dialog").close();
    }
  });

  // A swap takes the focused button along: its card has the focus again, wherever it is now.
  let held = "";
  page.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target?.id !== "board") return;
    const form = page.activeElement?.closest("#resolve-form");
    const now = form?.dataset.task ?? page.activeElement?.closest(".task")?.dataset.task;
    // A second answer may come before the first has settled: between them the focus is nowhere.
    if (now || page.activeElement !== page.body) held = now ?? "";
  });
  page.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id !== "board" || !held || page.activeElement !== page.body) return;
    page.getElementById(`task-${held}`)?.querySelector(".task__deeds button")?.focus();
    held = "";
  });

  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-resolve]");
    if (button) resolve(button.closest("[data-task]"), button.dataset.resolve);
  });

  page.addEventListener("dragstart", (event) => {
    dragged = event.target instanceof Element ? event.target.closest(".task[draggable]") : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.title);
    dragged.dataset.dragged = "";
  });
  page.addEventListener("dragend", () => {
    delete dragged?.dataset.dragged;
    dragged = null;
    over(null);
  });
  page.addEventListener("dragover", (event) => {
    const column = dragged && event.target.closest?.(".board__column");
    over(column || null);
    if (column) event.preventDefault();
  });
  page.addEventListener("drop", (event) => {
    const column = dragged && event.target.closest?.(".board__column");
    if (!column) return;
    event.preventDefault();
    if (column !== dragged.closest(".board__column")) move(dragged, column.dataset.state);
    over(null);
  });

  function over(column) {
    for (const one of page.querySelectorAll(".board__column[data-over]")) {
      if (one !== column) delete one.dataset.over;
    }
    if (column) column.dataset.over = "";
  }
})();
