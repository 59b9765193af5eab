// The worker of a workshop's diagnosis pages: opens the upload page without a connection, and sends
// what waits when one is back, also after the tab was closed. `carbotHome` says where it lives.

const { page, slug, assets } = self.carbotHome;
const CACHE = `carbot-uploads-${slug}`;

self.addEventListener("install", (event) => {
  const load = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(assets);
    await self.skipWaiting();
  };
  event.waitUntil(load());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(CACHE);
    const known = new Set(assets.map((asset) => new URL(asset, location.origin).href));
    for (const request of await cache.keys()) {
      const isPage = new URL(request.url).pathname === page;
      if (!isPage && !known.has(request.url)) await cache.delete(request);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(opened(request, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(fetchedOrKept(request));
});

// The newest page; without a connection the kept one. What is no upload page leads there.
async function opened(request, address) {
  try {
    const answer = await fetch(request);
    if (address.pathname === page && answer.ok && !answer.redirected && !address.search) {
      await (await caches.open(CACHE)).put(page, answer.clone());
    }
    return answer;
  } catch (error) {
    if (address.pathname !== page) return Response.redirect(page);
    const kept = await (await caches.open(CACHE)).match(page);
    if (kept) return kept;
    throw error;
  }
}

async function fetchedOrKept(request) {
  const kept = await (await caches.open(CACHE)).match(request);
  return kept ?? fetch(request);
}

self.addEventListener("sync", (event) => {
  if (event.tag === "carbot-uploads") event.waitUntil(send());
});

self.addEventListener("message", (event) => {
  if (event.data === "send") event.waitUntil(send());
  if (event.data === "keep-page") event.waitUntil(keepPage());
});

async function keepPage() {
  const answer = await fetch(page, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && !answer.redirected) await (await caches.open(CACHE)).put(page, answer);
}

// An open page sends by itself and shows how far it is.
async function send() {
  const open = await self.clients.matchAll({ type: "window" });
  if (open.some((client) => new URL(client.url).pathname === page)) {
    for (const client of open) client.postMessage("send");
    return;
  }
  const again = await self.carbotUploads.flush({ slug });
  if (again) throw new Error("not everything could be sent"); // the browser tries again later
}
