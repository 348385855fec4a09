// Keys of the counter: Alt with its letter presses what has `data-key`, also while the scan field has the focus. Never a
// letter alone: a scanner, or a voice that types, would press it unasked.

export function connect(root) {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing || event.defaultPrevented) return;
    // where Alt makes another character of it (macOS), the place of the key tells the letter
    const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
    const target = [...root.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key === letter.toUpperCase() && !one.disabled && one.offsetParent !== null,
    );
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
