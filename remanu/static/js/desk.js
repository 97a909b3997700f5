// The certifier's keyboard: j and k walk the checklist, Enter opens a line, n goes to the next open one, round and round.

const lines = [...document.querySelectorAll("[data-line]")];
const at = () => {
  const focused = lines.indexOf(document.activeElement);
  return focused < 0 ? lines.findIndex((one) => one.ariaCurrent) : focused;
};

// Behind the last open line the first one follows again.
const following = () => [...lines.slice(at() + 1), ...lines].find((one) => one.dataset.line === "open");

function go(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  const next = step ? lines[at() + step] : event.key === "n" && following();
  if (!next) return;
  event.preventDefault();
  next.closest("details")?.setAttribute("open", "");
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", go);
