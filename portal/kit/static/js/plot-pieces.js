// What a plot consists of beside its lanes: the legend, the choice of signals, the overview bar, the
// table. Loaded before plot.js, which finds it in `plotPieces`: addresses of files carry their
// content's hash, so that no file can name another.

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const COLOURS = 8;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });

  function element(tag, css = "", attributes = {}, text = "") {
    const made = document.createElement(tag);
    if (css) made.className = css;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  function icon(texts, name) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${texts.icons}#${name}`);
    picture.append(use);
    return picture;
  }

  function tool(texts, picture, label, act) {
    const button = element("button", "button button--s button--icon", {
      type: "button",
      "aria-label": label,
      title: label,
    });
    button.append(icon(texts, picture));
    button.addEventListener("click", act);
    return button;
  }

  // A colour belongs to a signal as long as it is shown.
  function paint(signal, all) {
    if (!signal.on) return;
    const taken = new Set(all.filter((other) => other !== signal && other.on).map(({ colour }) => colour));
    const free = Array.from({ length: COLOURS }, (_, at) => `--plot-${at + 1}`);
    if (signal.colour && !taken.has(signal.colour)) return;
    signal.colour = free.find((name) => !taken.has(name)) ?? free[all.indexOf(signal) % COLOURS];
  }

  // Values

  function before(times, time) {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // What a signal said at this moment: its newest value, never one from the future.
  function valueAt({ t, v }, time, unit) {
    const value = v[before(t, time)] ?? null;
    return value === null ? "–" : `${number.format(value)} ${unit}`;
  }

  // Lowest, highest and the mean over time: a value holds until the next one.
  function within({ t, v }, [from, to]) {
    let [low, high, sum, time] = [Infinity, -Infinity, 0, 0];
    for (let at = Math.max(0, before(t, from)); at < t.length && t[at] <= to; at += 1) {
      if (v[at] === null) continue;
      const held = Math.max(0, Math.min(to, t[at + 1] ?? t[at]) - Math.max(from, t[at]));
      low = Math.min(low, v[at]);
      high = Math.max(high, v[at]);
      sum += v[at] * held;
      time += held;
    }
    if (low === Infinity) return null;
    return { low, high, mean: time > 0 ? sum / time : low };
  }

  // The legend: one chip for each shown signal, with its value under the cursor.

  class Legend {
    constructor(plot) {
      this.plot = plot;
      this.box = element("ul", "plot__legend");
    }

    draw() {
      const shown = this.plot.signals.filter(({ on }) => on);
      this.box.replaceChildren(...shown.map((signal) => this.chip(signal)));
      this.read(this.plot.at);
    }

    chip(signal) {
      const { texts } = this.plot;
      const item = element("li");
      const chip = element("button", "plot__chip", { type: "button", title: texts.hide });
      chip.style.setProperty("--signal", `var(${signal.colour})`);
      signal.value = element("span", "plot__value");
      signal.valueBefore = element("span", "plot__value plot__value--before");
      chip.append(element("span", "", {}, signal.label), signal.value);
      if (signal.before) chip.append(signal.valueBefore);
      chip.append(icon(texts, "close"), element("span", "only-spoken", {}, texts.hide));
      chip.addEventListener("click", () => this.plot.toggle(signal, false));
      item.append(chip);
      return item;
    }

    read(time) {
      for (const signal of this.plot.signals) {
        if (!signal.value || !signal.on) continue;
        signal.value.textContent = time === null ? rangeOf(signal) : valueAt(signal, time, signal.unit);
        if (!signal.before) continue;
        const then = time === null ? rangeOf(signal.before) : valueAt(signal.before, time, "");
        signal.valueBefore.textContent = `${this.plot.texts.before} ${then}`;
      }
    }
  }

  function rangeOf({ min, max, unit = "" }) {
    if (min === undefined || min === null) return "–";
    return min === max
      ? `${number.format(min)} ${unit}`
      : `${number.format(min)} … ${number.format(max)} ${unit}`;
  }

  // The choice: every signal with a box to tick, found by its name.

  class Choice {
    constructor(plot) {
      this.plot = plot;
      const { texts, name } = plot;
      this.button = element("button", "button button--s", {
        type: "button",
        "aria-expanded": "false",
        "aria-controls": `${name}-choice`,
      });
      this.count = element("span", "plot__count tabular");
      this.button.append(icon(texts, "filter"), element("span", "", {}, texts.choose), this.count);
      this.button.addEventListener("click", () => this.open(this.box.hidden));
      this.box = this.panel(`${name}-choice`);
    }

    panel(id) {
      const { texts, signals } = this.plot;
      const box = element("div", "plot__choice", { id });
      box.hidden = true;
      this.search = element("input", "input", {
        type: "search",
        "aria-label": texts.search,
        placeholder: texts.search,
        autocomplete: "off",
      });
      this.search.addEventListener("input", () => this.filter());
      this.search.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.open(false);
      });
      const list = element("div", "plot__options");
      list.append(...signals.map((signal) => this.option(signal)));
      this.nothing = element("p", "soft small", { role: "status" }, "");
      box.append(this.search, list, this.nothing);
      return box;
    }

    option(signal) {
      const row = element("label", "plot__option");
      signal.tick = element("input", "", { type: "checkbox" });
      signal.tick.addEventListener("change", () => this.plot.toggle(signal, signal.tick.checked));
      row.append(signal.tick, element("span", "", {}, signal.label));
      row.append(element("span", "plot__value", {}, rangeOf(signal)));
      signal.row = row;
      return row;
    }

    open(isOpen) {
      this.box.hidden = !isOpen;
      this.button.setAttribute("aria-expanded", String(isOpen));
      (isOpen ? this.search : this.button).focus();
    }

    filter() {
      const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      for (const { row, label, key } of this.plot.signals) {
        const text = `${label} ${key}`.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) found += 1;
      }
      this.nothing.textContent = found ? "" : this.plot.texts.nothing;
    }

    draw() {
      const { signals } = this.plot;
      for (const signal of signals) signal.tick.checked = signal.on;
      this.count.textContent = `${signals.filter(({ on }) => on).length}/${signals.length}`;
    }
  }

  // The bar below: the whole recording with its gaps, its evidence, and what the lanes show of it.

  class Overview {
    constructor(plot) {
      this.plot = plot;
      this.box = element("div", "plot__overview", { "aria-hidden": "true" });
      this.view = element("span", "plot__view");
      this.box.append(
        ...plot.gaps.map(([from, to]) => this.place(element("span", "plot__gap"), from, to)),
        ...plot.windows.map((one) => this.place(element("span", `plot__window tone--${one.tone}`), one.from, one.to)),
        this.view,
      );
      this.box.addEventListener("pointerdown", (event) => this.grab(event));
    }

    place(mark, from, to) {
      const [start, end] = this.plot.all;
      const percent = (time) => (100 * (time - start)) / (end - start || 1);
      mark.style.left = `${percent(from)}%`;
      mark.style.width = `${Math.max(0.3, percent(to) - percent(from))}%`;
      return mark;
    }

    draw() {
      const [from, to] = this.plot.view;
      this.place(this.view, from, to);
    }

    grab(event) {
      this.box.setPointerCapture(event.pointerId);
      const move = (moved) => this.centre(moved.clientX);
      this.centre(event.clientX);
      this.box.addEventListener("pointermove", move);
      const end = () => this.box.removeEventListener("pointermove", move);
      this.box.addEventListener("pointerup", end, { once: true });
      this.box.addEventListener("pointercancel", end, { once: true });
    }

    centre(x) {
      const { left, width } = this.box.getBoundingClientRect();
      const [start, end] = this.plot.all;
      const [from, to] = this.plot.view;
      const middle = start + ((x - left) / width) * (end - start);
      this.plot.pan(middle - (from + to) / 2);
    }
  }

  // The same in figures, for the stretch that is shown.

  class Figures {
    constructor(plot) {
      this.plot = plot;
      const { texts } = plot;
      this.box = element("details", "plot__figures");
      this.box.append(element("summary", "", {}, texts.figures));
      const compares = plot.signals.some((signal) => signal.before);
      const heads = [texts.signal, texts.cursor, texts.lowest, texts.mean, texts.highest];
      if (compares) heads.push(texts.meanBefore);
      const table = element("table", "table");
      table.append(element("caption", "only-spoken", {}, texts.figures));
      const row = element("tr");
      row.append(...heads.map((head, at) => element("th", at ? "num" : "", { scope: "col" }, head)));
      const head = element("thead");
      head.append(row);
      this.body = element("tbody");
      table.append(head, this.body);
      const frame = element("div", "table-box", { tabindex: "0", role: "region", "aria-label": texts.figures });
      frame.append(table);
      this.box.append(frame);
      this.box.addEventListener("toggle", () => this.draw());
      this.compares = compares;
    }

    draw() {
      if (!this.box.open) return;
      const rows = this.plot.signals.filter(({ on }) => on).map((signal) => this.row(signal));
      this.body.replaceChildren(...rows);
    }

    row(signal) {
      const { at, view } = this.plot;
      const said = within(signal, view);
      const cell = (value) => (value === undefined || value === null ? "–" : number.format(value));
      const cells = [
        at === null ? "–" : valueAt(signal, at, ""),
        cell(said?.low),
        cell(said?.mean),
        cell(said?.high),
      ];
      if (this.compares) cells.push(signal.before ? cell(within(signal.before, view)?.mean) : "–");
      const row = element("tr");
      row.append(element("th", "", { scope: "row" }, `${signal.label} (${signal.unit})`));
      row.append(...cells.map((text) => element("td", "num", {}, text)));
      return row;
    }
  }

  globalThis.plotPieces = { element, tool, paint, valueAt, before, Legend, Choice, Overview, Figures };
})();
