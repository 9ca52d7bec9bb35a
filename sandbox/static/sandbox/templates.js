// Reply templates: what the comment does not give is asked for, and the reply is written as one types.
const chosen = { item: null, text: "" };

const filled = (item) => {
  let text = item.querySelector("[data-macro-text]").textContent;
  for (const input of item.querySelectorAll("[data-macro-field]")) {
    if (input.value.trim()) text = text.replaceAll(`{${input.dataset.macroField}}`, input.value.trim());
  }
  return text;
};

function write(item) {
  const reply = document.getElementById("bench-text");
  // What one has written oneself is never overwritten by a field filled in later.
  if (chosen.item === item && reply.value !== chosen.text) return null;
  chosen.item = item;
  chosen.text = filled(item);
  reply.value = chosen.text;
  return reply;
}

export function choose(button) {
  const item = button.closest("[data-macro-item]");
  for (const other of item.parentElement.children) other.toggleAttribute("data-chosen", other === item);
  chosen.item = null;
  const reply = write(item);
  const asked = [...item.querySelectorAll("[data-macro-field]")].find((input) => !input.value.trim());
  if (!asked) item.closest("details").open = false;
  (asked ?? reply)?.focus();
}

// Opened again, the list shows all its templates.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".macros") || !event.target.open) return;
  for (const item of event.target.querySelectorAll("[data-chosen]")) item.removeAttribute("data-chosen");
}, true);

document.addEventListener("input", (event) => {
  const item = event.target.closest?.("[data-macro-field]")?.closest("[data-macro-item]");
  if (item && chosen.item === item) write(item);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-macro-field]")) return;
  event.preventDefault();  // Enter goes to the next field, then to the reply; it never sends the form
  const fields = [...event.target.closest("[data-macro-item]").querySelectorAll("[data-macro-field]")];
  (fields[fields.indexOf(event.target) + 1] ?? document.getElementById("bench-text")).focus();
});
