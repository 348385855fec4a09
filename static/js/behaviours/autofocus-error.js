// Moves the focus to what went wrong, and from there to the field that is to be put right.

export function connect(summary) {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center" });
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const inner = field.matches("fieldset") ? field.querySelector("input") ?? field : field;
    inner.focus({ preventScroll: true });
    inner.scrollIntoView({ block: "center" });
  });
}
