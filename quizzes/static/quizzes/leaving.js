// Send a form and go where the server says. Without an answer this throws, so that nobody meets the browser's own error
// page in place of their answers; false where the form has to go the plain way.
export async function leave(form, button) {
  const answer = await post(form, button, { "X-Leave": "1" });
  return goOn(answer);
}

export async function post(form, button, headers) {
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" });
  if (answer.status >= 500) throw new Error("no answer"); // a proxy whose server is away
  return answer;
}

export function goOn(answer) {
  const told = answer.headers.get("X-Leave-To");
  if (!told) return false;
  const there = new URL(told, location.href);
  if (there.pathname === location.pathname && there.search === location.search) {
    history.replaceState(history.state, "", there); // the same page, anew
    location.reload();
  } else location.assign(there);
  return true;
}
