// One key per act. Off while one types, and off for good when one says so.
const STORE = "desk-keys";
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
const allowed = () => localStorage.getItem(STORE) !== "off";

export function listen(select) {
  const control = document.querySelector("[data-keys-switch]");
  if (control) {
    control.checked = allowed();
    control.addEventListener("change", () => localStorage.setItem(STORE, control.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "bench-text" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      press(pending ?? document.querySelector("#bench [value=reply_public]"));
      return;
    }
    if (confirming(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !allowed()) return;
    if (react(event.key, select)) event.preventDefault();
  });
}

// A restriction needs a reason, an escalation a desk: the key leads to the list, Enter there acts.
let pending = null;
const FIELDS = { text: "bench-text", reason: "bench-reason", desk: "bench-desk" };

function confirming(event) {
  if (event.key !== "Enter" || !pending?.isConnected || !["bench-reason", "bench-desk"].includes(event.target.id)) return false;
  event.preventDefault();
  if (event.target.value) press(pending);
  return true;
}

function press(button) {
  pending = null;
  if (button) button.form.requestSubmit(button);
}

function react(key, select) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1, select);
  if (key === "o") {
    const mask = document.querySelector("#bench [data-masked]");
    if (mask) mask.open = !mask.open;
    return Boolean(mask);
  }
  if (key === "v") {
    const box = document.querySelector("#queue [data-selected] input[type=checkbox]");
    box?.click();
    return Boolean(box);
  }
  if (key === "/") { document.getElementById("sight-words")?.focus(); return true; }
  if (key === "?") { document.getElementById("shortcuts")?.showModal(); return true; }
  const fold = document.querySelector(`[data-key-open="${CSS.escape(key)}"]`);
  if (fold) { fold.open = !fold.open; if (fold.open) (fold.querySelector("textarea") ?? fold.querySelector("summary")).focus(); return true; }
  const button = document.querySelector(`#bench [data-key="${CSS.escape(key)}"]`);
  if (!button) return false;
  if (!lacks(button)) press(button);
  return true;
}

// A button that lacks its text, reason or desk leads there first.
export function lacks(button) {
  const field = document.getElementById(FIELDS[button?.dataset.needs] ?? "");
  if (!field || field.value.trim()) return false;
  pending = button;
  field.focus();
  return true;
}

function move(step, select) {
  const links = [...document.querySelectorAll(".desk__queue :is(#appeals, #queue) [data-select]")];
  if (!links.length) return false;
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here === -1 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
  select(next.dataset.select);
  return true;
}
