// A ballot on which names are put in order. The number fields are the ballot; this adds two ways to fill them in:
// choosing a name by tap, and a list of what was chosen, to be put right by up and down. Everything is a button, so it
// works by keyboard too, and each change is said aloud. Nothing is kept and nothing is sent but the form itself.

const SAY_LATER = 60; // milliseconds, so that a screen reader has finished with the button

function numberIn(field) {
  const typed = field.value.trim();
  return /^\d{1,4}$/.test(typed) && Number(typed) > 0 ? Number(typed) : null;
}

function rank(root) {
  const words = root.dataset;
  const said = root.querySelector("[data-rank-say]");
  const list = root.querySelector("[data-rank-chosen]");
  const rows = [...root.querySelectorAll("[data-rank-row]")].map((row) => ({
    row,
    field: row.querySelector("input"),
    button: row.querySelector("[data-rank-choose]"),
    name: row.querySelector("label bdi").textContent.trim(),
  }));

  // In the order of their numbers; those with the same number as they stand on the page.
  const chosen = () => rows.filter((one) => numberIn(one.field)).sort((a, b) => numberIn(a.field) - numberIn(b.field));

  function say(sentence, one) {
    const text = sentence.replace("{name}", one.name).replace("{number}", one.field.value);
    setTimeout(() => { said.textContent = text; }, SAY_LATER);
  }

  function number(order) {
    for (const one of rows) one.field.value = "";
    order.forEach((one, place) => { one.field.value = String(place + 1); });
    draw();
  }

  function choose(one) {
    const order = chosen();
    const has = order.includes(one);
    number(has ? order.filter((other) => other !== one) : [...order, one]);
    say(has ? words.gone : words.said, one);
  }

  function move(one, by) {
    const order = chosen();
    const from = order.indexOf(one);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, order.splice(from, 1)[0]);
    number(order);
    say(words.said, one);
    list.children[to].querySelector(by < 0 ? "[data-up]" : "[data-down]").focus();
  }

  function act(one, label, name, isOff, deed) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.dataset[name] = "";
    button.textContent = label;
    // Stays in the tab order at the end of the list, so that the focus is not lost there.
    if (isOff) button.setAttribute("aria-disabled", "true");
    const more = document.createElement("span");
    more.className = "vh";
    more.textContent = `: ${one.name}`;
    button.append(more);
    button.addEventListener("click", deed);
    return button;
  }

  function line(one, place, count) {
    const item = document.createElement("li");
    const mark = document.createElement("span");
    mark.className = "ranking__n";
    mark.textContent = String(place + 1);
    const name = document.createElement("bdi");
    name.className = "ranking__name";
    name.textContent = one.name;
    const acts = document.createElement("span");
    acts.className = "ranking__acts";
    acts.append(
      act(one, words.up, "up", place === 0, () => move(one, -1)),
      act(one, words.down, "down", place === count - 1, () => move(one, 1)),
    );
    item.append(mark, name, acts);
    return item;
  }

  function draw() {
    const order = chosen();
    list.replaceChildren(...order.map((one, place) => line(one, place, order.length)));
    root.querySelector("[data-rank-none]").hidden = order.length > 0;
    for (const one of rows) {
      const has = order.includes(one);
      one.row.classList.toggle("is-chosen", has);
      one.button.replaceChildren(has ? words.drop : words.choose);
      const more = document.createElement("span");
      more.className = "vh";
      more.textContent = `: ${one.name}`;
      one.button.append(more);
    }
  }

  for (const one of rows) {
    one.button.hidden = false;
    one.button.addEventListener("click", () => choose(one));
    one.field.addEventListener("input", draw);
  }
  root.querySelector("[data-rank-list]").hidden = false;
  draw();
}

// Sent twice, the second answer would hide the first, and with it the receipt code.
function sendOnce(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    const isCast = event.submitter?.value === "cast";
    if (isSent && isCast) event.preventDefault();
    isSent = isSent || isCast;
  });
  // Back from the answer by the browser's own button: the page may be sent again, and is then told what happened.
  window.addEventListener("pageshow", () => { isSent = false; });
}

document.querySelectorAll("[data-rank]").forEach(rank);
document.querySelectorAll("form[data-once]").forEach(sendOnce);
