// The print button; `data-at-once` opens the dialog when the paper arrives.

export function connect(button) {
  button.addEventListener("click", () => window.print());
  if ("atOnce" in button.dataset) addEventListener("load", () => window.print(), { once: true });
}
