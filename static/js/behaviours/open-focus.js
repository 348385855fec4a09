// What opens asks something: the focus goes to its first field.

export function connect(details) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("form :is(input:not([type=hidden]), textarea, select)")?.focus();
  });
}
