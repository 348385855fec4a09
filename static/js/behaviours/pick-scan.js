// A lot's code scanned while an order is open ticks it off the check-list instead of searching; a line of three needs
// three scans. Any other text is searched for as usual.
import { announce } from "../announce.js";

const bare = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");
// the QR of a lot holds its public address
const code = (text) => bare(text.trim().replace(/^https?:\/\/[^/]+\/t\//i, ""));

export function connect(field) {
  field.form.addEventListener("submit", (event) => {
    const scanned = code(field.value);
    const fits = [...document.querySelectorAll("[data-pick]")].filter((line) => bare(line.dataset.pick) === scanned);
    if (!fits.some((line) => !line.control.disabled)) return;
    event.preventDefault();
    field.value = "";
    const open = fits.filter((line) => !line.control.checked);
    if (!open.length) return announce(fits[0].closest("[data-enough]").dataset.enough);
    const [line] = open;
    const done = Number(line.dataset.done ?? 0) + 1;
    const wanted = Number(line.dataset.quantity);
    line.dataset.done = String(done);
    line.control.checked = done >= wanted;
    line.querySelector("b").textContent = `${done}/${wanted}`;
    line.control.dispatchEvent(new Event("change", { bubbles: true }));
    announce(`${line.querySelector("span").textContent.trim()} ${done}/${wanted}`);
  });
}
