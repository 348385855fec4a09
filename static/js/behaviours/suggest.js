// Offers products, producers, places and groups under the search field; Enter without a chosen one searches as always.
import { announceFound } from "../announce.js";
import { Options } from "../options.js";

const WAIT = 120;

class Offers extends Options {
  item(offer, index) {
    const item = super.item({ ...offer, label: Object.assign(document.createElement("span"), { textContent: offer.label }) }, index);
    if (offer.group) item.dataset.group = offer.group;
    if (offer.picture) {
      const picture = Object.assign(document.createElement("img"), { src: offer.picture, alt: "", width: 44, height: 44 });
      item.prepend(picture);
    }
    return item;
  }
}

export function connect(form) {
  const field = form.querySelector("input");
  const list = new Offers(form, field, (offer) => location.assign(offer.url));
  let waiting;
  let running;

  const ask = async () => {
    running?.abort();
    const typed = field.value.trim();
    if (!typed) return list.close();
    running = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.url}?q=${encodeURIComponent(typed.slice(0, 60))}`, { signal: running.signal, headers: { Accept: "application/json" } });
      if (!answer.ok || document.activeElement !== field) return;
      const offers = await answer.json();
      list.show(offers);
      announceFound(offers.length, form.dataset);
    } catch (error) {
      if (error.name !== "AbortError") list.close();
    }
  };
  const soon = (event) => {
    // a Vietnamese letter is made of several keys: wait until it is whole
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  };
  const hold = () => { running?.abort(); clearTimeout(waiting); };
  const stop = () => { hold(); list.close(); };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    // who moves through the offers means those in sight: a later answer would take them from under the finger, and would
    // open again what Escape closed
    if (event.key === "Escape" || (list.found.length && event.key.startsWith("Arrow"))) hold();
    list.key(event);
  });
  field.addEventListener("blur", stop);
  form.addEventListener("submit", stop);
  addEventListener("pageshow", stop);
}
