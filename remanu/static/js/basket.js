// The basket where script runs: a scan is put in without leaving the page, so that camera and list stay where they are.
// Without script each scan is a form of its own, with the same answer.

const form = document.querySelector("[data-basket-put]");
const field = form.elements.text;
const refused = [];
// An answer that comes while the next scan is being typed leaves the field to it: half a code is another one's serial.
let begun = false;
document.addEventListener("keydown", (event) => { begun ||= event.key.length === 1; }, true);

async function put(text) {
  // A scanner that types beside the field is understood by the places of its keys; in the field it is not.
  const inside = document.activeElement === field;
  const body = new FormData(form);
  body.set("text", text);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { location.assign(answer.url); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of ["[data-basket]", "[data-basket-count]"]) {
    const fresh = page.querySelector(name);
    // An answer without a basket is another page, such as the one to sign in.
    if (!fresh) { location.reload(); return; }
    document.querySelector(name).replaceWith(fresh);
  }
  document.dispatchEvent(new Event("renewed"));
  if (!answer.ok) refuse(text);
  if (begun || (answer.ok && !inside)) return;
  if (!answer.ok && !field.value) field.value = text;
  field.focus({ preventScroll: true });
  // What was refused is selected, so that the next scan takes its place instead of growing onto it.
  field.select();
}

// Scans follow each other faster than anybody reads: what was not taken stays named until the page is left.
function refuse(text) {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([120, 80, 120]);
  // As long as a badge and made of nothing else: it may be one, and is not shown.
  refused.push(/^[0-9a-z]{16}$/i.test(text.trim()) ? "…" : text.slice(0, 40));
  const said = document.querySelector("[data-basket-refused]");
  said.textContent = `${said.dataset.words} ${refused.join(", ")}`;
}

// One after the other: a hand scanner is faster than the net, and no scan may be lost.
let queue = Promise.resolve();
const take = (text) => { queue = queue.then(() => put(text)).catch(() => { field.value = text; form.submit(); }); };

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  field.value = "";
  begun = false;
  if (text) take(text);
});
document.addEventListener("scanned", (event) => { event.preventDefault(); take(event.detail); });
