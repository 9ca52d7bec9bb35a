// After a row is dragged, Wagtail says that the page moved and reads no answer; the server has more to say (whether its
// other language followed, or why not) and keeps it for the next page. Ask for it at once, and show it below.
document.addEventListener("w-messages:add", async (event) => {
  if (event.detail?.type !== "success" || !document.querySelector('[data-controller~="w-orderable"]')) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = document.querySelector(".messages [data-w-messages-target=container]");
  for (const message of next.querySelectorAll(".messages [data-w-messages-target=container] > li")) {
    shown?.append(document.importNode(message, true));
  }
});
