// Comfort for an attempt: answers leave as they change, wait here when the network is away, and the clock counts down.
// Without this module the page is a plain form and loses nothing.
import { Queue } from "./queue.js";
import { startClocks } from "./clock.js";
import { leave } from "./leaving.js";
import { turn, watchHistory } from "./turning.js";

const form = document.querySelector("form[data-attempt]");
const stateLine = form.querySelector("[data-save-state]");
const queue = new Queue(form.dataset.attempt, Number(form.dataset.sequence));
const usual = stateLine.textContent;
const RETRY_FIRST = 2000;
const RETRY_LONGEST = 30000;
const PAUSE = 1000;
let wait = RETRY_FIRST;
let timer = 0;
let typing = 0;
let sending = null;
let going = false;
let wish = null; // the button that is still to be obeyed once the network is back

function say(state, time = "") {
  stateLine.dataset.saveNow = state;
  stateLine.textContent = stateLine.dataset[state].replace("{time}", time);
}

function fieldsOf(section) {
  const fields = [];
  for (const input of section.querySelectorAll("[name]")) {
    if (input.type === "file") continue; // sent by its own button
    const ticked = input.type !== "radio" && input.type !== "checkbox" ? true : input.checked;
    if (ticked) fields.push([input.name, input.value]);
  }
  return fields;
}

function restore(section, fields) {
  const given = new Set(fields.map(([name, value]) => `${name}=${value}`));
  for (const input of section.querySelectorAll("[name]")) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = given.has(`${input.name}=${input.value}`);
    else if (input.type !== "hidden") {
      const field = fields.find(([name]) => name === input.name);
      if (field) input.value = field[1];
    }
  }
}

function mark(states) {
  const words = form.querySelector("[data-words]").dataset;
  for (const place of form.querySelectorAll("[data-map]")) {
    const state = states[place.dataset.map];
    if (!state) continue;
    place.dataset.progress = state;
    place.querySelector("[data-map-word]").textContent = `: ${words[state]}`;
  }
  for (const note of form.querySelectorAll("[data-unfinished]")) {
    const state = states[note.closest("[data-slot]").dataset.slot];
    const words = state === "partial" ? note.dataset.unfinished : "";
    if (note.textContent !== words) note.textContent = words;
  }
}

function token() {
  // Signing in again in another tab changes the token: the cookie always has the newest.
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  const hidden = form.querySelector("[name=csrfmiddlewaretoken]");
  if (cookie) hidden.value = cookie.slice("csrftoken=".length);
  return hidden.value;
}

async function send() {
  const batch = queue.batch();
  if (!batch) return true;
  say("saving");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  body.set("sequence", batch.sequence);
  body.set("desk", form.querySelector("[name=desk]").value);
  for (const [name, value] of batch.fields) body.append(name, value);
  let answer;
  try {
    answer = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return later("kept");
  }
  if (answer.status === 409) return refused((await answer.json()).reason);
  if (answer.status === 401) return later("login");
  if (answer.status >= 500) return later("kept");
  if (!answer.ok) {
    say("refused");
    return false;
  }
  const result = await answer.json();
  queue.settle(batch, result.sequence);
  wait = RETRY_FIRST;
  mark(result.states);
  clocks.set(result.left);
  if (result.closed.length) {
    const note = form.querySelector("[data-left-behind]");
    note.textContent = note.dataset.leftBehind.replace("{number}", result.closed.join(", "));
  }
  say("saved", result.at);
  return queue.batch() ? send() : true;
}

// Another window answers now: what is here stays here until its reader chooses to go on here.
function refused(reason) {
  if (reason === "elsewhere") {
    say("elsewhere");
    form.querySelector("[data-here]").hidden = false;
    return false;
  }
  if (reason === "closed") queue.forget();
  location.assign(reason === "locked" ? form.dataset.finish : form.dataset.review);
  return false;
}

function later(state) {
  say(wish && state === "kept" ? "unsent" : state);
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
  wait = Math.min(wait * 2, RETRY_LONGEST);
  return false;
}

function flush() {
  clearTimeout(timer);
  sending ??= send().finally(() => { sending = null; });
  return sending;
}

// One action cannot be both the most and the least appropriate: choosing one end frees the other.
function freeTheOtherEnd(input) {
  const twin = [...(input.closest("[data-ends]")?.querySelectorAll("input") ?? [])].find((other) => other !== input);
  if (twin && input.checked) twin.checked = false;
}

function keep(input) {
  const section = input.closest("[data-slot]");
  if (!section) return;
  clearTimeout(typing);
  freeTheOtherEnd(input);
  queue.put(section.dataset.slot, fieldsOf(section));
  if (sending) sending.then(flush);
  else flush();
}

form.addEventListener("change", (event) => keep(event.target));
// A word is kept soon after the last key, without waiting for the field to be left.
form.addEventListener("input", (event) => {
  if (event.target.type !== "text" && event.target.type !== "textarea") return;
  clearTimeout(typing);
  typing = setTimeout(() => keep(event.target), PAUSE);
});

form.addEventListener("submit", (event) => {
  token();
  const button = event.submitter;
  if (form.dataset.leaving || button?.hasAttribute("formaction")) return; // a file goes the plain way
  event.preventDefault();
  depart(button);
});

// Send what waits, then the form, and go where it leads. Silence of the network is told, and what cannot be undone by
// going on (submitting, the end of a time) is sent by itself once the network is back.
async function depart(button, patient = button?.value === "submit") {
  if (going) return; // a second click on the same button
  going = true;
  wish = patient ? button : null;
  const went = (await flush()) ? await goWith(button) : null;
  going = false;
  if (went === null) return patient ? waitFor(button) : stuck();
  wish = null;
  if (went === "plain") {
    form.dataset.leaving = "yes";
    form.requestSubmit(button);
  }
}

// “left” or “turned”: done. “plain”: the form goes the plain way. Null: no answer at all.
async function goWith(button) {
  const turns = form.hasAttribute("data-turns") && /^[0-9]+$/.test(button?.value ?? "");
  try {
    const went = turns ? await turn(form, button) : (await leave(form, button)) && "left";
    if (went === true) turned();
    return went === true ? "turned" : went || "plain";
  } catch {
    return null;
  }
}

function turned() {
  queue.sequence = Math.max(queue.sequence, Number(form.querySelector("[name=seen]").value));
  clocks.gather();
  if (stateLine.dataset.saveNow !== "stuck" && stateLine.dataset.saveNow !== "unsent") return;
  delete stateLine.dataset.saveNow;
  stateLine.textContent = usual;
}

// What stopped the turn may have said so itself (signed out, another window); silence of the network is said here.
function said() {
  return ["login", "elsewhere", "refused"].includes(stateLine.dataset.saveNow);
}

function stuck() {
  if (!said()) say("stuck");
}

function waitFor(button) {
  if (said()) return;
  say("unsent");
  clearTimeout(timer);
  timer = setTimeout(() => wish === button && depart(button, true), wait);
  wait = Math.min(wait * 2, RETRY_LONGEST);
}

const again = () => (wish ? depart(wish, true) : flush());
addEventListener("online", again);
document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });

// What was answered while this module was on its way is kept too.
function touched(input) {
  if (input.type === "radio" || input.type === "checkbox") return input.checked !== input.defaultChecked;
  if (input.type === "hidden" || input.type === "file") return false;
  if (!input.options) return input.value !== input.defaultValue;
  const options = [...input.options];
  return input.value !== (options.find((option) => option.defaultSelected) ?? options[0]).value;
}
for (const section of form.querySelectorAll("[data-slot]")) {
  if ([...section.querySelectorAll("[name]")].some(touched)) queue.put(section.dataset.slot, fieldsOf(section));
}

// What waited on this device comes back, unless another window has answered that question since: then the newer stays.
const newest = JSON.parse(form.dataset.sequences);
for (const slot of queue.slots()) {
  if ((newest[slot] ?? 0) > queue.sequenceOf(slot)) {
    queue.drop(slot);
    const note = form.querySelector("[data-outlasted]");
    note.textContent = note.dataset.outlasted.replace("{number}", slot);
    continue;
  }
  const section = form.querySelector(`[data-slot="${slot}"]`);
  if (section) restore(section, queue.fields(slot));
}
if (form.dataset.turns) watchHistory(form.dataset.turns);
form.querySelector("[data-here]")?.addEventListener("click", () => location.reload());
// The server looks at its own clock before it believes this one.
const clocks = startClocks(form, (clock) => {
  const button = Object.assign(document.createElement("button"), { name: "go", value: clock.node.dataset.next ?? "", hidden: true });
  const over = Object.assign(document.createElement("input"), { type: "hidden", name: "clock", value: "over" });
  form.querySelector("[data-turn]").append(button, over);
  for (const place of form.querySelectorAll("[data-slot]")) place.inert = true;
  if (clock.kind === "attempt") form.action = form.dataset.finish;
  depart(button, true);
});
flush();
