// One polite live region for the whole page.

let region;

/** Say how many were found, in the words of the element that asked: `data-none`, `data-one`, `data-many` (`#` the count). */
export function announceFound(count, { none, one, many }) {
  announce(count === 0 ? none : count === 1 ? one : many.replace("#", String(count)));
}

/** Have a screen reader say the text when it is free. */
export function announce(text) {
  if (!region) {
    region = document.createElement("p");
    region.className = "hidden-visually";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  // a region must be empty for a moment, or the same text twice is not read
  setTimeout(() => { region.textContent = text; }, 60);
}
