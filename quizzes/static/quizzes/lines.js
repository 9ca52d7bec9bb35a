// Lines moved into their order, by a key, a finger or a mouse. The lists of the page stay its fields and say the place of
// each line; a line that moves gives every line its place.
export function orderLines(box) {
  const rows = () => [...box.querySelectorAll(":scope > .rows__row")];
  const listOf = (row) => row.querySelector("select");
  const textOf = (row) => row.querySelector("label").textContent;
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  let dragged = null;

  function settle(row) {
    rows().forEach((other, n) => { listOf(other).value = String(n + 1); });
    said.textContent = box.dataset.said
      .replace("{line}", textOf(row)).replace("{place}", listOf(row).value).replace("{count}", rows().length);
    listOf(row).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(row, step) {
    const all = rows();
    const there = all[all.indexOf(row) + step];
    if (!there) return;
    if (step < 0) there.before(row);
    else there.after(row);
    settle(row);
  }

  function button(row, step, words, sign) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "rows__move", textContent: sign });
    made.setAttribute("aria-label", words.replace("{line}", textOf(row)));
    made.addEventListener("click", () => {
      move(row, step);
      made.focus(); // a line that moves takes its buttons along
    });
    return made;
  }

  for (const row of rows()) {
    const moves = Object.assign(document.createElement("span"), { className: "rows__moves" });
    moves.append(button(row, -1, box.dataset.up, "↑"), button(row, 1, box.dataset.down, "↓"));
    row.append(moves);
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    row.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
    row.addEventListener("drop", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const all = rows();
      if (all.indexOf(dragged) < all.indexOf(row)) row.after(dragged);
      else row.before(dragged);
      settle(dragged);
    });
    row.addEventListener("dragend", () => { dragged = null; });
  }

  // What was ordered before is shown in that order.
  const places = rows().map((row) => Number(listOf(row).value));
  if (new Set(places).size === places.length && !places.includes(0)) {
    box.append(...rows().sort((one, other) => listOf(one).value - listOf(other).value));
  }
  box.dataset.moved = "";
  box.after(said);
}
