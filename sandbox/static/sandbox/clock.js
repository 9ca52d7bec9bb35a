// The clock of the desk ticks here between two words from the server, and never ahead of the end.
let wound = performance.now();
let agedAt = -1;

// The server has just said what time it is.
export function wind() {
  wound = performance.now();
  agedAt = -1;
}

// `over` is called when the shift has run out.
export function keepTime(over) {
  setInterval(() => tick(over), 500);
}

function tick(over) {
  const clock = document.querySelector("[data-clock]");
  if (!clock || clock.dataset.pace === "0") return;
  const { minute, pace, starts, duration } = clock.dataset;
  const now = Math.min(Number(minute) + (performance.now() - wound) / 60000 * Number(pace), Number(duration));
  const total = Math.floor(Number(starts) + now) % 1440;
  clock.textContent = `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
  age(now);
  if (now >= Number(duration)) over();
}

// How long each comment has waited: looked at again once a minute, and after each word from the server.
function age(now) {
  if (Math.floor(now) === agedAt) return;
  agedAt = Math.floor(now);
  for (const wait of document.querySelectorAll("[data-since]")) {
    wait.querySelector("[data-minutes]").textContent = Math.max(0, Math.floor(now - Number(wait.dataset.since)));
  }
}
