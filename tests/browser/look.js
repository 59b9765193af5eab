// What is wrong with the page as it is laid out now: a list of sentences, empty when all is well.
// `finger`: the page is used by touch, so whatever is pressed has to be 44 px large.
(finger) => {
  const wrong = [];
  const root = document.scrollingElement;
  const say = (element, what) => {
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    const css = element.getAttribute("class") ?? "";
    wrong.push(`${what}: <${element.localName} class="${css}"> ${words}`);
  };
  // What is only spoken is a pixel wide somewhere above.
  const onlySpoken = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (box.matches(".skip") || getComputedStyle(box).clipPath !== "none") return true;
    }
    return false;
  };
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !onlySpoken(element) &&
    element.getClientRects().length > 0;
  const scrolls = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} px wide`);
  // These may be moved sideways; everything else only up and down.
  const sideways = ".tabs, .table-box, .board, .numbers__heat, textarea, input";

  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element)) continue;
    const moves = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    if (moves && element.scrollWidth > element.clientWidth + 1 && !element.matches(sideways)) {
      say(element, "moves sideways");
    }
    const box = element.getBoundingClientRect();
    const outside = box.right > innerWidth + 1 || box.left < -1;
    if (outside && box.width && !scrolls(element)) say(element, "stands outside the window");
  }

  // Words: whole, or cut with dots that leave enough of them to be understood.
  const worded = "h1, h2, h3, button, summary, .button, .tab, .badge, .one-line, .thread__name, th, dt";
  for (const element of document.querySelectorAll(worded)) {
    if (!shown(element) || !element.textContent.trim()) continue;
    const style = getComputedStyle(element);
    const cut = element.scrollWidth > element.clientWidth + 1 && style.display !== "inline";
    if (!cut) continue;
    if (style.overflowX === "visible") say(element, "words stand outside their box");
    else if (style.textOverflow !== "ellipsis") say(element, "words are cut without dots");
    else if (element.clientWidth < 6 * parseFloat(style.fontSize)) say(element, "hardly a word is left");
  }
  const controls = "button, summary.button, .button, .tab, .badge, .composer__mode, .segment";
  for (const element of document.querySelectorAll(controls)) {
    if (!shown(element) || element.matches(".reply, .people__one, .menu__item")) continue;
    const { height } = element.getBoundingClientRect();
    if (height > (element.matches(".badge") ? 30 : 62)) say(element, `swollen to ${height} px`);
  }

  if (finger) {
    const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const element of document.querySelectorAll(pressed)) {
      if (!shown(element)) continue;
      const target = element.closest("label, .search, .input-box, .choice, .switch") ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (Math.min(width, height) < 43.5) say(element, `${width.toFixed()} × ${height.toFixed()} px`);
    }
  }
  return [...new Set(wrong)];
};
