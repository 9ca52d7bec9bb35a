// One key for what one does most in a lesson. Never read while the reader writes; the sheet (?) turns them off.
const STORE = "lesson-keys";
const sheet = document.querySelector("[data-keys]");
const off = () => localStorage.getItem(STORE) === "off";

const follow = (rel) => () => document.querySelector(`.steps a[rel=${rel}]`)?.click();
const acts = {
  n: follow("next"),
  p: follow("prev"),
  m: () => document.getElementById("note-text")?.focus(),
  b: () => document.getElementById("bookmark")?.click(),
  h: () => document.querySelector("[data-highlighter]:not([hidden]) [data-highlight]")?.click(),
  "?": () => sheet?.showModal(),
};

function writing(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  if (writing(event.target) || document.querySelector("dialog[open]")) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const choice = sheet?.querySelector("[data-keys-switch]");
if (choice) {
  choice.checked = !off();
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, "off");
  });
}
