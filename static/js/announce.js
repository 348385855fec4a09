// One polite live region for the whole page.

let region;

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
