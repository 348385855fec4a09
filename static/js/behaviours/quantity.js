// A quantity sends its form when changed; the button that does so without scripts goes away.

export function connect(form) {
  const field = form.querySelector("input[type=number], select");
  const button = form.querySelector("button[type=submit]:not([name])");
  if (button) button.hidden = true;
  let waiting;
  field.addEventListener("change", () => {
    clearTimeout(waiting);
    // the arrows of a number field fire at every step: wait until they rest
    waiting = setTimeout(() => {
      if (form.reportValidity()) form.requestSubmit(button ?? undefined);
    }, 400);
  });
}
