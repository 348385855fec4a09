// Finds every element that names behaviours, loads those modules and connects them. The page works without any of it.

document.documentElement.dataset.script = "on";

/** Connect the behaviours of everything inside `root`; also called for what a fragment brought in. */
export function connectAll(root) {
  for (const element of root.querySelectorAll("[data-behaviour]:not([data-connected])")) {
    element.dataset.connected = "";
    for (const name of element.dataset.behaviour.split(" ")) {
      import(`./behaviours/${name}.js`)
        .then((module) => module.connect(element))
        .catch((error) => console.error(`behaviour ${name}`, error));
    }
  }
}

connectAll(document);
