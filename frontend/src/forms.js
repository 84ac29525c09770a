// data-autosubmit     sends a filter form when a value changes (typing waits a moment)
// data-warn-unsaved   asks before leaving a page with unsaved entries
// data-once           a form cannot be sent twice
// data-focus          takes the focus when the page opens (the error summary)

const TYPING_PAUSE = 350;
const waiting = new WeakMap();

function sendSoon(form, pause) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => form.requestSubmit(), pause));
}

const isTyped = (field) => field.matches("input:not([type=checkbox]):not([type=radio]):not([type=date]), textarea");

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-warn-unsaved]")) form.dataset.unsaved = "yes";
  if (form?.matches("[data-autosubmit]") && isTyped(target)) sendSoon(form, TYPING_PAUSE);
});

document.addEventListener("change", ({ target }) => {
  if (target.form?.matches("[data-autosubmit]") && !isTyped(target)) sendSoon(target.form, 0);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  clearTimeout(waiting.get(form));
  delete form.dataset.unsaved;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]")) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.querySelector("[data-focus]")?.focus();
