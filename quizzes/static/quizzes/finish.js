// The last page before an attempt is submitted: pressed while the network is away, it waits and sends by itself.
import { leave } from "./leaving.js";

const form = document.querySelector("form[data-patient]");
const note = form.querySelector("[data-unsent]");
const RETRY = 3000;
let waiting = false;

async function send() {
  try {
    if (await leave(form)) return;
  } catch {
    if (note.textContent !== note.dataset.unsent) note.textContent = note.dataset.unsent;
    setTimeout(send, RETRY);
    return;
  }
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (waiting) return;
  waiting = true;
  send();
});
