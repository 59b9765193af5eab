// The upload page: takes files, shows each with its progress and what became of it.

(() => {
  const form = document.querySelector("[data-uploads]");
  if (!form) return;
  const queue = self.carbotUploads;
  const { slug, person } = form.dataset;
  const says = JSON.parse(form.dataset.says);
  const limit = Number(form.dataset.limit);
  const list = form.querySelector("[data-list]");
  const blank = document.querySelector("[data-blank]");
  const input = form.querySelector('input[type="file"]');
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const canKeep = Boolean(self.indexedDB && self.crypto?.subtle);
  let again = 0;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? "");
  const rowOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`);

  const sizeOf = (bytes) =>
    bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${size.format(bytes / 1e6)} MB`;

  // One line for each file

  function show(item) {
    const row = rowOf(item.id) ?? addRow(item);
    const percent = Math.round((item.part ?? 0) * 100);
    const isNews = row.dataset.state !== item.state && item.state !== "sending";
    row.dataset.state = item.state;
    const facts = { percent, problem: item.problem, codes: item.codes };
    const told = says[item.state === "waiting" && navigator.onLine ? "queued" : item.state];
    const stray = item.strayed ? ` · ${says.strayed}` : "";
    row.querySelector("[data-told]").textContent = `${sizeOf(item.size)} · ${fill(told ?? "", facts)}${stray}`;
    row.toggleAttribute("data-strayed", Boolean(item.strayed));
    if (isNews) form.querySelector("[data-spoken]").textContent = `${item.name}: ${fill(told ?? "", facts)}`;
    const bar = row.querySelector("[data-progress]");
    bar.hidden = item.state !== "sending";
    bar.value = percent;
    row.querySelector("[data-sign-in]").hidden = item.state !== "held";
    row.querySelector("[data-again]").hidden = !["forbidden", "refused", "later"].includes(item.state);
    const link = row.querySelector("[data-open]");
    link.hidden = !item.scan;
    if (item.scan) link.href = `${form.dataset.uploads}/${item.scan}`;
    showEmptiness();
  }

  function addRow(item) {
    const row = blank.content.firstElementChild.cloneNode(true);
    row.dataset.id = item.id;
    row.querySelector("[data-name]").textContent = item.name;
    row.querySelector("[data-progress]").setAttribute("aria-label", item.name);
    list.prepend(row);
    return row;
  }

  function showEmptiness() {
    form.querySelector("[data-nothing]").hidden = list.children.length > 0;
  }

  function showNet() {
    const told = form.querySelector("[data-net]");
    told.hidden = navigator.onLine;
    told.textContent = says.offline;
  }

  // Taking files in

  function factsOfForm() {
    const chosen = form.querySelector('input[name="vehicle_id"]:checked');
    return {
      slug,
      person,
      vehicle: chosen?.value ?? "",
      odometer: form.querySelector('[name="odometer_km"]').value.trim(),
    };
  }

  async function take(files) {
    const facts = factsOfForm();
    for (const file of files) {
      const passing = { id: `${file.name}:${file.size}:${file.lastModified}`, name: file.name, size: file.size };
      const wrong = file.size > limit ? says.too_large : file.size ? "" : says.empty;
      if (wrong) {
        show({ ...passing, state: "refused", problem: wrong });
        rowOf(passing.id).querySelector("[data-again]").hidden = true;
        continue;
      }
      show({ ...passing, state: "hashing" });
      try {
        const item = await queue.add(file, facts);
        rowOf(passing.id)?.remove();
        show(item);
      } catch {
        show({ ...passing, state: "refused", problem: says.no_room });
        await sendUnkept(file, facts, passing);
      }
    }
    await send();
  }

  // A device without room, or a page that is not served safely: sent at once or not at all.
  async function sendUnkept(file, facts, passing) {
    const body = new FormData();
    body.append("file", file, file.name);
    if (facts.vehicle) body.append("vehicle_id", facts.vehicle);
    if (facts.odometer) body.append("odometer_km", facts.odometer);
    const answer = await fetch("/api/v1/integrations/obd/sessions", {
      method: "POST",
      body,
      headers: { "X-Workshop": slug, "X-Queued-By": person },
    }).catch(() => null);
    const told = (await answer?.json().catch(() => null)) ?? {};
    if (answer?.status === 202) {
      show({ ...passing, state: "sent", scan: told.id });
      follow({ ...passing, scan: told.id });
    } else {
      show({ ...passing, state: "refused", problem: told.detail || told.title || says.unreachable });
    }
  }

  // Sending

  // `asked` by the worker: it needs no new call for help, which would come back at once.
  async function send({ asked = false } = {}) {
    clearTimeout(again);
    const seconds = await queue.flush({
      slug,
      person,
      withProgress: true,
      onChange: (item) => {
        show(item);
        if (item.state === "sent") follow(item);
      },
    });
    clearTimeout(again);
    if (seconds) again = setTimeout(() => send({ asked: true }), seconds * 1000);
    if (seconds && !asked) sendLaterByWorker();
    await showSentElsewhere();
  }

  // The worker or another tab may have been quicker.
  async function showSentElsewhere() {
    if (!canKeep) return;
    for (const item of await queue.all(slug)) {
      const shown = rowOf(item.id)?.dataset.state;
      if (item.person !== person || !["waiting", "later"].includes(shown)) continue;
      if (item.state === shown) continue;
      show(item);
      if (item.state === "sent") follow(item);
    }
  }

  async function sendLaterByWorker() {
    const worker = await navigator.serviceWorker?.ready.catch(() => null);
    await worker?.sync?.register("carbot-uploads").catch(() => {});
  }

  // What the workshop's server made of it

  async function follow(item) {
    for (let turn = 0; turn < 60; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, turn < 5 ? 700 : 2500));
      const answer = await fetch(`/api/v1/diagnostics/${item.scan}`, {
        headers: { "X-Workshop": slug, "Accept-Language": "de" },
      }).catch(() => null);
      if (answer?.status === 404) return drop(item.id);
      if (!answer?.ok) continue;
      const scan = await answer.json();
      if (scan.status === "received") continue;
      show({ ...item, ...outcome(scan), strayed: isElsewhere(item, scan) });
      return;
    }
  }

  // The car told another VIN than that of the vehicle that was chosen.
  function isElsewhere(item, scan) {
    return Boolean(item.vehicle && scan.status === "read" && scan.vehicle_id !== item.vehicle);
  }

  function outcome(scan) {
    if (scan.status === "failed") return { state: "failed" };
    if (scan.status === "refused") return { state: "not_a_recording", problem: scan.problem };
    const codes = [...new Set(scan.trouble_codes.map((code) => code.code))];
    if (codes.length) return { state: "read", codes: codes.join(", ") };
    return { state: scan.codes_read === "complete" ? "no_codes" : "codes_unread" };
  }

  async function drop(id) {
    rowOf(id)?.remove();
    showEmptiness();
    if (canKeep) await queue.remove(id);
  }

  list.addEventListener("click", async (event) => {
    const row = event.target.closest("[data-id]");
    if (!row) return;
    if (event.target.closest("[data-remove]")) await drop(row.dataset.id);
    if (event.target.closest("[data-again]")) {
      const item = await queue.get(row.dataset.id);
      if (item?.blob) await queue.update({ ...item, state: "waiting", problem: "" });
      await send();
    }
  });

  async function begin() {
    form.querySelector("[data-without-script]").hidden = true;
    input.required = false;
    showNet();
    showEmptiness();
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      form.querySelector(".drop__files").textContent = "";
      take(files);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("online", () => (showNet(), send()));
    addEventListener("offline", showNet);
    if (!canKeep) return;
    await queue.release(slug, person);
    let foreign = 0;
    for (const item of await queue.all(slug)) {
      if (item.person !== person) {
        foreign += item.state === "sent" ? 0 : 1;
        continue;
      }
      show(item);
      if (item.state === "sent") follow(item);
    }
    const told = form.querySelector("[data-foreign]");
    told.hidden = !foreign;
    told.querySelector("p").textContent = fill(says.foreign, { count: foreign });
    navigator.storage?.persist?.();
    await send();
  }

  async function startWorker() {
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(form.dataset.worker);
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage("keep-page");
    } catch {
      // The page works without; it only cannot be opened without a connection.
    }
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data === "send") send({ asked: true });
    });
  }

  begin();
  startWorker();
})();
