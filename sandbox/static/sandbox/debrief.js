// The replay follows the slider, or runs by itself; without this file a button asks for the minute.
const form = document.querySelector("[data-scrub]");
const feed = document.querySelector("[data-scrub-feed]");
const slider = form?.querySelector("[name=t]");
const play = form?.querySelector("[data-play]");
const cursor = document.querySelector("[data-curve-cursor]");
const STEP = 450; // milliseconds a minute of the shift stays
const [LEFT, RIGHT] = [8, Number(cursor?.getAttribute("x1") ?? 792)];
let waiting = 0;
let latest = 0;

async function show(minute) {
  latest += 1;
  const mine = latest;
  point(minute);
  const response = await fetch(`?t=${encodeURIComponent(minute)}`, { headers: { "X-Desk": "fragment" } }).catch(() => null);
  if (response?.ok && mine === latest) feed.innerHTML = await response.text();
}

function point(minute) {
  const x = LEFT + ((RIGHT - LEFT) * minute) / Number(slider.max);
  cursor?.setAttribute("x1", x);
  cursor?.setAttribute("x2", x);
}

function running(on) {
  play.setAttribute("aria-pressed", on);
  play.querySelector("[data-play-word]").hidden = on;
  play.querySelector("[data-pause-word]").hidden = !on;
}

async function run() {
  if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
  while (play.getAttribute("aria-pressed") === "true" && Number(slider.value) < Number(slider.max)) {
    slider.stepUp();
    await Promise.all([show(slider.value), new Promise((done) => { setTimeout(done, STEP); })]);
  }
  running(false);
}

play?.addEventListener("click", () => {
  const on = play.getAttribute("aria-pressed") !== "true";
  running(on);
  if (on) run();
});
form?.addEventListener("input", () => {
  running(false);
  clearTimeout(waiting);
  waiting = setTimeout(() => show(slider.value), 120);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  show(slider.value);
});
if (slider) point(slider.value);

// An address that names a comment opens it, whatever the list is narrowed down to.
function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named?.matches("details")) return;
  document.getElementById("rows-all").checked = true;
  named.open = true;
  named.scrollIntoView();
  named.querySelector("summary").focus({ preventScroll: true });
}
addEventListener("hashchange", openNamed);
openNamed();
