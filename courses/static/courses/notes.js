// A note is saved as one writes. Without this file the button saves it.
const PAUSE = 1500;
const AGAIN = 10000;
const form = document.querySelector("[data-note]");

if (form) {
  const text = form.elements.text;
  const state = document.getElementById("note-state");
  const choice = form.querySelector("[data-note-choice]");
  let kept = text.value;
  let other = null;
  let timer = 0;
  let busy = false;

  const say = (words) => { state.textContent = form.dataset[words]; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  async function save() {
    clearTimeout(timer);
    if (busy || other || text.value === kept) return;
    busy = true;
    const sent = text.value;
    say("saving");
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive: sent.length < 15000 });
      if (response.ok) {
        form.elements.version.value = (await response.json()).version;
        kept = sent;
        say("saved");
      } else if (response.status === 409) {
        other = await response.json();
        choice.hidden = false;
        say("stale");
      } else if (response.status === 422) say("refused");
      else throw new Error(response.status);
    } catch {
      say("unsaved");
      later(AGAIN);
    } finally {
      busy = false;
    }
    if (!other && text.value !== sent) later(PAUSE);
  }

  choice.addEventListener("click", (event) => {
    const wish = event.target.dataset.keep;
    if (!wish || !other) return;
    form.elements.version.value = other.version;
    if (wish === "theirs") text.value = kept = other.text;
    other = null;
    choice.hidden = true;
    text.focus();
    if (wish === "mine") save();
    else say("saved");
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  text.addEventListener("input", () => later(PAUSE));
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  addEventListener("beforeunload", (event) => { if (text.value !== kept) event.preventDefault(); });
}
