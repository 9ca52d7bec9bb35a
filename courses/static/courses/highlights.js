// Passages one marks in a lesson: found by their words and those around them, so that an edited lesson keeps them.
const AROUND = 32;
const LONGEST = 1000;
const article = document.querySelector(".lesson__body");
const bar = document.querySelector("[data-highlighter]");
const list = document.querySelector("[data-highlights]");

// The words of the article as one text, blanks as one, and where each character stands.
function read() {
  const places = [];
  let text = "";
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("form, svg, script, .lesson-end, .post__ref, .visually-hidden") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  let block = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement.closest("p, li, h2, h3, h4, td, th, dt, dd, blockquote, figcaption, div");
    if (block && around !== block && !text.endsWith(" ")) { text += " "; places.push(null); }
    block = around;
    for (let at = 0; at < node.length; at += 1) {
      const blank = /\s/.test(node.data[at]);
      if (blank && (text.endsWith(" ") || !text)) continue;
      text += blank ? " " : node.data[at];
      places.push([node, at]);
    }
  }
  return { text, places };
}

const same = (one, other) => { let n = 0; while (n < one.length && n < other.length && one[n] === other[n]) n += 1; return n; };
const reversed = (text) => [...text].reverse().join("");

// Where a passage stands: the quote with the best neighbours; else what stands between the same neighbours.
function find({ text }, { quote, prefix, suffix }) {
  let best = null;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const end = at + quote.length;
    const score = same(reversed(prefix), reversed(text.slice(0, at))) + same(suffix, text.slice(end));
    if (!best || score > best.score) best = { start: at, end, score };
  }
  if (best || prefix.trim().length < 12 || suffix.trim().length < 12) return best;
  const before = text.indexOf(prefix);
  const after = before < 0 ? -1 : text.indexOf(suffix, before + prefix.length);
  const length = after - before - prefix.length;
  return after > 0 && length > 0 && length <= quote.length * 1.5 + 20 ? { start: before + prefix.length, end: after } : null;
}

function wrap({ places }, { start, end }, id) {
  const runs = [];
  for (const place of places.slice(start, end)) {
    if (!place) continue;
    const last = runs.at(-1);
    if (last && last.node === place[0]) last.to = place[1] + 1;
    else runs.push({ node: place[0], from: place[1], to: place[1] + 1 });
  }
  for (const { node, from, to } of runs) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const mark = document.createElement("mark");
    mark.className = "highlight";
    mark.dataset.of = id;
    range.surroundContents(mark);
  }
}

function show() {
  for (const mark of article.querySelectorAll("mark.highlight")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  for (const item of list.querySelectorAll("[data-mark]")) {
    const text = read();
    const place = find(text, item.dataset);
    if (place) wrap(text, place, item.dataset.mark);
    item.querySelector("[data-mark-said]").textContent = place ? "" : list.dataset.lost;
  }
}

// What is selected, in the terms of `read`.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const { text, places } = read();
  const inside = (place) => place && range.comparePoint(place[0], place[1]) === 0 && !(place[0] === range.endContainer && place[1] === range.endOffset);
  let start = places.findIndex(inside);
  let end = places.findLastIndex(inside) + 1;
  while (start >= 0 && start < end && text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  const letter = (at) => /[\p{L}\p{N}]/u.test(text[at] ?? "");
  while (start > 0 && letter(start) && letter(start - 1)) start -= 1;  // whole words
  while (end < text.length && letter(end - 1) && letter(end)) end += 1;
  if (start < 0 || end <= start || end - start > LONGEST) return null;
  return { quote: text.slice(start, end), prefix: text.slice(Math.max(0, start - AROUND), start), suffix: text.slice(end, end + AROUND) };
}

function offer() {
  const passage = selected();
  bar.hidden = !passage;
  if (!passage) return;
  bar.querySelector("[data-highlighter-said]").textContent = "";
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  bar.style.top = `${box.bottom + scrollY + 8}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - bar.offsetWidth - 8))}px`;
}

async function keep() {
  const passage = selected();
  if (!passage) return;
  const said = bar.querySelector("[data-highlighter-said]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const response = await fetch(bar.dataset.url, { method: "POST", body: new URLSearchParams({ quote: passage.quote, before: passage.prefix, after: passage.suffix, csrfmiddlewaretoken: token }) });
    if (response.status === 409) { said.textContent = list.dataset.full; return; }
    if (!response.ok) throw new Error(response.status);
    list.innerHTML = await response.text();
    globalThis.htmx?.process(list);
    getSelection().removeAllRanges();
    bar.hidden = true;
    show();
  } catch { said.textContent = list.dataset.failed; }
}

if (article && bar && list) {
  document.body.append(bar);
  show();
  let timer = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(offer, 250); });
  bar.addEventListener("pointerdown", (event) => event.preventDefault());  // the selection stays
  bar.querySelector("[data-highlight]").addEventListener("click", keep);
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target === list) show(); });
}
