import { readEvents } from "./event-stream.js";
import { FORBIDDEN } from "./sentences.js";

const LONGEST_PAUSE = 30_000;

/**
 * What happens in the conversation while nobody asks: staff replies, state, typing. Comes back after
 * every cut, resumes after the last event, and spreads the returns of many visitors over time.
 * Yields `open` after each connection; ends by itself only when the server forbids or wants no more.
 * @param {Pick<import("./transport.js").Transport, "request">} transport
 * @param {AbortSignal} signal
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [pause]
 */
export async function* events(transport, signal, pause = pauseOrOnline) {
  let last = "";
  for (let failures = 0; !signal.aborted; failures++) {
    let wish = 0;
    try {
      const response = await transport.request("GET", "events", undefined, { signal, headers: last ? { "Last-Event-ID": last } : {} });
      if (response.status === 204 || !response.body) return;
      yield { event: "open", data: { isResumed: !!last } };
      for await (const event of readEvents(response.body)) {
        failures = 0;
        last = event.id ?? last;
        yield event;
      }
    } catch (/** @type {any} */ problem) {
      if (FORBIDDEN[problem.status]) throw problem;
      wish = (problem.retryAfter ?? 0) * 1000;
    }
    await pause(wish + backOff(failures), signal);
  }
}

/** Milliseconds: doubles from one second, and half of it is chance. @param {number} failures */
export function backOff(failures, chance = Math.random()) {
  return Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures, 10)) * (0.5 + chance / 2);
}

/** Waits, but not longer than until the device is online again or nobody needs the answer.
 * @param {number} milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
function pauseOrOnline(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
