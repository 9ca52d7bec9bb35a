// Comfort in a lesson's exercises: steps move by buttons, places on an image are ticked by a click. Forms work without it.

const renumber = (list) => {
  [...list.children].forEach((row, index) => { row.querySelector("select").value = String(index + 1); });
};

const words = (template, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), template);

function move(button) {
  const row = button.closest("li");
  const list = row.parentElement;
  const up = button.dataset.move === "-1";
  const neighbour = up ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return;
  if (up) neighbour.before(row);
  else neighbour.after(row);
  renumber(list);
  button.focus();
  const said = list.parentElement.querySelector("[data-order-said]");
  said.textContent = words(list.dataset.moved, {
    text: row.querySelector(".order__text").firstChild.textContent.trim(),
    place: [...list.children].indexOf(row) + 1,
    count: list.children.length,
  });
}

function place(select) {
  // A number chosen from the list moves the step there, and the others make room.
  const list = select.closest("[data-order]");
  const row = select.closest("li");
  const others = [...list.children].filter((other) => other !== row);
  const before = others[Number(select.value) - 1];
  if (before) before.before(row);
  else list.append(row);
  renumber(list);
  select.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) move(button);
  const spot = event.target.closest("[data-hotspot] svg[data-for]");
  if (spot) document.getElementById(spot.dataset.for)?.click();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-order] select")) place(event.target);
  const box = event.target;
  if (box.matches(".hotspot__list input")) {
    document.querySelector(`[data-hotspot] svg[data-for="${CSS.escape(box.id)}"]`)?.toggleAttribute("data-on", box.checked);
  }
});
