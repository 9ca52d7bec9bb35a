// Puts what the server sends where it belongs. Each <template> says where its children go: `data-into` names a list (an element
// already on the page is replaced where it stands, or moved when it now belongs to another list), `data-fill` replaces a
// container's whole content. An empty `data-into` only replaces.
export function place(html) {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  const news = {};
  for (const template of holder.querySelectorAll(":scope > template")) {
    if (template.dataset.cursor) Object.assign(news, template.dataset);
    else if (template.dataset.fill) fill(template);
    else for (const element of [...template.content.children]) put(element, template);
  }
  return news;
}

function fill(template) {
  const list = document.getElementById(template.dataset.fill);
  if (!list) return;
  // What was ticked stays ticked, and the focus stays where it was.
  const ticked = [...list.querySelectorAll("input:checked")].map((box) => box.value);
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : null;
  const tag = document.activeElement?.tagName;
  list.replaceChildren(template.content);
  for (const box of list.querySelectorAll("input[type=checkbox]")) box.checked = ticked.includes(box.value);
  if (focused) document.getElementById(focused)?.querySelector(tag)?.focus({ preventScroll: true });
}

function put(element, template) {
  const present = element.id ? document.getElementById(element.id) : null;
  const list = template.dataset.into ? document.getElementById(template.dataset.into) : null;
  if (present && (!list || present.parentElement === list)) { present.replaceWith(element); return; }
  if (!list) return;
  present?.remove();
  element.setAttribute("data-fresh", "");
  if (template.hasAttribute("data-first")) list.prepend(element); else list.append(element);
}
