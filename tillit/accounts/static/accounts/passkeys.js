/* Passkeys: the only thing in signing in that needs a script. It asks the server what to ask the
   browser, and sends the browser's answer as the form that it stands in.

   <form data-passkey="get or create" data-ask="/address/">
     <input type="hidden" name="credential"> <button> <p data-fault="words"> <p data-without>
   A form for "get" is hidden and a button for "create" disabled until this has run. */

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const withBytes = (list = []) => list.map((it) => ({ ...it, id: bytes(it.id) }));

const toCreate = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: withBytes(options.excludeCredentials),
});

const toGet = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  allowCredentials: withBytes(options.allowCredentials),
});

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const asJson = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: Object.fromEntries(
    PARTS.filter((part) => credential.response[part]).map((part) => [part, text(credential.response[part])]),
  ),
});

async function credentialFor(form) {
  const answer = await fetch(form.dataset.ask, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected) throw new Error(`The server answered ${answer.status}.`);
  const { publicKey } = await answer.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: toCreate(publicKey) })
    : navigator.credentials.get({ publicKey: toGet(publicKey) });
}

async function answerWith(form) {
  const fault = form.querySelector("[data-fault]");
  fault.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(asJson(await credentialFor(form)));
    form.submit();
  } catch {
    fault.textContent = fault.dataset.fault;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.querySelector("button").disabled = false;
    form.querySelector("[data-without]")?.remove();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.reportValidity()) answerWith(form);
    });
  }
}
