// What is ticked off an order's check-list stays ticked over a reload, in this tab, until the goods have left.

export function connect(list) {
  const name = `pick-${list.dataset.order}`;
  const lines = [...list.querySelectorAll("[data-pick]")];
  try {
    if (!lines.some((line) => !line.control.disabled)) return sessionStorage.removeItem(name);
    JSON.parse(sessionStorage.getItem(name) ?? "[]").forEach((done, at) => {
      const line = lines[at];
      if (!line || !done) return;
      const wanted = Number(line.dataset.quantity);
      line.dataset.done = String(done);
      line.control.checked = done >= wanted;
      if (wanted > 1) line.querySelector("b").textContent = `${done}/${wanted}`;
    });
  } catch {
    return; // no storage here: the list works as it did on paper
  }
  list.addEventListener("change", (event) => {
    const line = event.target.closest("[data-pick]");
    // ticked or unticked by hand: all of the line, or none of it
    if (event.isTrusted) {
      line.dataset.done = event.target.checked ? line.dataset.quantity : "0";
      line.querySelector("b").textContent = event.target.checked ? `${line.dataset.quantity}/${line.dataset.quantity}` : `×${line.dataset.quantity}`;
    }
    sessionStorage.setItem(name, JSON.stringify(lines.map((one) => Number(one.dataset.done ?? 0))));
  });
}
