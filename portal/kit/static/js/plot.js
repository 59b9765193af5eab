// Draws recorded signals: <figure data-plot data-src="…">. One lane for each unit, one time axis for
// all, so that rises and drops can be compared by looking straight down.
// The answer of data-src: {"signals": [{key, label, unit, t: [seconds], v: [numbers]}],
// "gaps": [[from, to]]}. Values may be null; t rises.

const COLOURS = 8;
const SHOWN_AT_FIRST = 5;
const AXIS = 58;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const SVG = "http://www.w3.org/2000/svg";

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
const tenth = new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

let drawn = 0;

class Plot {
  constructor(figure) {
    this.figure = figure;
    this.texts = figure.dataset;
    this.name = `plot-${++drawn}`;
    this.height = Number(this.texts.height) || 150;
    this.charts = [];
    this.load();
  }

  async load() {
    this.say(this.texts.loading, { busy: true });
    try {
      const answer = await fetch(this.texts.src, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.take(await answer.json());
    } catch (problem) {
      console.warn("plot:", problem);
      this.say(this.texts.failed, { retry: true });
    }
  }

  take({ signals = [], gaps = [] }) {
    this.signals = signals.filter((signal) => signal.t.length > 0);
    if (this.signals.length === 0) return this.say(this.texts.empty);
    this.gaps = gaps;
    this.signals.forEach((signal, at) => {
      signal.colour = `--plot-${(at % COLOURS) + 1}`;
      signal.on = this.signals.length <= SHOWN_AT_FIRST + 1 || at < SHOWN_AT_FIRST;
    });
    this.all = [
      Math.min(...this.signals.map(({ t }) => t[0])),
      Math.max(...this.signals.map(({ t }) => t.at(-1))),
    ];
    this.view = this.all;
    this.build();
  }

  say(text, { busy = false, retry = false } = {}) {
    const state = element("div", "plot__state", { role: retry ? "alert" : "status" });
    const inside = element("div", "row");
    if (busy) inside.append(element("span", "spinner"));
    inside.append(element("span", "", {}, text));
    if (retry) {
      const again = element("button", "button button--s", { type: "button" }, this.texts.retry);
      again.addEventListener("click", () => this.load());
      inside.append(again);
    }
    state.append(inside);
    this.figure.replaceChildren(state);
  }

  // The frame

  build() {
    this.lanes = element("div", "plot__lanes", {
      tabindex: "0",
      role: "group",
      "aria-label": `${this.figure.getAttribute("aria-label")}. ${this.texts.keys}`,
    });
    this.spoken = element("p", "only-spoken", { role: "status" });
    const parts = [this.bar(), this.lanes, this.spoken];
    if (this.gaps.length) parts.push(element("p", "plot__note", {}, this.texts.gap));
    this.figure.replaceChildren(...parts);
    this.lanes.addEventListener("keydown", (event) => this.onKey(event));
    this.draw();
    new ResizeObserver(() => this.fit()).observe(this.lanes);
  }

  bar() {
    const bar = element("div", "plot__bar");
    const chips = element("div", "plot__signals");
    chips.append(...this.signals.map((signal) => this.chip(signal)));
    this.clock = element("output", "plot__clock tabular");
    const tools = element("div", "row");
    const zoom = element("div", "button-group");
    zoom.append(
      this.tool("minus", this.texts.zoomOut, () => this.zoom(2)),
      this.tool("plus", this.texts.zoomIn, () => this.zoom(0.5)),
      this.tool("retry", this.texts.reset, () => this.show(this.all)),
    );
    tools.append(this.clock, zoom);
    bar.append(chips, tools);
    return bar;
  }

  chip(signal) {
    signal.range = rangeOf(signal);
    const chip = element("button", "plot__signal", {
      type: "button",
      "aria-pressed": String(signal.on),
    });
    chip.style.setProperty("--signal", `var(${signal.colour})`);
    signal.value = element("span", "plot__value", {}, signal.range);
    signal.value.style.minWidth = `${signal.range.length}ch`;
    chip.append(element("span", "", {}, signal.label), signal.value);
    chip.addEventListener("click", () => {
      signal.on = !signal.on;
      chip.setAttribute("aria-pressed", String(signal.on));
      this.draw();
    });
    return chip;
  }

  tool(icon, label, act) {
    const button = element("button", "button button--s button--icon", {
      type: "button",
      "aria-label": label,
      title: label,
    });
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${this.texts.icons}#${icon}`);
    picture.append(use);
    button.append(picture);
    button.addEventListener("click", act);
    return button;
  }

  // The lanes

  draw() {
    for (const chart of this.charts) chart.destroy();
    const units = new Map();
    for (const signal of this.signals.filter(({ on }) => on)) {
      units.set(signal.unit, [...(units.get(signal.unit) ?? []), signal]);
    }
    const groups = [...units];
    this.paint = colours(this.figure, this.signals);
    const boxes = groups.map(([unit]) => {
      const box = element("div", "plot__lane");
      box.append(element("span", "plot__unit", {}, unit));
      return box;
    });
    this.lanes.replaceChildren(...boxes);
    this.charts = groups.map(([, signals], at) =>
      this.lane(boxes[at], signals, at === groups.length - 1),
    );
    this.read(null);
  }

  lane(box, signals, last) {
    const tables = signals.map((signal) => this.withBreaks(signal));
    const chart = new uPlot(
      {
        width: box.clientWidth,
        height: this.height + (last ? 28 : 0),
        padding: [20, 18, last ? 0 : 6, 0],
        legend: { show: false },
        scales: { x: { time: false, range: () => this.view } },
        cursor: {
          y: false,
          points: { size: 7 },
          drag: { x: true, y: false, setScale: false },
          sync: { key: this.name, scales: ["x", null] },
          bind: { dblclick: () => () => this.show(this.all) },
        },
        axes: [this.timeAxis(last), this.valueAxis()],
        series: [{}, ...signals.map((signal) => this.line(signal))],
        hooks: {
          drawClear: [(u) => this.drawGaps(u)],
          setCursor: [(u) => this.read(u.cursor.left < 0 ? null : u.posToVal(u.cursor.left, "x"))],
          setSelect: [(u) => this.select(u)],
        },
      },
      tables.length > 1 ? uPlot.join(tables) : tables[0],
      box,
    );
    chart.over.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") return;
      const { left, top } = chart.over.getBoundingClientRect();
      chart.setCursor({ left: event.clientX - left, top: event.clientY - top });
    });
    return chart;
  }

  // A null in the middle of each gap, so that no line pretends to know what happened there.
  withBreaks({ t, v }) {
    const middles = this.gaps
      .map(([from, to]) => (from + to) / 2)
      .filter((middle) => middle > t[0] && middle < t.at(-1));
    if (middles.length === 0) return [t, v];
    const times = [];
    const values = [];
    let next = 0;
    t.forEach((time, at) => {
      while (next < middles.length && middles[next] < time) {
        times.push(middles[next++]);
        values.push(null);
      }
      times.push(time);
      values.push(v[at]);
    });
    return [times, values];
  }

  // A reading holds until the next one: a slope between them would be made up.
  line(signal) {
    const paths = uPlot.paths.stepped({ align: 1 });
    return { label: signal.label, stroke: this.paint[signal.colour], width: 1.6, paths, points: { show: false } };
  }

  timeAxis(last) {
    return {
      ...this.axis(),
      size: last ? 28 : 0,
      incrs: STEPS,
      values: last ? (_, splits) => splits.map(clock) : () => [],
      ticks: { show: false },
    };
  }

  valueAxis() {
    return {
      ...this.axis(),
      size: AXIS,
      space: 28,
      ticks: { show: false },
      values: (_, splits) => splits.map((value) => number.format(value)),
    };
  }

  axis() {
    return {
      stroke: this.paint["--ink-faint"],
      font: `11px ${getComputedStyle(this.figure).fontFamily}`,
      grid: { stroke: this.paint["--line-faint"], width: 1 },
    };
  }

  drawGaps(u) {
    const { top, height, left, width } = u.bbox;
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(left, top, width, height);
    u.ctx.clip();
    u.ctx.fillStyle = this.paint["--hover"];
    for (const [from, to] of this.gaps) {
      const start = u.valToPos(from, "x", true);
      u.ctx.fillRect(start, top, u.valToPos(to, "x", true) - start, height);
    }
    u.ctx.restore();
  }

  fit() {
    const width = this.lanes.clientWidth;
    for (const chart of this.charts) {
      if (width > 0 && chart.width !== width) chart.setSize({ width, height: chart.height });
    }
  }

  // Looking closer

  select(u) {
    if (u.select.width < 4) return;
    const { left, width } = u.select;
    this.show([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
  }

  zoom(factor) {
    const [from, to] = this.view;
    const middle = this.at !== null && this.at >= from && this.at <= to ? this.at : (from + to) / 2;
    this.show([middle - (middle - from) * factor, middle + (to - middle) * factor]);
  }

  show([from, to]) {
    const [start, end] = this.all;
    const least = Math.min(0.5, end - start);
    const begin = Math.max(start, Math.min(from, end - least));
    this.view = [begin, Math.min(end, Math.max(to, begin + least))];
    for (const chart of this.charts) {
      chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      chart.setScale("x", { min: this.view[0], max: this.view[1] });
    }
  }

  onKey(event) {
    const [from, to] = this.view;
    const step = (to - from) / (event.shiftKey ? 10 : 100);
    const moves = { ArrowLeft: -step, ArrowRight: step };
    if (event.key in moves) this.moveTo((this.at ?? from) + moves[event.key]);
    else if (event.key === "+") this.zoom(0.5);
    else if (event.key === "-") this.zoom(2);
    else if (event.key === "0") this.show(this.all);
    else return;
    event.preventDefault();
  }

  moveTo(time) {
    const [from, to] = this.view;
    const inside = Math.min(Math.max(time, from), to);
    const chart = this.charts[0];
    chart?.setCursor({ left: chart.valToPos(inside, "x"), top: 10 });
    this.read(inside);
    this.spoken.textContent = this.signals
      .filter(({ on }) => on)
      .map(({ label, value }) => `${label} ${value.textContent}`)
      .join(", ");
  }

  // What each signal said at this moment: its newest value, never one from the future.
  read(time) {
    this.at = time;
    this.clock.textContent = time === null ? "" : `${tenth.format(time)} s`;
    for (const signal of this.signals) {
      signal.value.textContent = time === null ? signal.range : valueAt(signal, time);
    }
  }
}

function element(tag, css = "", attributes = {}, text = "") {
  const made = document.createElement(tag);
  if (css) made.className = css;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

// A canvas knows no custom properties: let an element compute them, in its own theme.
function colours(figure, signals) {
  const probe = figure.appendChild(element("span"));
  const names = ["--ink-faint", "--line-faint", "--hover", ...signals.map(({ colour }) => colour)];
  const found = {};
  for (const name of names) {
    probe.style.color = `var(${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

function valueAt({ t, v, unit }, time) {
  const value = v[before(t, time)] ?? null;
  return value === null ? "–" : `${number.format(value)} ${unit}`;
}

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

function clock(seconds) {
  const rest = seconds % 60;
  const shown = Number.isInteger(rest) ? String(rest).padStart(2, "0") : rest.toFixed(1).padStart(4, "0");
  return `${Math.floor(seconds / 60)}:${shown.replace(".", ",")}`;
}

function rangeOf({ v, unit }) {
  const known = v.filter((value) => value !== null);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  return known.length ? `${number.format(low)}–${number.format(high)} ${unit}` : "–";
}

const plots = new Map();

function find(root) {
  for (const figure of root.querySelectorAll("[data-plot]")) {
    if (!plots.has(figure)) plots.set(figure, new Plot(figure));
  }
}

function repaint() {
  for (const [figure, plot] of plots) {
    if (!figure.isConnected) plots.delete(figure);
    else if (plot.lanes) plot.draw();
  }
}

find(document);
document.addEventListener("htmx:load", (event) => find(event.detail.elt.parentElement ?? document));
document.addEventListener("theme", repaint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
