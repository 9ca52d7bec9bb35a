// What some types gain with the script: words counted, words dragged, lines moved, a cross on a picture, a file that was forgotten.
// Each writes into the fields that are on the page without it, so answers are kept and sent as ever.
import { dragWords } from "./gaps.js";
import { orderLines } from "./lines.js";
import { pointAt } from "./spot.js";

const root = document.querySelector("form[data-attempt]") ?? document.body;

function countWords(area) {
  const count = document.getElementById(area.getAttribute("aria-describedby")).querySelector("[data-words]");
  const tell = () => {
    count.textContent = area.value.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  };
  area.addEventListener("input", tell);
  tell();
}

function remindOfFile(place) {
  const note = place.querySelector("[data-unsent]");
  place.querySelector("[type=file]").addEventListener("change", (event) => {
    if (note) note.textContent = event.target.files.length ? note.dataset.unsent : "";
  });
}

const GAINS = [["[data-essay]", countWords], ["[data-upload]", remindOfFile], ["[data-drag]", dragWords], ["[data-lines]", orderLines], ["[data-spot]", pointAt]];

function enliven() {
  for (const [selector, gain] of GAINS) {
    for (const place of root.querySelectorAll(`${selector}:not([data-alive])`)) {
      place.dataset.alive = "";
      gain(place);
    }
  }
}

enliven();
new MutationObserver(enliven).observe(root, { childList: true, subtree: true }); // a question may come without its page
