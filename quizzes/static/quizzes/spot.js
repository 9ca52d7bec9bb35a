// A cross on a picture, moved by pointer or by the arrow keys; where it stands is told in words. Without this module the
// list of places below is the question.
const STEP = 2;
const SMALL = 0.5;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function pointAt(spot) {
  const picture = spot.querySelector(".spot__picture");
  const [cross, said, help] = ["[data-cross]", "[data-spot-said]", "[data-spot-help]"].map((s) => spot.querySelector(s));
  const field = spot.querySelector("input");
  const list = spot.nextElementSibling;
  const places = [...list.querySelectorAll("[type=radio]")];
  let at = field.value ? field.value.split(" ").map(Number) : null;

  picture.tabIndex = 0;
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-label", spot.querySelector("img").alt);
  picture.setAttribute("aria-describedby", help.id);
  help.hidden = false;
  list.open = places.some((place) => place.checked);

  function draw() {
    cross.toggleAttribute("hidden", !at);
    if (!at) return;
    for (const path of cross.children) path.setAttribute("d", `M${at[0]} 0V100M0 ${at[1]}H100`);
  }

  function move(x, y) {
    at = [x, y].map((n) => Math.round(Math.min(100, Math.max(0, n)) * 10) / 10);
    for (const place of places) place.checked = false;
    field.value = at.join(" ");
    draw();
    said.textContent = spot.dataset.said.replace("{x}", Math.round(at[0])).replace("{y}", Math.round(at[1]));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function clear() {
    at = null;
    field.value = "";
    draw();
    said.textContent = "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  picture.addEventListener("keydown", (event) => {
    const way = MOVES[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? SMALL : STEP;
    const [x, y] = at ?? [50 - way[0] * step, 50 - way[1] * step]; // the first key puts the cross in the middle
    move(x + way[0] * step, y + way[1] * step);
  });
  spot.querySelector("[data-spot-clear]").addEventListener("click", clear);
  list.addEventListener("change", () => {
    at = null;
    field.value = "";
    draw();
  }, { capture: true });
  draw();
}
