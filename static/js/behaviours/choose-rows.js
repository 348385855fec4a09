// Boxes of a work table: one box for all of them, and buttons that say how many are chosen (`data-one`, `data-many`).

export function connect(form) {
  const all = form.querySelector("[data-all]");
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  const words = new Map([...form.querySelectorAll("[data-many]")].map((label) => [label, label.textContent]));

  const count = () => {
    const every = boxes();
    const chosen = every.filter((box) => box.checked).length;
    for (const [label, plain] of words) {
      const { one, many } = label.dataset;
      label.textContent = chosen === 0 ? plain : chosen === 1 ? one : many.replace("#", String(chosen));
      label.closest("button").disabled = chosen === 0;
    }
    if (!all) return;
    all.checked = chosen > 0 && chosen === every.length;
    all.indeterminate = chosen > 0 && chosen < every.length;
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  // rows come and go while the page refreshes itself
  new MutationObserver(count).observe(form.querySelector("table"), { childList: true });
  addEventListener("pageshow", count);
  count();
}
