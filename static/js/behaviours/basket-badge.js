// The number of things in the basket, on the link in the header.
import { display } from "../display.js";

export function connect(link) {
  const badge = link.querySelector("[data-count]");
  const show = () => {
    const count = Number(display().n) || 0;
    badge.textContent = count > 99 ? "99+" : String(count);
    badge.toggleAttribute("data-empty", count === 0);
  };
  show();
  // a page that comes back from the browser's memory may be older than the cookie
  addEventListener("pageshow", show);
}
