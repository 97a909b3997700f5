// The number pad of the measuring page: large keys for gloves. Without script the field asks for the system's own.
// A pad serves one field, or several points of which one is large and the others are small.

const enter = (field, key) => {
  if (key === "erase") return field.value.slice(0, -1);
  if (key === "sign") return field.value.startsWith("-") ? field.value.slice(1) : "-" + field.value;
  if (key === "." && field.value.includes(".")) return field.value;
  return field.value + key;
};

for (const pad of document.querySelectorAll("[data-pad]")) {
  const root = document.getElementById(pad.dataset.pad);
  const fields = root.matches("input") ? [root] : [...root.querySelectorAll("input")];
  const wrong = fields.find((field) => field.getAttribute("aria-invalid"));
  let field = wrong ?? fields.find((one) => !one.value) ?? fields[0];

  const show = (one) => {
    field = one;
    root.classList.toggle("stepping", fields.length > 1);
    for (const each of fields) each.closest(".point")?.classList.toggle("now", each === one);
  };
  // The next empty point, or the one after this when all are filled.
  const next = () => fields.slice(fields.indexOf(field) + 1).find((one) => !one.value) ?? fields.find((one) => !one.value);

  pad.hidden = false;
  for (const one of fields) {
    one.inputMode = "none";
    one.addEventListener("focus", () => show(one));
    one.addEventListener("keydown", (event) => {
      const empty = event.key === "Enter" && one.value && next();
      if (!empty) return;
      event.preventDefault();
      empty.focus();
    });
  }
  show(field);
  if (fields.length > 1) field.focus();
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    if (key === "next") {
      const empty = next();
      if (empty) empty.focus();
      else pad.closest("form").querySelector(".primary button")?.focus();
      return;
    }
    field.value = enter(field, key);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    navigator.vibrate?.(15);
  });
}
