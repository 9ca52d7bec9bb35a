// Comfort on every page; nothing here is needed to use the site.
const root = document.documentElement;
root.classList.add("has-script");
const secure = location.protocol === "https:" ? "; secure" : "";

// Theme: the form posts and reloads without script; here it changes at once.
for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value;
    if (!theme) return;
    event.preventDefault();
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
    form.closest("details")?.removeAttribute("open");
  });
}

// The front door remembers the language one chose on this device.
for (const link of document.querySelectorAll(".languages a[hreflang]")) {
  link.addEventListener("click", () => {
    document.cookie = `django_language=${link.hreflang}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
}

// A new account takes the device's time zone; without script it begins with the academy's.
for (const field of document.querySelectorAll("[data-time-zone]")) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;

// Menus close when one looks elsewhere.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Dialogs: <button data-opens="id"> and <button data-closes>.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
});

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
