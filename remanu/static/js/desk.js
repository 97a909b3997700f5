// The certifier's keyboard: j and k walk the checklist, Enter opens a line, n goes to the next open one.

const lines = [...document.querySelectorAll("[data-line]")];
const at = () => Math.max(lines.indexOf(document.activeElement), lines.findIndex((one) => one.ariaCurrent));

function go(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  const next = step ? lines[at() + step] : event.key === "n" && lines.find((one, n) => n > at() && one.dataset.line === "open");
  if (!next) return;
  event.preventDefault();
  next.closest("details")?.setAttribute("open", "");
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", go);
