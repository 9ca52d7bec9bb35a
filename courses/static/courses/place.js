// Where the reader is in a lesson: told to the server every few seconds at most, and when the page is left.
const EVERY = 5000;
const article = document.querySelector("[data-place-url]");
const places = article ? [...article.querySelectorAll("[id^='part-']")] : [];
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
let told = "";
let timer = 0;

function place() {
  // The last part or heading that has passed the upper third of the window.
  const line = innerHeight / 3;
  return places.filter((element) => element.getBoundingClientRect().top <= line).at(-1)?.id ?? "";
}

function tell() {
  clearTimeout(timer);
  timer = 0;
  const here = place();
  if (!here || here === told) return;
  told = here;
  const body = new URLSearchParams({ place: here, csrfmiddlewaretoken: token });
  fetch(article.dataset.placeUrl, { method: "POST", body, keepalive: true }).catch(() => { told = ""; });
}

if (article && token) {
  let moved = false;
  const passing = new IntersectionObserver(() => {
    // The first call only says what is on the screen; the place of the last visit stands until the reader moves.
    if (moved && !timer) timer = setTimeout(tell, EVERY);
  }, { rootMargin: "0px 0px -66% 0px" });
  for (const element of places) passing.observe(element);
  addEventListener("scroll", () => { moved = true; }, { once: true, passive: true });
  document.addEventListener("visibilitychange", () => { if (moved && document.visibilityState === "hidden") tell(); });
}

// Parts have the same numbers in every language. The switch stands at the top of the page: it leads to the part one was reading
// before going up there.
for (const link of document.querySelectorAll(".languages a[hreflang]")) {
  link.addEventListener("click", () => { link.hash = place() || told; });
}
