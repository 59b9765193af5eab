// Draws recorded signals: <figure data-plot data-src="…">. One lane for each unit, one time axis for
// all, so that rises and drops can be compared by looking straight down.
//
// The answer of data-src: {"signals": [{key, label, unit, min, max, t: [seconds], v: [numbers]}],
// "gaps": [[from, to]], "windows": [{from, to, label, tone}], "shown": [keys]}. A signal without `t`
// is fetched from data-traces when it is chosen: {"traces": {key: {t, v, whole}}}; what is not whole
// is fetched again for the stretch that is looked at. `frozen` are values of freeze frames.
// data-before names the data-src of an earlier recording, drawn dashed beneath.
// A link with data-show-evidence='{"signals": [keys], "from": s, "to": s}' leads to its evidence.

const { element, tool, paint, valueAt, before, Legend, Choice, Overview, Figures } = plotPieces;

const SHOWN_AT_FIRST = 5;
const AXIS = 58;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
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
    this.pointers = new Map();
    this.at = null;
    this.load();
  }

  async load() {
    this.say(this.texts.loading, { busy: true });
    try {
      const sources = [this.texts.src, this.texts.beforeSrc].filter(Boolean);
      this.take(...(await Promise.all(sources.map(fetched))));
    } catch (problem) {
      console.warn("plot:", problem);
      this.say(this.texts.failed, { retry: true });
    }
  }

  take({ signals = [], gaps = [], windows = [], shown = [] }, earlier = null) {
    this.signals = signals.filter(({ t }) => t === undefined || t === null || t.length > 0);
    if (this.signals.length === 0) return this.say(this.texts.empty);
    this.gaps = gaps;
    this.windows = windows;
    const then = new Map((earlier?.signals ?? []).map((signal) => [signal.key, signal]));
    this.signals.forEach((signal, at) => {
      Object.assign(signal, { t: signal.t ?? [], v: signal.v ?? [], isThere: Boolean(signal.t) });
      signal.before = then.get(signal.key);
      if (signal.before) {
        const { t, v } = signal.before;
        Object.assign(signal.before, { t: t ?? [], v: v ?? [], isThere: Boolean(t) });
      }
      signal.on = shown.length ? shown.includes(signal.key) : at < SHOWN_AT_FIRST;
      keepOverview(signal);
      paint(signal, this.signals);
    });
    this.all = span([...this.signals, ...this.signals.map((signal) => signal.before).filter(Boolean)]);
    this.view = this.all;
    this.build();
    this.fetchMissing();
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
    this.note = element("p", "plot__note");
    this.legend = new Legend(this);
    this.choice = new Choice(this);
    this.overview = new Overview(this);
    this.figures = new Figures(this);
    const parts = [this.bar(), this.choice.box, this.legend.box, this.lanes, this.overview.box];
    this.figure.replaceChildren(...parts, this.note, this.figures.box, this.spoken);
    this.lanes.addEventListener("keydown", (event) => this.onKey(event));
    this.lanes.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.draw();
    new ResizeObserver(() => this.fit()).observe(this.lanes);
  }

  bar() {
    const bar = element("div", "plot__bar");
    this.clock = element("output", "plot__clock tabular");
    const zoom = element("div", "button-group");
    zoom.append(
      tool(this.texts, "chevron-left", this.texts.earlier, () => this.pan(-0.5 * this.width)),
      tool(this.texts, "minus", this.texts.zoomOut, () => this.zoom(2)),
      tool(this.texts, "plus", this.texts.zoomIn, () => this.zoom(0.5)),
      tool(this.texts, "chevron-right", this.texts.later, () => this.pan(0.5 * this.width)),
      tool(this.texts, "retry", this.texts.reset, () => this.show(this.all)),
    );
    const tools = element("div", "row");
    tools.append(this.clock, zoom);
    bar.append(this.choice.button, tools);
    return bar;
  }

  get width() {
    return this.view[1] - this.view[0];
  }

  toggle(signal, on) {
    signal.on = on;
    paint(signal, this.signals);
    this.draw();
    this.fetchMissing();
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
    if (groups.length === 0) boxes.push(element("p", "plot__state", {}, this.texts.none));
    this.lanes.replaceChildren(...boxes);
    this.charts = groups.map(([, signals], at) =>
      this.lane(boxes[at], signals, at === groups.length - 1),
    );
    this.legend.draw();
    this.choice.draw();
    this.overview.draw();
    this.explain();
    this.read(null);
  }

  lane(box, signals, last) {
    const lines = signals.flatMap((signal) => (signal.before ? [signal, signal.before] : [signal]));
    const tables = lines.map((line) => this.withBreaks(line, signals.includes(line) ? this.gaps : []));
    const chart = new uPlot(
      {
        width: box.clientWidth,
        height: this.height + (last ? 28 : 0),
        padding: [20, 18, last ? 0 : 6, 0],
        legend: { show: false },
        scales: {
          x: { time: false, range: () => this.view },
          y: { range: (_, low, high) => roomFor(signals, low, high) },
        },
        cursor: {
          y: false,
          points: { size: 7 },
          drag: { x: true, y: false, setScale: false },
          sync: { key: this.name, scales: ["x", null] },
          bind: { dblclick: () => () => this.show(this.all) },
        },
        axes: [this.timeAxis(last), this.valueAxis()],
        series: [{}, ...signals.flatMap((signal) => this.lines(signal))],
        hooks: {
          drawClear: [(u) => this.drawGround(u)],
          draw: [(u) => this.drawFrozen(u, signals)],
          setCursor: [(u) => this.read(u.cursor.left < 0 ? null : u.posToVal(u.cursor.left, "x"))],
          setSelect: [(u) => this.select(u)],
        },
      },
      tables.length > 1 ? uPlot.join(tables) : tables[0],
      box,
    );
    this.listenToFingers(chart);
    return chart;
  }

  // A null in the middle of each gap, so that no line pretends to know what happened there.
  withBreaks({ t, v }, gaps) {
    if (t.length === 0) return [[...this.all], [null, null]];
    const middles = gaps
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
  lines(signal) {
    const paths = uPlot.paths.stepped({ align: 1 });
    const stroke = this.paint[signal.colour];
    // A single reading makes no line: it is drawn as a dot.
    const points = ({ t }) => ({ show: () => t.length < 3, size: 8, fill: stroke });
    const line = { label: signal.label, stroke, width: 1.6, paths };
    const now = { ...line, points: points(signal) };
    if (!signal.before) return [now];
    return [now, { ...line, points: points(signal.before), width: 1.2, dash: [5, 4], alpha: 0.75 }];
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

  // Beneath the lines: gaps, and the stretches that findings rest on.
  drawGround(u) {
    const { top, height, left, width } = u.bbox;
    const band = (from, to, colour, alpha) => {
      const start = u.valToPos(from, "x", true);
      u.ctx.globalAlpha = alpha;
      u.ctx.fillStyle = colour;
      u.ctx.fillRect(start, top, Math.max(2, u.valToPos(to, "x", true) - start), height);
    };
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(left, top, width, height);
    u.ctx.clip();
    for (const [from, to] of this.gaps) band(from, to, this.paint["--pressed"], 0.7);
    const long = 0.5 * (this.all[1] - this.all[0]);
    for (const one of this.windows) {
      if (this.proof ? one.finding !== this.proof : one.to - one.from > long) continue;
      band(one.from, one.to, this.paint[`--${one.tone}`], this.proof ? 0.16 : 0.08);
    }
    u.ctx.restore();
  }

  // A freeze frame has no time, only values: they are levels.
  drawFrozen(u, signals) {
    const { left, width, top, height } = u.bbox;
    u.ctx.save();
    u.ctx.font = `${10 * devicePixelRatio}px ${getComputedStyle(this.figure).fontFamily}`;
    u.ctx.textAlign = "right";
    for (const signal of signals) {
      for (const { label, value } of signal.frozen ?? []) {
        const y = u.valToPos(value, "y", true);
        if (y < top - 1 || y > top + height + 1) continue;
        u.ctx.strokeStyle = u.ctx.fillStyle = this.paint[signal.colour];
        u.ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
        u.ctx.lineWidth = devicePixelRatio;
        u.ctx.beginPath();
        u.ctx.moveTo(left, y);
        u.ctx.lineTo(left + width, y);
        u.ctx.stroke();
        u.ctx.fillText(label, left + width - 4, y - 4 * devicePixelRatio);
      }
    }
    u.ctx.restore();
  }

  explain() {
    const shown = this.signals.filter(({ on }) => on);
    const sentences = [
      this.gaps.length ? this.texts.gap : "",
      this.windows.length ? this.texts.evidence : "",
      shown.some(({ frozen }) => frozen?.length) ? this.texts.frozen : "",
      shown.some((signal) => signal.before) ? this.texts.dashed : "",
    ];
    this.note.textContent = sentences.filter(Boolean).join(" ");
    this.note.hidden = !this.note.textContent;
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

  zoom(factor, around = this.at) {
    const [from, to] = this.view;
    const middle = around !== null && around >= from && around <= to ? around : (from + to) / 2;
    this.show([middle - (middle - from) * factor, middle + (to - middle) * factor]);
  }

  pan(seconds) {
    const [from, to] = this.view;
    const [start, end] = this.all;
    const step = Math.max(start - from, Math.min(end - to, seconds));
    this.show([from + step, to + step]);
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
    this.overview.draw();
    this.figures.draw();
    clearTimeout(this.closer);
    this.closer = setTimeout(() => this.lookCloser(), 250);
  }

  // The evidence of a finding: its signals, its stretch with some room around, and a word about it.
  prove({ signals = [], from = null, to = null, finding = null, label = "" }) {
    this.proof = finding;
    const wanted = this.signals.filter(({ key }) => signals.includes(key));
    if (wanted.length) {
      for (const signal of this.signals) signal.on = wanted.includes(signal);
      for (const signal of wanted) paint(signal, this.signals);
    }
    this.draw();
    this.fetchMissing();
    const room = from === null ? 0 : Math.max(5, (to - from) * 0.25);
    this.show(from === null ? this.all : [from - room, to + room]);
    this.lanes.focus({ preventScroll: true });
    this.figure.scrollIntoView({ block: "start", behavior: "smooth" });
    this.spoken.textContent = label;
  }

  onKey(event) {
    const step = this.width / (event.shiftKey ? 10 : 100);
    const moves = { ArrowLeft: -step, ArrowRight: step };
    if (event.key in moves) this.moveTo((this.at ?? this.view[0]) + moves[event.key]);
    else if (event.key === "PageUp") this.pan(-0.5 * this.width);
    else if (event.key === "PageDown") this.pan(0.5 * this.width);
    else if (event.key === "+") this.zoom(0.5);
    else if (event.key === "-") this.zoom(2);
    else if (event.key === "0") this.show(this.all);
    else return;
    event.preventDefault();
  }

  // Two fingers on a trackpad arrive as a wheel with the control key.
  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
  }

  // One finger reads, two fingers zoom and move.
  listenToFingers({ over }) {
    const isTouch = (event) => event.pointerType === "touch";
    over.addEventListener("pointerdown", (event) => {
      if (isTouch(event)) this.pointers.set(event.pointerId, event.clientX);
      this.pinch = null;
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      over.addEventListener(name, (event) => {
        this.pointers.delete(event.pointerId);
        this.pinch = null;
      });
    }
    over.addEventListener("pointermove", (event) => {
      if (!isTouch(event)) return;
      if (this.pointers.has(event.pointerId)) this.pointers.set(event.pointerId, event.clientX);
      if (this.pointers.size === 2) this.squeeze(over);
      else this.moveTo(this.timeAtX(over, event.clientX), { silent: true });
    });
  }

  timeAtX(over, x) {
    const { left, width } = over.getBoundingClientRect();
    return this.view[0] + ((x - left) / width) * this.width;
  }

  squeeze(over) {
    const [one, two] = [...this.pointers.values()];
    const apart = Math.max(20, Math.abs(one - two));
    const middle = (one + two) / 2;
    this.pinch ??= { apart, time: this.timeAtX(over, middle), width: this.width };
    const { left, width } = over.getBoundingClientRect();
    const shown = Math.min(this.all[1] - this.all[0], (this.pinch.width * this.pinch.apart) / apart);
    const from = this.pinch.time - ((middle - left) / width) * shown;
    this.show([from, from + shown]);
  }

  moveTo(time, { silent = false } = {}) {
    const [from, to] = this.view;
    const inside = Math.min(Math.max(time, from), to);
    const chart = this.charts[0];
    chart?.setCursor({ left: chart.valToPos(inside, "x"), top: 10 });
    this.read(inside);
    if (silent) return;
    const said = this.signals
      .filter(({ on }) => on)
      .map((signal) => `${signal.label} ${valueAt(signal, inside, signal.unit)}`);
    this.spoken.textContent = [`${tenth.format(inside)} s`, ...said].join(", ");
  }

  read(time) {
    this.at = time;
    this.clock.textContent = time === null ? "" : `${tenth.format(time)} s`;
    this.legend.read(time);
    this.figures.draw();
  }

  // Readings that are not here yet

  async fetchMissing() {
    const lacks = (signal) => signal && !signal.isThere;
    const shown = this.signals.filter(({ on }) => on);
    const missing = shown.filter(lacks);
    const earlier = shown.map((signal) => signal.before).filter(lacks);
    if (missing.length + earlier.length === 0) return;
    for (const signal of [...missing, ...earlier]) signal.isThere = true;
    await Promise.all([
      this.fetchInto(this.texts.traces, missing),
      this.fetchInto(this.texts.beforeTraces, earlier),
    ]);
    this.all = span([...this.signals, ...this.signals.map((signal) => signal.before).filter(Boolean)]);
    this.draw();
  }

  // What was thinned for the whole recording is fetched in full for the stretch that is looked at.
  async lookCloser() {
    const thinned = this.signals.filter(({ on, whole }) => on && whole === false);
    const isClose = this.width < 0.6 * (this.all[1] - this.all[0]);
    if (thinned.length === 0 || !this.texts.traces) return;
    if (isClose) await this.fetchInto(this.texts.traces, thinned, this.view);
    else for (const signal of thinned) Object.assign(signal, signal.overview);
    if (isClose || this.wasClose) this.draw();
    this.wasClose = isClose;
  }

  async fetchInto(source, signals, stretch = null) {
    if (!source || signals.length === 0) return;
    const query = new URLSearchParams(signals.map(({ key }) => ["key", key]));
    if (stretch) query.append("from_s", stretch[0]);
    if (stretch) query.append("to_s", stretch[1]);
    try {
      const { traces } = await fetched(`${source}?${query}`);
      for (const signal of signals) {
        const found = traces[signal.key];
        if (!found) continue;
        if (stretch) Object.assign(signal, spliced(signal.overview, found, stretch));
        else keepOverview(Object.assign(signal, found));
      }
    } catch (problem) {
      console.warn("plot:", problem);
      this.spoken.textContent = this.texts.failed;
    }
  }
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function keepOverview(signal) {
  signal.overview = { t: signal.t, v: signal.v };
}

function spliced(overview, close, [from, to]) {
  const begin = before(overview.t, from) + 1;
  const end = before(overview.t, to) + 1;
  const put = (all, part) => [...all.slice(0, begin), ...part, ...all.slice(end)];
  return { t: put(overview.t, close.t), v: put(overview.v, close.v) };
}

function span(signals) {
  const known = signals.filter(({ t }) => t.length);
  if (known.length === 0) return [0, 1];
  return [
    Math.min(...known.map(({ t }) => t[0])),
    Math.max(...known.map(({ t }) => t.at(-1))),
  ];
}

// A lane reaches to the frozen values too.
function roomFor(signals, low, high) {
  const levels = signals.flatMap(({ frozen = [] }) => frozen.map(({ value }) => value));
  const known = [low, high, ...levels].filter((value) => value !== null && value !== undefined);
  if (known.length === 0) return [0, 1];
  return uPlot.rangeNum(Math.min(...known), Math.max(...known), 0.1, true);
}

// A canvas knows no custom properties: let an element compute them, in its own theme.
function colours(figure, signals) {
  const probe = figure.appendChild(element("span"));
  const own = signals.filter(({ on }) => on).map(({ colour }) => colour);
  const names = ["--ink-faint", "--line-faint", "--pressed", "--danger", "--warning", "--info", ...own];
  const found = {};
  for (const name of names) {
    probe.style.color = `var(${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

function clock(seconds) {
  const rest = seconds % 60;
  const shown = Number.isInteger(rest) ? String(rest).padStart(2, "0") : rest.toFixed(1).padStart(4, "0");
  return `${Math.floor(seconds / 60)}:${shown.replace(".", ",")}`;
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
for (const way of ["(prefers-color-scheme: dark)", "print"])
  matchMedia(way).addEventListener("change", repaint); // paper is light
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-show-evidence]") : null;
  const plot = link && plots.get(document.querySelector(link.dataset.plotOf ?? "[data-plot]"));
  if (!plot?.lanes) return;
  event.preventDefault();
  plot.prove(JSON.parse(link.dataset.showEvidence));
});
