// data-row-link           a click anywhere in the row follows the row's first link
// data-copy="#id"|text    copies the text of an element, or the text itself
// data-print              prints the page

import { announce } from "./live.js";

function followRow(event) {
  const row = event.target.closest("[data-row-link]");
  if (!row || event.target.closest("a, button, input, select, label, summary")) return;
  if (String(window.getSelection())) return; // the visitor is marking text
  const link = row.querySelector("a[href]");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

async function copy(button) {
  const from = button.dataset.copy.startsWith("#") ? document.querySelector(button.dataset.copy) : null;
  const text = from ? (from.value ?? from.textContent.trim()) : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    button.classList.add("is-done");
    setTimeout(() => button.classList.remove("is-done"), 2000);
    announce(document.body.dataset.textCopied);
  } catch {
    from?.select?.(); // plain http offers no clipboard: mark the text for Ctrl+C
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  else if (event.target.closest("[data-print]")) window.print();
  else followRow(event);
});
