// The desk, live: asks the server what is new, sends acts, keeps one's place. Without this file the same forms work by themselves.
import { keepTime, wind } from "./clock.js";
import { place } from "./fragments.js";
import { lacks, listen } from "./keys.js";
import { Outbox } from "./outbox.js";
import { choose } from "./templates.js";

const desk = document.querySelector("[data-desk]");
const PERIOD = 3000;
const SIGNED_OUT = 401;  // the desk itself never redirects a script: the page is asked again and leads to where one signs in
const LEAVING = ["finish", "stop"];  // these end the page itself
const NARROW = matchMedia("(width < 60rem)");
let cursor = desk.dataset.cursor;
let sending = false;
let lost = false;
let polling = null;  // the question under way to the server, if any: an act makes its answer stale
let leaving = false;  // on the way to another page: nothing more is asked, or each answer would start the journey anew
let choosing = 0;
let selecting = 0;
const outbox = new Outbox(desk.dataset.desk);

// The network, seen and heard: a line on the desk while it is away.
const line = desk.querySelector("[data-lost-line]");
function setLost(away) {
  if (lost === away) return;
  lost = away;
  line.hidden = !away;
  say(away ? desk.dataset.lost : desk.dataset.back);
}

// While an act or a choice is under way the desk says so, to its style and to whoever drives it.
const showBusy = () => desk.toggleAttribute("data-busy", sending || leaving || selecting > 0);
function setSending(on) {
  sending = on;
  if (on) polling?.abort();
  showBusy();
}

// Words for a screen reader: few, and never more than one in ten seconds.
const announcer = desk.querySelector("[data-announce]");
let unheard = 0;
let lastSaid = 0;
const say = (text) => { announcer.textContent = text; };
const sayNew = (count) => {
  unheard += count;
  if (!unheard || Date.now() - lastSaid < 10000) return;
  say(unheard === 1 ? desk.dataset.newOne : `${desk.dataset.newMany} ${unheard}`);
  unheard = 0;
  lastSaid = Date.now();
};

function take(html) {
  const news = place(html);
  if (news.cursor) cursor = news.cursor;
  countPicked();
  mark(inHand());
  if (news.happened) for (const field of document.querySelectorAll("#clock-form [name=seen]")) field.value = news.happened;
  if (news.waiting) entitle(news.waiting);
  sayNew(Number(news.new ?? 0));
  if (news.message) say(`${desk.dataset.message} ${news.message}`);
  wind();
}

// In another tab, the title tells what waits.
const title = document.title;
const entitle = (waiting) => { document.title = waiting === "0" ? title : `(${waiting}) ${title}`; };

const inHand = () => document.getElementById("bench")?.dataset.hand ?? "";
const emptyHands = () => (document.querySelector("#bench[data-empty]") ? "1" : "");

function mark(id) {
  for (const item of document.querySelectorAll(".queue__item")) {
    const chosen = item.id === `q-${id}`;
    item.toggleAttribute("data-selected", chosen);
    const link = item.querySelector("a");
    if (chosen) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
}

async function ask(url, options = {}) {
  const response = await fetch(url, { ...options, headers: { "X-Desk": "fragment", ...options.headers } });
  if (response.redirected) { leave(() => location.reload()); return new Response(null, { status: SIGNED_OUT }); }
  const elsewhere = response.headers.get("X-Desk-Location");
  if (elsewhere) { leave(() => location.assign(elsewhere)); return null; }
  const moved = response.headers.get("X-Desk-Cursor");
  if (moved) cursor = moved;
  setLost(false);
  return response;
}

function leave(go) {
  if (leaving) return;
  leaving = true;
  showBusy();
  go();
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

async function poll() {
  if (document.hidden || sending || polling || leaving) return;
  const question = new AbortController();
  polling = question;
  try {
    const response = await ask(`${desk.dataset.poll}?cursor=${encodeURIComponent(cursor)}&empty=${emptyHands()}`, { signal: question.signal });
    const news = response?.status === 200 ? await response.text() : "";
    if (news && !question.signal.aborted) take(news);
  } catch {
    if (!question.signal.aborted) setLost(true);
  } finally {
    polling = null;
  }
}

// Acting: the form is sent as it is, with its own key, again and again until the server has it; it counts once.
async function send(form, submitter) {
  const body = letter(form, submitter);
  setSending(true);
  form.setAttribute("aria-busy", "true");
  const url = form.getAttribute("action");
  const kept = form.hasAttribute("data-act-form") ? outbox.put(url, body) : null;
  let delivered = false;
  try {
    const response = await persist(() => ask(url, { method: "POST", body }));
    delivered = arrived(response);
    if (kept && delivered) outbox.settle(kept);
    if (!response || response.status === SIGNED_OUT) return;
    if (response.status === 422) { swapBench(await response.text()); document.querySelector("[data-refusal]")?.focus(); }
    else if (response.status === 200) { take(await response.text()); after(form); }
    else leave(() => location.reload());
  } finally {
    setSending(false);
    form.removeAttribute("aria-busy");
  }
  if (delivered) await sendKept();  // what was done meanwhile, in its order
}

function letter(form, submitter) {
  const body = new FormData(form, submitter);
  body.append("cursor", cursor);
  body.append("empty", emptyHands());
  if (!body.get("comment") && !body.get("hand")) body.append("hand", inHand());
  return body;
}

// While the network is away the next acts line up behind the one that tries to leave.
function lineUp(form, submitter) {
  if (!lost || !form.hasAttribute("data-act-form")) return;
  outbox.put(form.getAttribute("action"), letter(form, submitter));
  say(desk.dataset.lost);
}

// Anything but a broken server or a lost session is an answer: the act has been counted or refused.
const arrived = (response) => !response || (response.status < 500 && ![SIGNED_OUT, 403].includes(response.status));

// What could not be sent so far, by this page or an earlier one.
async function sendKept() {
  if (!outbox.all().length) return;
  setSending(true);
  try {
    for (const { id, url, fields } of outbox.all()) {
      const body = new FormData();
      for (const [name, value] of fields) body.append(name, value);
      body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      body.append("cursor", cursor);
      const response = await persist(() => ask(url, { method: "POST", body }));
      if (!arrived(response)) return;
      outbox.settle(id);
      if (response?.status === 200) take(await response.text());
      else if (response?.status === 422) { swapBench(await response.text()); say(desk.dataset.refused); }
    }
  } finally {
    setSending(false);
  }
}

async function persist(attempt) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    try { return await attempt(); } catch {
      setLost(true);
      await new Promise((done) => { setTimeout(done, wait); addEventListener("online", done, { once: true }); });
    }
  }
}

function after(form) {
  if (form.hasAttribute("data-keep-open")) { form.reset(); refreshKeys(); }
  if (form.hasAttribute("data-clock-form")) document.querySelector("#clock-form button")?.focus();
  else document.getElementById("bench")?.focus({ preventScroll: true });
}

// A form outside the bench keeps its place on the page, so it takes the bench's fresh key.
function refreshKeys() {
  const fresh = document.querySelector("#bench [name=key]")?.value;
  for (const field of document.querySelectorAll("[data-keep-open] [name=key]")) field.value = fresh ?? crypto.randomUUID();
}

for (const field of document.querySelectorAll("[data-sight] select")) field.addEventListener("change", () => field.form.requestSubmit());

const swapBench = (html) => { place(`<template data-into="">${html}</template>`); };

// Of two choices made one after the other, the last is shown, whichever answer comes first.
async function select(id) {
  if (leaving) return;
  const turn = ++choosing;
  selecting += 1;
  showBusy();
  try {
    const response = await ask(`?c=${encodeURIComponent(id)}`);
    const bench = response?.ok ? await response.text() : "";
    if (bench && turn === choosing) hold(id, bench);
  } catch {
    setLost(true);
  } finally {
    selecting -= 1;
    showBusy();
  }
}

function hold(id, bench) {
  swapBench(bench);
  mark(id);
  document.getElementById(`q-${id}`)?.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `?c=${encodeURIComponent(id)}`);
  show("bench");
  document.getElementById("bench").focus({ preventScroll: true });
  if (NARROW.matches) scrollTo(0, 0);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-act-form], [data-clock-form]");
  if (!form || LEAVING.includes(event.submitter?.value)) return;
  event.preventDefault();
  if (leaving || lacks(event.submitter)) return;
  if (form.hasAttribute("aria-busy")) lineUp(form, event.submitter); else send(form, event.submitter);
});

// How many are ticked for one act on all of them.
function countPicked() {
  const picked = document.querySelectorAll("#queue input:checked").length;
  document.querySelector("[data-picked]")?.replaceChildren(picked ? `(${picked})` : "");
}
document.addEventListener("change", countPicked);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-select]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); select(link.dataset.select); }
  const view = event.target.closest("[data-view-link]");
  if (view) { event.preventDefault(); show(view.dataset.viewLink); }
  if (view?.hasAttribute("data-latest")) document.getElementById("situation-title").focus();
  const macro = event.target.closest("[data-macro]");
  if (macro) choose(macro);
});

function show(view) {
  desk.dataset.view = view;
  for (const link of desk.querySelectorAll(".desk__views [data-view-link]")) {
    if (link.dataset.viewLink === view) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
}

listen(select);
entitle(desk.dataset.waiting);
sendKept();
setInterval(poll, PERIOD);
keepTime(poll);
document.addEventListener("visibilitychange", poll);
