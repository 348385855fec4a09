// A combobox over a list the server answers (W3C pattern "list with manual selection"): the focus stays in the field.
import { announceFound } from "../announce.js";
import { Options } from "../options.js";

export function connect(box) {
  const field = box.querySelector("input");
  const hidden = box.dataset.value ? document.getElementById(box.dataset.value) : null;
  const list = new Options(box, field, (option) => {
    field.value = option.label;
    if (hidden) hidden.value = option.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  let waiting;
  let running;

  const ask = async () => {
    running?.abort();
    const words = field.value.trim();
    if (words.length < 2) return list.close();
    running = new AbortController();
    const url = `${box.dataset.url}?q=${encodeURIComponent(words)}`;
    try {
      const answer = await fetch(url, { signal: running.signal, headers: { Accept: "application/json" } });
      if (!answer.ok || document.activeElement !== field) return;
      const found = await answer.json();
      list.show(found);
      announceFound(found.length, box.dataset);
    } catch (error) {
      if (error.name !== "AbortError") list.close();
    }
  };
  const soon = (event) => {
    // a Vietnamese letter is made of several keys: wait until it is whole
    if (event.isComposing) return;
    if (hidden) hidden.value = "";
    box.dataset.changed = ""; // what the page says of the place before no longer holds
    clearTimeout(waiting);
    waiting = setTimeout(ask, 180);
  };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", (event) => { if (!event.isComposing) list.key(event); });
  field.addEventListener("blur", () => { running?.abort(); clearTimeout(waiting); list.close(); });
}
