// Recordings that wait on this device until the workshop's API has them. The page and its worker
// share this file: what waits, who chose it, how it is sent, and what the answer means.
//
// A file is kept in IndexedDB before anything is sent, so that a closed tab loses nothing. Its
// content hash is the Idempotency-Key: sending twice is one recording. Only the person who chose a
// file sends it (X-Queued-By); a refused sign-in keeps it.

self.carbotUploads = (() => {
  const DATABASE = "carbot-uploads";
  const ADDRESS = "/api/v1/integrations/obd/sessions";
  const KEEP_SENT_MS = 24 * 3600 * 1000;
  const LOCK = "carbot-uploads";

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  async function store(mode) {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("files", { keyPath: "id" });
    const database = await done(opening);
    database.onversionchange = () => database.close();
    return { database, files: database.transaction("files", mode).objectStore("files") };
  }

  // What was written is told of once it is on the disk: the tab may be closed right after.
  async function using(mode, act) {
    const { database, files } = await store(mode);
    const kept = new Promise((resolve, reject) => {
      files.transaction.oncomplete = resolve;
      files.transaction.onabort = () => reject(files.transaction.error);
    });
    try {
      const [result] = await Promise.all([done(act(files)), kept]);
      return result;
    } finally {
      database.close();
    }
  }

  const put = (item) => using("readwrite", (files) => files.put(item));
  const get = (id) => using("readonly", (files) => files.get(id));
  // Only what is still there: meanwhile the person may have removed it, or signed out.
  const update = (item) =>
    using("readwrite", (files) => {
      const found = files.openCursor(item.id);
      found.addEventListener("success", () => found.result?.update(item));
      return found;
    });
  const remove = (id) => using("readwrite", (files) => files.delete(id));

  async function all(slug) {
    const found = await using("readonly", (files) => files.getAll());
    const here = found.filter((item) => item.slug === slug);
    const old = here.filter((item) => item.state === "sent" && Date.now() - item.at > KEEP_SENT_MS);
    for (const item of old) await remove(item.id);
    return here.filter((item) => !old.includes(item)).sort((one, other) => one.at - other.at);
  }

  async function hashOf(blob) {
    const bytes = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The same content chosen twice is the same entry; what is said about it last counts.
  async function add(file, facts) {
    const hash = await hashOf(file);
    const item = {
      ...facts,
      id: `${facts.slug}:${facts.person}:${hash}`,
      key: `sha256-${hash}`,
      name: file.name,
      size: file.size,
      blob: file,
      state: "waiting",
      problem: "",
      at: Date.now(),
    };
    await put(item);
    return item;
  }

  function bodyOf(item) {
    const body = new FormData();
    body.append("file", item.blob, item.name);
    if (item.vehicle) body.append("vehicle_id", item.vehicle);
    if (item.odometer) body.append("odometer_km", item.odometer);
    return body;
  }

  const headersOf = (item) => ({
    "Idempotency-Key": item.key,
    "X-Workshop": item.slug,
    "X-Queued-By": item.person,
    "Accept-Language": "de",
  });

  // A page can show how far it is; a worker cannot.
  function post(item, onProgress) {
    if (typeof XMLHttpRequest === "undefined" || !onProgress) return postPlainly(item);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", ADDRESS);
      for (const [name, value] of Object.entries(headersOf(item))) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = (event) => onProgress(event.loaded / Math.max(event.total, 1));
      request.onload = () => {
        const wait = Number(request.getResponseHeader("Retry-After")) || 0;
        resolve({ status: request.status, text: request.responseText, wait });
      };
      request.onerror = request.ontimeout = request.onabort = () => resolve({ status: 0 });
      request.timeout = 10 * 60 * 1000;
      request.send(bodyOf(item));
    });
  }

  async function postPlainly(item) {
    try {
      const answer = await fetch(ADDRESS, {
        method: "POST",
        body: bodyOf(item),
        headers: headersOf(item),
        credentials: "same-origin",
      });
      const wait = Number(answer.headers.get("Retry-After")) || 0;
      return { status: answer.status, text: await answer.text(), wait };
    } catch {
      return { status: 0 };
    }
  }

  function said(answer) {
    try {
      return JSON.parse(answer.text);
    } catch {
      return {};
    }
  }

  const problemOf = (answer) => {
    const { detail, title, errors } = said(answer);
    return errors?.[0]?.message || detail || title || "";
  };

  // What an answer means for a file: the file stays until the server says that it has it.
  function outcome(item, answer) {
    const { status } = answer;
    if (status === 202) return { ...item, state: "sent", scan: said(answer).id, blob: null };
    if (status === 401) return { ...item, state: "held", problem: "" };
    if (status === 403) return { ...item, state: "forbidden", problem: problemOf(answer) };
    if (status === 0) return { ...item, state: "waiting", problem: "" };
    if (status === 429 || status >= 500) return { ...item, state: "later", problem: "" };
    return { ...item, state: "refused", problem: problemOf(answer) };
  }

  // Sends what waits, one after the other, in one place of the browser at a time. `onChange(item)`
  // hears of each step. Returns seconds until it is worth trying again, or 0. Whoever finds another
  // at it waits for their end: they may have begun without a connection, and give up.
  let next = null;
  let last = Promise.resolve();
  function flush({ slug, person, onChange = () => {}, withProgress = false }) {
    const work = () => {
      next = null;
      return sendAll({ slug, person, onChange, withProgress });
    };
    next ??= navigator.locks ? navigator.locks.request(LOCK, work) : last.then(work);
    last = next.catch(() => {});
    return next;
  }

  async function sendAll({ slug, person, onChange, withProgress }) {
    const tried = new Set();
    for (;;) {
      const waiting = (await all(slug)).find(
        (item) =>
          (!person || item.person === person) &&
          ["waiting", "later"].includes(item.state) &&
          !tried.has(item.id),
      );
      if (!waiting) return 0;
      tried.add(waiting.id);
      const show = withProgress ? (part) => onChange({ ...waiting, state: "sending", part }) : null;
      onChange({ ...waiting, state: "sending", part: 0 });
      const answer = await post(waiting, show);
      const now = outcome(waiting, answer);
      await update(now);
      onChange(now);
      if (answer.status === 0) return 10;
      if (now.state === "later") return Math.max(answer.wait, 5);
      if (now.state === "held") return 0;
    }
  }

  // Who has signed in again may try what was held.
  async function release(slug, person) {
    for (const item of await all(slug)) {
      if (item.person === person && ["held", "forbidden"].includes(item.state)) {
        await update({ ...item, state: "waiting", problem: "" });
      }
    }
  }

  return { DATABASE, add, all, get, update, remove, flush, release };
})();
