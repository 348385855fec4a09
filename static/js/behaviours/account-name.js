// The short name of the signed-in person on the account link.
import { display } from "../display.js";

export function connect(link) {
  const label = link.querySelector("[data-name]");
  const nobody = label.textContent;
  const show = () => {
    const name = display().ten;
    label.textContent = typeof name === "string" && name ? name : nobody;
  };
  show();
  addEventListener("pageshow", show);
}
