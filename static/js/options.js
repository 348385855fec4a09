// The list under a combobox: draws options, moves through them, tells the field which one is meant.

export class Options {
  /** `choose(option)` is called with the {label, value, hint} that was taken. */
  constructor(box, field, choose) {
    this.field = field;
    this.choose = choose;
    this.found = [];
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-cho`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() ?? field.getAttribute("aria-label") ?? "");
    this.list.hidden = true;
    box.append(this.list);
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list", autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    // mousedown would take the focus out of the field before the click arrives
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.take([...this.list.children].indexOf(item));
    });
  }

  show(found) {
    this.found = found;
    this.list.replaceChildren(...found.map((option, index) => this.item(option, index)));
    this.list.hidden = found.length === 0;
    this.field.setAttribute("aria-expanded", String(found.length > 0));
    this.move(-1);
  }

  item(option, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(option.label);
    if (option.hint) item.append(Object.assign(document.createElement("small"), { textContent: option.hint }));
    return item;
  }

  move(to) {
    this.at = to;
    for (const [index, item] of [...this.list.children].entries()) item.setAttribute("aria-selected", String(index === to));
    const current = this.list.children[to];
    if (!current) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", current.id);
    current.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const option = this.found[index];
    this.close();
    if (option) this.choose(option);
  }

  close() {
    this.show([]);
  }

  /** Down and Up move, Enter takes, Escape closes and then clears, everything else is text. */
  key(event) {
    const count = this.found.length;
    if (event.key === "Escape") { if (count) this.close(); else this.field.value = ""; }
    else if (!count) return;
    else if (event.key === "ArrowDown") this.move((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.move((this.at <= 0 ? count : this.at) - 1);
    else if (event.key === "Enter" && this.at >= 0) this.take(this.at);
    else return;
    event.preventDefault();
  }
}
