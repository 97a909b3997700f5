// Shows at once how the label looks that is being drawn up. Without script a button shows it.

const form = document.querySelector(".act-form");
const example = document.querySelector("[data-example]");
const PAUSE = 150;
let waiting = 0;
let newest = 0;

async function show() {
  const mine = ++newest;
  const asked = new URLSearchParams(new FormData(form));
  for (const name of ["key", "expected", "name"]) asked.delete(name);
  asked.set("item", example.querySelector("select").value);
  const answer = await fetch(`/label-designs/preview?${asked}`, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-preview]") ?? page.querySelector("main");
  // An answer that was overtaken by a later choice is not shown.
  if (!fresh || mine !== newest) return;
  const said = document.querySelector("[data-preview]");
  said.replaceChildren(...fresh.children);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => show().catch(() => {}), PAUSE);
}

for (const one of document.querySelectorAll("[data-plain]")) one.hidden = true;
form.addEventListener("input", soon);
example.addEventListener("input", soon);
example.addEventListener("submit", (event) => { event.preventDefault(); soon(); });
