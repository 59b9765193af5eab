/**
 * Reads server-sent events from a fetch body. EventSource would do this, but it cannot send the
 * Authorization header, and a token in an address ends up in logs.
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} [silence] milliseconds without a byte after which the line counts as dead
 * @returns {AsyncGenerator<{event: string, data: any, id?: string}>}
 */
export async function* readEvents(body, silence = 90_000) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let event = emptyEvent();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), silence);
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = /** @type {string} */ (lines.pop());
      for (const line of lines) {
        if (line) addLine(event, line);
        else {
          const data = parsed(event.data);
          if (data) yield { event: event.name, data, id: event.id };
          event = emptyEvent();
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function emptyEvent() {
  return { name: "message", data: "", id: /** @type {string | undefined} */ (undefined) };
}

/** @param {ReturnType<typeof emptyEvent>} event @param {string} line */
function addLine(event, line) {
  const [, field, value] = /** @type {RegExpMatchArray} */ (line.match(/^([^:]*):? ?(.*)$/s));
  if (field === "event") event.name = value;
  if (field === "data") event.data += (event.data && "\n") + value;
  if (field === "id") event.id = value;
}

/** @param {string} data */
function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** @template T @param {Promise<T>} promise @param {number} milliseconds @returns {Promise<T>} */
function withinTime(promise, milliseconds) {
  let timer = /** @type {any} */ (0);
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("silence")), milliseconds);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}
