// A passage whose words are dragged into its gaps: by pointer, or by choosing a word and then its gap with any key or
// finger. The lists of the page stay its fields; they are only out of sight.
export function dragWords(box) {
  const lists = [...box.querySelectorAll("select")];
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  const bank = document.createElement("div");
  bank.className = "bank";
  bank.setAttribute("role", "group");
  bank.setAttribute("aria-label", box.dataset.bank);
  let held = null;

  const words = [...lists[0].options].filter((option) => option.value).map((option) => {
    const word = Object.assign(document.createElement("button"), {
      type: "button", className: "bank__word", textContent: option.textContent, draggable: true,
    });
    word.dataset.word = option.value;
    word.setAttribute("aria-pressed", "false");
    word.addEventListener("click", () => hold(held === word ? null : word));
    word.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", option.value);
      event.dataTransfer.effectAllowed = "copy";
      hold(word);
    });
    bank.append(word);
    return word;
  });

  function hold(word) {
    held = word;
    for (const other of words) other.setAttribute("aria-pressed", String(other === held));
  }

  const gaps = lists.map((list) => {
    const gap = Object.assign(document.createElement("button"), { type: "button", className: "gap" });
    gap.addEventListener("click", () => put(list, held ? held.dataset.word : ""));
    gap.addEventListener("keydown", (event) => {
      if (event.key === "Delete" || event.key === "Backspace") put(list, "");
    });
    gap.addEventListener("dragover", (event) => event.preventDefault());
    gap.addEventListener("drop", (event) => {
      event.preventDefault();
      put(list, event.dataTransfer.getData("text/plain"));
    });
    list.hidden = true;
    list.after(gap);
    return gap;
  });

  function put(list, value) {
    if (list.value === value) return hold(null);
    list.value = value;
    show();
    said.textContent = gaps[lists.indexOf(list)].getAttribute("aria-label");
    hold(null);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show() {
    lists.forEach((list, n) => {
      const word = list.value ? list.selectedOptions[0].textContent : "";
      gaps[n].textContent = word || "\u00a0";
      gaps[n].toggleAttribute("data-filled", Boolean(word));
      gaps[n].setAttribute("aria-label", `${list.getAttribute("aria-label")}: ${word || box.dataset.empty}`);
    });
    const used = new Set(lists.map((list) => list.value));
    for (const word of words) word.toggleAttribute("data-used", used.has(word.dataset.word));
  }

  const help = Object.assign(document.createElement("p"), { className: "soft", textContent: box.dataset.help });
  box.prepend(help, bank);
  box.append(said);
  show();
}
