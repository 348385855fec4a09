// Keys of the counter: what has `data-key` is pressed by that key, unless somebody types (Enter and Escape aside in an
// empty scan field, F-keys always).

const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

function isTyping(event) {
  const field = event.target.closest?.(TYPING);
  return Boolean(field) && !(event.altKey || /^F\d+$/.test(event.key));
}

export function connect(root) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
    if (isTyping(event)) return;
    // Enter on a link or button that has the focus presses that one
    if (event.key === "Enter" && event.target.closest?.("a, button, summary")) return;
    const pressed = event.altKey ? event.code.replace(/^Key/, "") : event.key;
    const target = [...root.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key.toLowerCase() === pressed.toLowerCase() && !one.disabled && one.offsetParent !== null,
    );
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
