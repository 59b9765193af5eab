import { launcher } from "./launcher.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript ?? document.querySelector("script[data-site-key]"));
const { siteKey = "", locale, position = "", color = "", open } = script.dataset;

function start() {
  if (customElements.get("carbot-chat")) return;
  const wanted = (locale || document.documentElement.lang).slice(0, 2).toLowerCase();
  const spoken = LABELS[wanted] ? wanted : "de";
  const base = new URL(".", script.src).href;
  customElements.define("carbot-chat", launcher({ base, siteKey, locale: spoken, side: position, colour: color, chunk: `chat-${spoken}-${VERSION}.js` }));
  const chat = /** @type {any} */ (document.querySelector("carbot-chat") ?? document.body.appendChild(document.createElement("carbot-chat")));
  /** @type {any} */ (window).carbot = {
    open: () => chat.open(),
    close: () => chat.close(),
    ask: (/** @type {string} */ text) => chat.ask(text),
  };
  if ((open != null && open !== "false") || location.hash.startsWith("#carbot=")) chat.open();
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
