// A live recording: gauges with the newest value, strip charts of the last minute.
//
// Values are drawn with the next frame of the screen. Which charts are shown is chosen by pressing
// gauges; at first the quickest signals of an engine.

(() => {
  const box = document.querySelector("[data-live]");
  if (!box) return;
  const says = JSON.parse(box.dataset.says);
  const WINDOW_S = 60;
  const FIRST = ["engine_rpm", "vehicle_speed", "engine_load", "throttle_position"];
  const MOST_CHARTS = 8;
  const signals = new Map();
  const byId = (name) => box.querySelector(`[data-${name}]`);
  const status = byId("state");
  let running = box.dataset.running === "yes";
  let reason = "";
  let connected = false;
  let heardAt = 0;
  let newest = 0;
  let drawing = 0;

  // One signal: its gauge, its points, and its chart when it is chosen

  function added(key, { label, unit }) {
    if (signals.has(key)) return;
    const gauge = byId("gauge-blank").content.firstElementChild.cloneNode(true);
    gauge.querySelector(".gauge__name").textContent = label;
    gauge.querySelector(".gauge__unit").textContent = unit;
    const signal = { key, label, unit, gauge, times: [], values: [], chart: null, value: null };
    gauge.addEventListener("click", () => toggle(signal));
    signals.set(key, signal);
    const order = [...signals.values()].sort((one, other) => rank(one) - rank(other));
    byId("gauges").replaceChildren(...order.map((one) => one.gauge));
    byId("empty").hidden = true;
    if (FIRST.includes(key)) toggle(signal);
  }

  function rank({ key, label }) {
    const at = FIRST.indexOf(key);
    return at < 0 ? FIRST.length + label.charCodeAt(0) / 1000 : at;
  }

  function toggle(signal) {
    if (signal.chart) {
      signal.chart.destroy();
      signal.strip.remove();
      signal.chart = null;
    } else if ([...signals.values()].filter((one) => one.chart).length < MOST_CHARTS) {
      begin(signal);
    }
    signal.gauge.setAttribute("aria-pressed", String(Boolean(signal.chart)));
  }

  // A canvas knows no custom properties: an element says what they come to, light or dark.
  const probe = box.appendChild(document.createElement("span"));
  probe.hidden = true;
  function css(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }
  let colour = 0;

  function begin(signal) {
    const strip = byId("strip-blank").content.firstElementChild.cloneNode(true);
    strip.querySelector(".strip__name").textContent = signal.label;
    const strips = byId("strips");
    const later = [...signals.values()].filter((one) => one.chart && rank(one) > rank(signal));
    const next = later.sort((one, other) => rank(one) - rank(other))[0];
    strips.insertBefore(strip, next?.strip ?? null);
    const place = strip.querySelector(".strip__plot");
    colour = (colour % 8) + 1;
    const axis = { stroke: css("--ink-faint"), grid: { stroke: css("--line-faint"), width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(box).fontFamily}` };
    const ago = (_plot, splits) =>
      splits.map((at) => (at >= 0 ? says.now : `${Math.round(at)} s`));
    signal.strip = strip;
    signal.chart = new uPlot(
      {
        width: place.clientWidth || 400,
        height: 130,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: [-WINDOW_S, 0] } },
        axes: [{ ...axis, values: ago, size: 26 }, { ...axis, size: 48 }],
        series: [{}, { stroke: css(`--plot-${colour}`), width: 1.75, points: { show: false } }],
      },
      [[], []],
      place,
    );
    new ResizeObserver(() => {
      if (signal.chart) signal.chart.setSize({ width: place.clientWidth, height: 130 });
    }).observe(place);
    drawSoon();
  }

  // Points in, pictures out

  function take({ signals: named, points }) {
    for (const [key, facts] of Object.entries(named)) added(key, facts);
    for (const [at, key, value] of points) {
      const signal = signals.get(key);
      if (!signal) continue;
      signal.times.push(at);
      signal.values.push(value);
      signal.value = value;
      if (at > newest) newest = at;
    }
    if (!points.length) return;
    heardAt = performance.now();
    drawSoon();
  }

  function drawSoon() {
    drawing ||= requestAnimationFrame(draw);
  }

  function number(value) {
    const digits = Math.abs(value) >= 100 ? 0 : 1;
    return value.toLocaleString(document.documentElement.lang, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }

  function draw() {
    drawing = 0;
    for (const signal of signals.values()) {
      const old = signal.times.findIndex((at) => at >= newest - WINDOW_S);
      if (old > 200) {
        signal.times.splice(0, old);
        signal.values.splice(0, old);
      }
      if (signal.value === null) continue;
      const shown = number(signal.value);
      signal.gauge.querySelector("[data-number]").textContent = shown;
      if (!signal.chart) continue;
      signal.strip.querySelector(".strip__value").textContent = `${shown} ${signal.unit}`;
      signal.chart.setData([signal.times.map((at) => at - newest), signal.values]);
    }
  }

  // The connection

  function showState() {
    const silent = heardAt ? Math.round((performance.now() - heardAt) / 1000) : 0;
    let state = "live";
    if (!running) state = /[A-Z]/.test(reason) ? "trouble" : "ended";
    else if (!connected) state = "waiting";
    else if (silent > 3) state = "quiet";
    status.dataset.state = state;
    const told = says[state].replace("{seconds}", Math.floor(silent / 5) * 5 || silent);
    const text = byId("state-text");
    if (text.textContent !== told) text.textContent = told;
  }
  setInterval(showState, 1000);

  // Light or dark: charts are begun anew in the colours of the moment.
  function repaint() {
    colour = 0;
    const shown = [...signals.values()].filter((one) => one.chart);
    for (const signal of shown) toggle(signal);
    for (const signal of shown) toggle(signal);
  }
  document.addEventListener("theme", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

  function open() {
    const source = new EventSource(box.dataset.live);
    source.addEventListener("open", () => {
      connected = true;
      showState();
    });
    source.addEventListener("error", () => {
      connected = false;
      showState();
    });
    source.addEventListener("state", (event) => {
      ({ running, reason } = JSON.parse(event.data));
      showState();
    });
    let first = true;
    source.addEventListener("open", () => (first = true));
    source.addEventListener("points", (event) => {
      const told = JSON.parse(event.data);
      // After a break the last minute comes as a whole: what was drawn is drawn anew.
      if (first) for (const signal of signals.values()) signal.times.length = signal.values.length = 0;
      first = false;
      take(told);
    });
  }
  open();
})();
