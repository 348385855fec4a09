// The field a scanner types into: it takes the focus back when nothing else needs it, Enter sends the form, Escape empties
// it and then leaves it.

export function connect(field) {
  const free = () => {
    const active = document.activeElement;
    return !active || active === document.body || active === document.documentElement;
  };
  const take = () => { if (free() && !document.querySelector("dialog[open]")) field.focus({ preventScroll: true }); };
  if (!document.querySelector("[role=alert]")) field.focus({ preventScroll: true });
  field.select();
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.value.trim() === "") event.preventDefault();
    if (event.key === "Escape") { if (field.value) field.value = ""; else field.blur(); }
  });
  addEventListener("focus", take);
  // a scanner is quick: its first digit, typed with no field in focus, must not be lost
  document.addEventListener("keydown", (event) => {
    if (free() && /^[\d:/]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus({ preventScroll: true });
  });
}
