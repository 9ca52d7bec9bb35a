// A key that does not answer: allauth tells the console, we tell the person.
(() => {
  const named = (name) => document.querySelector(`[data-key-${name}]`);
  const able = "PublicKeyCredential" in window;

  const show = (name) => {
    for (const each of ["refused", "known", "unable"]) named(each).hidden = each !== name;
    named(name).scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const reason = event.detail.exception?.name;
    if (!able || reason === "SecurityError") show("unable");
    else if (reason === "InvalidStateError") show("known");
    else show("refused");
  });

  // Return in the field that names a new key is a press of its button: sent alone, a name is no key.
  const add = document.getElementById("mfa_webauthn_add");
  add?.form.addEventListener("submit", (event) => {
    event.preventDefault(); // allauth's own submission, once the key has answered, raises no event
    add.click();
  });
})();
