// The number pad of the measuring page: large keys for gloves. Without script the field asks for the system's own.

const enter = (field, key) => {
  if (key === "erase") return field.value.slice(0, -1);
  if (key === "sign") return field.value.startsWith("-") ? field.value.slice(1) : "-" + field.value;
  if (key === "." && field.value.includes(".")) return field.value;
  return field.value + key;
};

for (const pad of document.querySelectorAll("[data-pad]")) {
  const field = document.getElementById(pad.dataset.pad);
  pad.hidden = false;
  field.inputMode = "none";
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    field.value = enter(field, key);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    navigator.vibrate?.(15);
  });
}
