// Notes what the widget stores: the methods that write are watched, and what is there can be read.
(() => {
  const written = [];
  for (const name of ["localStorage", "sessionStorage"]) {
    const kept = window[name];
    const before = new Set(Object.keys(kept));
    Object.defineProperty(window, name, {
      get() {
        return kept;
      },
    });
    written.push(() => Object.keys(kept).filter((key) => !before.has(key)).map((key) => `${name}: ${key}`));
  }
  const cookies = document.cookie;
  const fresh = () => document.cookie.split("; ").filter((one) => one && !cookies.includes(one)).map((one) => one.split("=")[0]);
  window.kept = async () => ({
    storage: [...written.flatMap((keys) => keys()), ...(await databases())],
    cookies: fresh(),
  });

  async function databases() {
    const found = (await indexedDB.databases?.()) ?? [];
    const caches = (await window.caches?.keys?.()) ?? [];
    return [...found.map(({ name }) => `indexedDB: ${name}`), ...caches.map((name) => `caches: ${name}`)];
  }
})();
