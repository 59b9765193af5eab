// The forms of the booking settings: one day for all weekdays, minutes and labour units side by
// side, and parts that only matter for one choice. Without script everything is there at once.

(() => {
  const page = document;

  // Monday's times for Tuesday to Friday

  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy-week]");
    if (!button) return;
    const form = button.form ?? button.closest("form");
    for (const part of ["from", "to", "from2", "to2"]) {
      const monday = form.elements[`d0_${part}`];
      for (const day of [1, 2, 3, 4]) form.elements[`d${day}_${part}`].value = monday.value;
    }
  });

  // 45 min = 7,5 AW

  const language = page.documentElement.lang;
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: 2, useGrouping: false });
  const money = new Intl.NumberFormat(language, { style: "currency", currency: "EUR" });
  const read = (field) => Number.parseFloat(field.value.replace(",", "."));

  function convert(form, changed) {
    const minutes = form.querySelector("[data-minutes]");
    const units = form.querySelector("[data-units]");
    const line = form.querySelector("[data-conversion]");
    const perHour = Number(form.dataset.unitsPerHour);
    const byUnits = changed === units || (!minutes.value && units.value);
    const work = byUnits ? Math.ceil((read(units) * 60) / perHour) : read(minutes);
    if (!(work > 0)) {
      line.textContent = "";
      return;
    }
    const hours = byUnits ? read(units) / perHour : work / 60;
    const rate = Number(form.dataset.hourlyRate);
    line.textContent = (rate ? line.dataset.priced : line.dataset.blank)
      .replace("{minutes}", shown.format(work))
      .replace("{units}", shown.format(hours * perHour))
      .replace("{price}", money.format(hours * rate));
    if (byUnits && changed) minutes.value = String(work);
  }

  // What only one choice needs

  const partners = [
    ["[data-pricing]", "[data-price-part]", (value) => value !== "on_sight"],
    ["[data-agreement]", "[data-contract-part]", (value) => value === "contract"],
  ];

  function showParts() {
    for (const [choice, part, matters] of partners) {
      const box = page.querySelector(part);
      const chosen = page.querySelector(`${choice}:checked`);
      if (box && chosen) box.hidden = !matters(chosen.value);
    }
    const how = page.querySelector("[data-how]:checked")?.value;
    for (const box of page.querySelectorAll("[data-how-part]")) {
      box.hidden = box.dataset.howPart !== how;
    }
  }

  // A last day follows the first one as long as nobody chose it.

  function follow(field) {
    const last = field.form?.elements.last;
    if (field.name === "first" && last && (!last.value || last.value < field.value)) {
      last.value = field.value;
    }
  }

  // 730 and 7 become 07:30 and 07:00; what is no time stays for the server to answer.

  function tidyClock(field) {
    const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(field.value.trim());
    if (match && Number(match[1]) < 24) {
      field.value = `${match[1].padStart(2, "0")}:${match[2] ?? "00"}`;
    }
  }

  page.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-units-per-hour]");
    if (form && event.target.matches("[data-minutes], [data-units]")) convert(form, event.target);
  });
  page.addEventListener("change", (event) => {
    showParts();
    follow(event.target);
    if (event.target.matches("[data-clock]")) tidyClock(event.target);
  });
  page.addEventListener("htmx:afterSettle", showParts);

  // Who moves a line by keyboard stays on it; at the end of the list the other arrow takes over.

  let pressed = "";

  page.addEventListener("click", (event) => {
    pressed = event.target.closest?.(".places__move button")?.id ?? "";
  });
  page.addEventListener("htmx:afterSettle", () => {
    const arrow = pressed && page.getElementById(pressed);
    if (!arrow) return;
    (arrow.disabled ? arrow.closest(".places__move").querySelector("button:enabled") : arrow)?.focus();
  });

  // On a phone the tabs scroll: the present one is in sight.

  page
    .querySelector('.settings-tabs [aria-current="page"]')
    ?.scrollIntoView({ block: "nearest", inline: "center" });

  for (const form of page.querySelectorAll("[data-units-per-hour]")) convert(form);
  showParts();
})();
