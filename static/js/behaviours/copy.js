// Copies the text of the button and says so in its own word.
import { announce } from "../announce.js";

export function connect(button) {
  const label = button.querySelector("span");
  const before = label.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    label.textContent = button.dataset.done;
    announce(button.dataset.done);
    setTimeout(() => { label.textContent = before; }, 2500);
  });
  // the clipboard is only there on https and localhost
  if (!navigator.clipboard) button.remove();
}
