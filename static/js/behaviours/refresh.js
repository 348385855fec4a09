// Keeps counts and rows of the counter fresh: asks `data-url` every `data-every` seconds for a fragment and swaps each
// `[data-live]` element with the one of the same name there; rows with a new `data-id` light up and are announced.
import { announce } from "../announce.js";
import { connectAll } from "../app.js";

const ids = (root) => new Set([...root.querySelectorAll("[data-id]")].map((row) => row.dataset.id));

function swap(fragment) {
  const before = ids(document);
  const fresh = new Set();
  for (const part of fragment.querySelectorAll("[data-live]")) {
    const old = document.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    // nothing to do, or somebody works inside it: wait for the next round
    if (!old || old.isEqualNode(part) || old.contains(document.activeElement)) continue;
    for (const row of part.querySelectorAll("[data-id]")) {
      if (!before.has(row.dataset.id)) { row.classList.add("fresh"); fresh.add(row.dataset.id); }
    }
    // what was ticked stays ticked
    for (const box of old.querySelectorAll("input:checked")) {
      const same = part.querySelector(`input[name="${CSS.escape(box.name)}"][value="${CSS.escape(box.value)}"]`);
      if (same) same.checked = true;
    }
    old.replaceWith(part);
    connectAll(part);
  }
  return fresh.size;
}

export function connect(element) {
  const { url, every = "20", news = "" } = element.dataset;
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = swap(fragment);
      if (fresh && news) announce(`${fresh} ${news}`);
    } catch {
      // offline for a moment: the next round asks again
    }
  };
  setInterval(ask, Number(every) * 1000);
  document.addEventListener("visibilitychange", ask);
}
