// data-confirm="Sentence" on a form or its button (and hx-confirm) asks in the page's own dialogue.

const dialog = () => document.getElementById("confirm-dialog");

/** Shows the sentence; the promise tells whether the visitor agreed. */
function ask(sentence, label) {
  const box = dialog();
  if (!box?.showModal) return Promise.resolve(window.confirm(sentence));
  box.querySelector("[data-sentence]").textContent = sentence;
  const yes = box.querySelector("[value=yes]");
  yes.textContent = label || yes.dataset.label;
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue === "yes"), { once: true });
  });
}

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const sentence = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!sentence || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    ask(sentence, submitter?.textContent.trim()).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(submitter ?? undefined);
    });
  },
  true,
);

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, event.detail.elt.textContent.trim()).then((yes) => {
    if (yes) event.detail.issueRequest(true);
  });
});
