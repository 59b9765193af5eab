// Dragging in the calendar: a block to another time or resource, its edge to another length, with
// Alt as a copy. The server decides; what it refuses springs back and is explained.

(() => {
  const STEP = 15;
  const FINE = 5;
  const THRESHOLD = 5;
  const EDGE = 40;
  const { openDialog, refresh, calendar, planner, home } = window.plannerParts;
  const page = document;
  let carried = null;

  page.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch" || carried) return;
    if (!(event.target instanceof Element) || !planner()?.hasAttribute("data-may-edit")) return;
    const edge = event.target.closest("[data-edge]");
    const visit = edge
      ? edge.parentElement.querySelector(".visit")
      : event.target.closest("#calendar .visit[data-may-move]");
    if (!visit || visit.matches(".agenda__visit")) return;
    carried = { visit, resizes: Boolean(edge), x: event.clientX, y: event.clientY };
    planner().setAttribute("data-held", "");
    page.addEventListener("pointermove", move);
    page.addEventListener("pointerup", drop, { once: true });
    page.addEventListener("pointercancel", cancel, { once: true });
    if (edge) event.preventDefault();
  });
  // The browser's own dragging of links would take over.
  page.addEventListener("dragstart", (event) => {
    if (event.target instanceof Element && event.target.closest("#calendar .visit")) {
      event.preventDefault();
    }
  });

  function move(event) {
    if (!carried.ghost) {
      const far = Math.hypot(event.clientX - carried.x, event.clientY - carried.y);
      if (far < THRESHOLD) return;
      lift();
    }
    carried.copies = event.altKey && !carried.resizes;
    carried.fine = event.shiftKey;
    scrollAtEdges(event);
    if (carried.slot) inDay(event);
    else inTable(event);
  }

  function lift() {
    const { visit } = carried;
    planner().setAttribute("data-dragging", "");
    carried.slot = visit.closest(".slot");
    carried.home = carried.slot ?? visit.closest("li");
    carried.home.setAttribute("data-carried", "");
    carried.ghost = carried.home.cloneNode(true);
    for (const copy of [carried.ghost, ...carried.ghost.querySelectorAll("[id]")]) {
      copy.removeAttribute("id");
    }
    carried.ghost.removeAttribute("data-carried");
    carried.ghost.setAttribute("aria-hidden", "true");
    carried.ghost.classList.add("ghost");
    if (carried.slot) {
      carried.label = page.getElementById("ghost-time").content.firstElementChild.cloneNode(true);
      carried.ghost.append(carried.label);
      carried.grip = carried.y - carried.slot.getBoundingClientRect().top;
      carried.minutes = minutesOf(carried.slot);
    }
  }

  // A day: the column under the pointer, the minute under the block's upper edge.
  function inDay(event) {
    const column = carried.resizes
      ? carried.slot.closest("[data-column]")
      : (columnAt(event) ?? carried.slot.closest("[data-column]"));
    const step = carried.fine ? FINE : STEP;
    let begin = startOf(carried.slot);
    let minutes = carried.minutes;
    if (carried.resizes) {
      const end = minuteAt(column, event.clientY);
      minutes = Math.max(step, Math.round((end - begin) / step) * step);
    } else {
      begin = Math.round(minuteAt(column, event.clientY - carried.grip) / step) * step;
      begin = Math.min(Math.max(begin, 0), 24 * 60 - FINE);
    }
    place(carried.ghost, begin, minutes);
    if (carried.ghost.parentElement !== column) column.append(carried.ghost);
    const words = `${wall(begin)}–${wall(begin + minutes)}`;
    const name = column.dataset.name ? ` · ${column.dataset.name}` : "";
    const copy = carried.copies ? `${texts().copy}: ` : "";
    carried.label.textContent = copy + words + name;
    carried.target = { column, begin, minutes };
  }

  // A week or a month: the cell under the pointer; the time of day stays.
  function inTable(event) {
    const cell = page.elementFromPoint(event.clientX, event.clientY)?.closest("[data-cell]");
    if (carried.cell !== cell) {
      carried.cell?.removeAttribute("data-over");
      cell?.setAttribute("data-over", "");
      carried.cell = cell;
      cell?.querySelector(".chips").append(carried.ghost);
    }
  }

  function drop(event) {
    page.removeEventListener("pointermove", move);
    page.removeEventListener("pointercancel", cancel);
    if (!carried.ghost) return cancel();
    suppressClick();
    const values = carried.slot ? ofDay() : ofTable();
    if (!values || event.type !== "pointerup") return cancel();
    const address = `${home()}/${carried.visit.dataset.id}/${carried.copies ? "copy" : "time"}`;
    save(address, values);
  }

  function ofDay() {
    const { target, slot, resizes, minutes } = carried;
    if (!target) return null;
    const sameColumn = target.column === slot.closest("[data-column]");
    const isSame = sameColumn && target.begin === startOf(slot) && target.minutes === minutes;
    if (isSame) return null;
    const values = { date: calendar().dataset.day, time: wall(target.begin) };
    if (resizes) values.minutes = grown(target.minutes - minutes);
    if (!sameColumn && target.column.dataset.resource) {
      values[target.column.dataset.kind] = target.column.dataset.resource;
    }
    return values;
  }

  // What is drawn may include a break: the work grows by as much as the block did.
  function grown(by) {
    return Math.max(FINE, Number(carried.visit.dataset.minutes) + by);
  }

  function ofTable() {
    const { cell, home: line } = carried;
    const from = line.closest("[data-cell]");
    if (!cell || cell === from) return null;
    const values = { date: cell.dataset.day };
    if (cell.dataset.resource && cell.dataset.resource !== from.dataset.resource) {
      values[cell.dataset.kind] = cell.dataset.resource;
    }
    return values;
  }

  // The ghost stays where it was dropped until the calendar comes afresh or springs back.
  function save(address, values) {
    const { ghost, home: line, cell } = carried;
    ghost.setAttribute("data-saving", "");
    cell?.removeAttribute("data-over");
    carried = null;
    let was = null;
    const note = (event) => {
      if (event.detail.target?.id === "dialog-body") was = event.detail.xhr.status;
    };
    page.addEventListener("htmx:afterRequest", note);
    page.addEventListener("htmx:sendError", note);
    openDialog(address, values).finally(() => {
      page.removeEventListener("htmx:afterRequest", note);
      page.removeEventListener("htmx:sendError", note);
      const back = () => {
        ghost.remove();
        line.removeAttribute("data-carried");
      };
      if (was !== 200) back();
      else setTimeout(back, 1500);
      idle();
    });
  }

  function cancel() {
    page.removeEventListener("pointermove", move);
    page.removeEventListener("pointerup", drop);
    if (!carried) return;
    carried.ghost?.remove();
    carried.home?.removeAttribute("data-carried");
    carried.cell?.removeAttribute("data-over");
    carried = null;
    idle();
  }
  function idle() {
    if (carried) return;
    planner().removeAttribute("data-dragging");
    planner().removeAttribute("data-held");
    page.dispatchEvent(new CustomEvent("planner-idle"));
  }
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && carried?.ghost) {
      suppressClick();
      cancel();
    }
  });

  // After a drag the link under the pointer is not followed.
  function suppressClick() {
    const stop = (event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }), 50);
  }

  function scrollAtEdges(event) {
    const board = calendar().querySelector("[data-scroll]");
    const box = board.getBoundingClientRect();
    if (event.clientY > box.bottom - EDGE) board.scrollTop += 12;
    else if (event.clientY < box.top + EDGE * 2) board.scrollTop -= 12;
    if (event.clientX > box.right - EDGE) board.scrollLeft += 12;
    else if (event.clientX < box.left + EDGE * 2) board.scrollLeft -= 12;
  }

  const texts = () => JSON.parse(planner().dataset.texts);
  const hourHeight = (column) => column.clientHeight / Number(day(column).dataset.hours);
  const day = (column) => column.closest(".day");
  const startOf = (slot) => Number(slot.dataset.h) * 60 + Number(slot.dataset.m);
  const minutesOf = (slot) => Number(slot.dataset.dh) * 60 + Number(slot.dataset.dm);
  const wall = (minute) => {
    const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
    return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  };

  function columnAt(event) {
    for (const column of calendar().querySelectorAll("[data-column]")) {
      const box = column.getBoundingClientRect();
      if (event.clientX >= box.left && event.clientX < box.right) return column;
    }
    return null;
  }
  function minuteAt(column, y) {
    const inside = y - column.getBoundingClientRect().top;
    return Number(day(column).dataset.first) * 60 + (inside / hourHeight(column)) * 60;
  }
  function place(element, begin, minutes) {
    const length = Math.max(FINE, Math.round(minutes / FINE) * FINE);
    element.dataset.h = Math.floor(begin / 60);
    element.dataset.m = Math.floor((begin % 60) / FINE) * FINE;
    element.dataset.dh = Math.floor(length / 60);
    element.dataset.dm = length % 60;
    element.dataset.lane = 0;
    element.dataset.lanes = 1;
  }

  window.plannerDrag = {
    timeAt: (column, y) => wall(Math.floor(minuteAt(column, y) / 30) * 30),
    refresh,
  };
})();
