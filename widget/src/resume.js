/**
 * Somebody follows the link that was mailed to them: its code is good for one token. The address forgets
 * it at once, and a code that is no longer good is as if there were none.
 * @param {import("./transport.js").Transport} transport @param {import("./session.js").Session} session @param {string} siteKey
 */
export async function resume(transport, session, siteKey) {
  const code = location.hash.slice(8);
  history.replaceState(null, "", location.pathname + location.search);
  const kept = await transport.ask("POST", "resumptions", { site_key: siteKey, code }).catch(() => null);
  if (kept) session.keep(kept);
}
