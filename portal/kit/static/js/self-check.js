// Reads from the frame what the browser asked and kept, before and after the click.
const page = document.querySelector("[data-self-check]");
const frame = page.querySelector("iframe");
const OURS = /\/self-check(-frame)?[/.?]|\/self-check\/frame/;
const PROMISES = {
  before: (found) => found.requests.length === 1,
  after: (found) => found.requests.length <= 4,
};

const settle = (ms) => new Promise((done) => setTimeout(done, ms));

async function run() {
  const inside = frame.contentWindow;
  const chat = await found(() => inside.document.querySelector("carbot-chat"));
  await settle(600);
  await tell("before", inside);
  chat.shadowRoot.querySelector("button").click();
  await found(() => chat.shadowRoot.querySelector("carbot-panel")?.shadowRoot?.querySelector(".panel"));
  await settle(1200);
  await tell("after", inside);
}

async function found(look) {
  for (let tries = 0; tries < 100; tries++) {
    const thing = look();
    if (thing) return thing;
    await settle(100);
  }
  throw new Error("The chat did not come.");
}

async function tell(step, inside) {
  const requests = inside.performance.getEntriesByType("resource").map(({ name }) => new URL(name)).filter((url) => !OURS.test(url.pathname));
  const strangers = [...new Set(requests.filter((url) => url.origin !== location.origin).map((url) => url.host))];
  const kept = await inside.kept();
  const box = page.querySelector(`[data-step="${step}"]`);
  list(box.querySelector("[data-requests]"), requests.map((url) => url.pathname));
  say(box, "strangers", strangers);
  say(box, "cookies", kept.cookies);
  say(box, "storage", kept.storage);
  const isKept = PROMISES[step]({ requests }) && !strangers.length && !kept.cookies.length && !kept.storage.length;
  judge(box, isKept);
}

function judge(box, isKept) {
  const verdict = box.querySelector("[data-verdict]");
  verdict.textContent = isKept ? page.dataset.passed : page.dataset.failed;
  verdict.className = `badge tone--${isKept ? "success" : "danger"}`;
}

function say(box, name, things) {
  box.querySelector(`[data-${name}]`).textContent = things.join(", ") || page.dataset.none;
}

function list(node, lines) {
  node.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

frame.addEventListener("load", () => run().catch(() => page.querySelectorAll("[data-step]").forEach((box) => judge(box, false))), { once: true });
