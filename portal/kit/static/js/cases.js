// The form of a case: services of the price list while typing, further positions, the sum.

const box = document.querySelector("[data-estimate]");
const lines = box?.querySelector("[data-lines]");
const money = new Intl.NumberFormat(document.documentElement.lang, {
  style: "currency",
  currency: "EUR",
});
const services = new Map();
let added = 0;

// 1.234,56 and 89.90 as people type them; what is no amount counts as nothing.
function amount(typed) {
  const bare = typed.replace(/[€\s]/g, "");
  if (/^\d+\.\d{1,2}$/.test(bare)) return Number(bare);
  const plain = bare.replace(/\.(?=\d{3})/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : 0;
}

function showTotal() {
  let sum = 0;
  for (const line of lines.querySelectorAll("[data-line]")) {
    const each = amount(line.querySelector("[data-price]").value);
    sum += Math.round(each * amount(line.querySelector("[data-quantity]").value) * 100);
  }
  const told = box.querySelector("[data-total-of]");
  told.textContent = sum ? `${told.dataset.totalOf}: ${money.format(sum / 100)}` : "";
}

function addLine() {
  const line = box.querySelector("[data-line-blank]").content.cloneNode(true);
  added += 1;
  for (const input of line.querySelectorAll("[id]")) {
    const id = `${input.id}-${added}`;
    line.querySelector(`label[for="${input.id}"]`)?.setAttribute("for", id);
    input.id = id;
  }
  lines.append(line);
  lines.lastElementChild.querySelector("[data-title]").focus();
}

// A service of the list brings its price; who changes it has typed an amount of their own.
function takeService(line) {
  const known = services.get(line.querySelector("[data-title]").value.trim());
  if (!known) return;
  line.querySelector("[data-price]").value = known;
  line.querySelector("[data-source]").value = "catalogue";
}

function compareWithList(line) {
  const known = services.get(line.querySelector("[data-title]").value.trim());
  const same = known && amount(known) === amount(line.querySelector("[data-price]").value);
  line.querySelector("[data-source]").value = same ? "catalogue" : "";
}

async function loadServices() {
  const answer = await fetch(box.dataset.services).catch(() => null);
  if (!answer?.ok) return;
  const list = document.getElementById("services");
  for (const service of (await answer.json()).items) {
    if (!service.price) continue;
    const price = service.price.replace(".", ",");
    services.set(service.name, price);
    const option = document.createElement("option");
    option.value = service.name;
    option.label = `${price} €`;
    list.append(option);
  }
}

if (box) {
  const button = box.querySelector("[data-add-line]");
  button.hidden = false;
  button.addEventListener("click", addLine);
  lines.addEventListener("input", (event) => {
    const line = event.target.closest("[data-line]");
    if (event.target.matches("[data-title]")) takeService(line);
    else compareWithList(line);
    showTotal();
  });
  showTotal();
  loadServices();
}
