// One question a page: the next one takes the place of this one, without loading the page anew. Without this module the
// form goes the plain way. Rejects where no answer comes at all; “left” when the server sends elsewhere, false when the
// form has to go the plain way after all.
import { goOn, post } from "./leaving.js";

export async function turn(form, button) {
  const number = button.value;
  const answer = await post(form, button, { "X-Turn": "1", "X-Leave": "1" });
  if (goOn(answer)) return "left";
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-turn]");
  if (!next) return false;
  const address = new URL(answer.headers.get("X-Turn-At"), location.href);
  form.querySelector("[data-turn]").replaceWith(document.adoptNode(next));
  const map = page.querySelector("nav.map"); // where questions close behind their reader
  if (map) form.querySelector("nav.map").replaceWith(document.adoptNode(map));
  const clocks = page.querySelector("[data-clocks]"); // where a question or its section has a time of its own
  if (clocks) form.querySelector("[data-clocks]").replaceWith(document.adoptNode(clocks));
  form.action = address.pathname;
  history.pushState({ turn: true }, "", address.pathname);
  settle(form, next, number);
  return true;
}

function settle(form, next, number) {
  const heading = document.querySelector("h1");
  document.title = document.title.replace(heading.textContent.trim(), next.dataset.title);
  heading.textContent = next.dataset.title;
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
  for (const place of form.querySelectorAll("button[data-map]")) {
    if (place.dataset.map === number) place.setAttribute("aria-current", "step");
    else place.removeAttribute("aria-current");
  }
}

// Back and forward between turns show the question of their address. `shown` is the path the server answered: whoever
// went on through their history before this module was there would otherwise stand before the question they left.
export function watchHistory(shown) {
  addEventListener("popstate", () => location.reload());
  if (location.pathname !== shown) location.reload();
}
