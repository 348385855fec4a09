// Asks before an act that cannot be taken back. Without scripts the page behind the act asks.

export function connect(button) {
  button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.question)) event.preventDefault();
  });
}
