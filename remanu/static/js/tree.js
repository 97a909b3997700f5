// Unfolds an assembly in place. Without script its page is one link away, which stays where it is.

async function unfold(event) {
  const node = event.target;
  if (!node.open || !node.dataset.inner) return;
  const address = node.dataset.inner;
  delete node.dataset.inner;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    node.append(...page.body.children);
  } catch {
    // The link to the assembly is there still; the next unfolding tries again.
    node.dataset.inner = address;
  }
}

// The event does not bubble, so it is caught on its way down: assemblies that come later need no care of their own.
document.addEventListener("toggle", unfold, true);
