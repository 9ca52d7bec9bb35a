// The log a candidate agreed to before the start: when the page loses the focus and when it has it back. Nothing else is
// looked at, and nothing is decided by it.
const form = document.querySelector("form[data-watch]");
let away = false;

function tell(left) {
  if (left === away) return;
  away = left;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("what", left ? "focus_lost" : "focus_back");
  navigator.sendBeacon(form.dataset.watch, body);
}

addEventListener("blur", () => tell(true));
addEventListener("focus", () => tell(false));
document.addEventListener("visibilitychange", () => tell(document.hidden));
