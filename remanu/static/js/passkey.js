// Passkeys: a new one is made, or what the server says would be signed is signed. Everything else is the form's own.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const show = (element, shown) => element && (element.hidden = !shown);

function send(form) {
  form.noValidate = true;
  form.requestSubmit();
}

// Asks what would be signed: the act itself says so, because a form without any factor does nothing.
async function ask(form, field) {
  const body = new FormData(form);
  body.set(field.name, "?");
  for (const name of ["factor", "code_factor"]) body.delete(name);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/problem+json" } });
  const said = await answer.json();
  return said.code === "factor-needed" && said.approval ? said : null;
}

async function sign(said) {
  const allowed = said.passkeys.map((id) => ({ type: "public-key", id: bytes(id) }));
  const made = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(said.challenge),
      rpId: said.rp_id,
      allowCredentials: allowed,
      userVerification: "required",
    },
  });
  return JSON.stringify({
    id: text(made.rawId),
    authenticator: text(made.response.authenticatorData),
    client: text(made.response.clientDataJSON),
    signature: text(made.response.signature),
    at: said.approval.at,
    nonce: said.approval.nonce,
    tag: said.tag,
  });
}

function signing(block) {
  const form = block.closest("form");
  const field = block.querySelector("input");
  // One button at a time: what was shown is signed beneath it.
  const dock = form.querySelector(".dock");
  const part = (name) => block.querySelector(`[data-${name}]`);
  let said = null;
  const asked = async () => {
    show(part("cancelled"), false);
    said = await ask(form, field).catch(() => null);
    if (!said) {
      // Something else stands against it; the page that answers the form says what.
      field.value = "?";
      return send(form);
    }
    show(part("none"), !said.passkeys.length);
    if (!said.passkeys.length) return undefined;
    const spoken = block.closest("main").querySelector("[data-spoken]");
    part("meaning").textContent = spoken ? spoken.textContent : said.approval.meaning;
    part("digest").textContent = said.approval.record;
    show(part("shown"), true);
    show(part("ask"), false);
    show(dock, Boolean(typed));
    part("sign").focus();
    return undefined;
  };
  const signed = async () => {
    try {
      field.value = await sign(said);
      send(form);
    } catch {
      said = null;
      show(part("shown"), false);
      show(part("ask"), Boolean(typed));
      show(dock, true);
      show(part("cancelled"), true);
    }
  };
  part("ask").addEventListener("click", asked);
  part("sign").addEventListener("click", signed);
  // Where nothing can be typed instead, the form's own button takes the two steps.
  const typed = form.elements.namedItem("factor");
  form.addEventListener("submit", (event) => {
    if (field.value || typed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (said?.passkeys.length) signed();
    else asked();
  }, true);
  show(part("ask"), Boolean(typed));
  show(part("needs-script"), false);
}

async function make(given) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(given.challenge),
      rp: { id: given.rp_id, name: "remanu" },
      user: { id: bytes(given.user), name: given.name, displayName: given.name },
      pubKeyCredParams: [-7, -8].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
      attestation: "none",
    },
  });
  return JSON.stringify({
    id: text(made.rawId),
    client: text(made.response.clientDataJSON),
    attestation: text(made.response.attestationObject),
    at: given.at,
  });
}

function making(block) {
  const form = block.closest("form");
  const failed = block.querySelector("[data-cancelled]");
  form.addEventListener("submit", async (event) => {
    const field = block.querySelector("input");
    if (field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(failed, false);
    try {
      field.value = await make(JSON.parse(block.dataset.newPasskey));
      form.requestSubmit();
    } catch {
      show(failed, true);
    }
  }, true);
  show(block.querySelector("[data-needs-script]"), false);
}

// The second step of signing in: nothing is shown but who asks, because nothing is signed but that one is here.
function entering(block) {
  const form = block.closest("form");
  const field = block.querySelector("input");
  const given = JSON.parse(block.dataset.entryPasskey);
  const button = block.querySelector("[data-ask]");
  button.addEventListener("click", async () => {
    show(block.querySelector("[data-cancelled]"), false);
    try {
      field.value = await sign({ ...given, approval: { at: given.at, nonce: "" }, tag: "" });
      send(form);
    } catch {
      show(block.querySelector("[data-cancelled]"), true);
    }
  });
  show(button, true);
  show(block.querySelector("[data-needs-script]"), false);
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-entry-passkey]").forEach(entering);
  document.querySelectorAll("[data-passkey]").forEach(signing);
  document.querySelectorAll("[data-new-passkey]").forEach(making);
}
