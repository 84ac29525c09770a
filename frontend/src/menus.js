// <details class="menu"> closes on Escape and on a click elsewhere.
// data-toggle="#id" opens and closes a panel (the side drawer, the filters on a phone).
// <details data-remember="key"> keeps its state for the visitor.
// A long table of contents (.tree) shows the place where the reader is.

const openMenus = () => document.querySelectorAll("details.menu[open]");

function setPanel(button, open) {
  const panel = document.querySelector(button.dataset.toggle);
  if (!panel) return;
  panel.classList.toggle("is-open", open);
  for (const one of document.querySelectorAll(`[data-toggle="${button.dataset.toggle}"]`)) {
    one.setAttribute("aria-expanded", String(open));
  }
  if (panel.hasAttribute("data-drawer")) document.body.classList.toggle("has-drawer", open);
  if (open) panel.querySelector("a, button, input, select")?.focus();
  else document.querySelector(`button[aria-expanded][data-toggle="${button.dataset.toggle}"]`)?.focus();
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("[data-toggle]");
  if (button) setPanel(button, !document.querySelector(button.dataset.toggle)?.classList.contains("is-open"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const drawer = document.querySelector("[data-drawer].is-open");
  if (drawer) setPanel(document.querySelector(`button[data-toggle="#${drawer.id}"]`), false);
});

function memory() {
  try {
    return window.localStorage;
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}

for (const details of document.querySelectorAll("details[data-remember]")) {
  const key = `zhuoyue:${details.dataset.remember}`;
  if (memory()?.getItem(key) === "closed" && !details.querySelector("[aria-current]")) details.open = false;
  details.addEventListener("toggle", () => memory()?.setItem(key, details.open ? "open" : "closed"));
}

for (const here of document.querySelectorAll(".tree [aria-current]")) {
  const tree = here.closest(".tree");
  tree.scrollTop = Math.max(0, here.offsetTop - tree.clientHeight / 2);
}
