// The taste answers in place; without this file the form posts and a page answers.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-taste]");
  if (!form) return;
  event.preventDefault();
  const decided = event.submitter?.value.split(":")[0];
  const response = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, event.submitter), headers: { "X-Desk": "fragment" } });
  if (!response.ok) return;
  const holder = document.createElement("div");
  holder.innerHTML = await response.text();
  form.replaceWith(holder.querySelector("[data-taste]"));
  document.querySelector(`#taste-${CSS.escape(decided)} .taste__outcome`)?.focus({ preventScroll: true });
});
