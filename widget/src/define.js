import strings from "#strings/first";
import { ChatElement } from "./chat-element.js";

// The loader runs once, however many tags there are.
customElements.define("carbot-panel", ChatElement);

/** @param {Omit<import("./chat-element.js").Settings, "strings">} settings */
export function makePanel(settings) {
  const panel = /** @type {ChatElement} */ (document.createElement("carbot-panel"));
  panel.settings = { ...settings, strings };
  return panel;
}
