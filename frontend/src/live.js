// Sentences for the screen reader, and a short visible notice.

/** Speaks a sentence through the page's live region. */
export function announce(sentence) {
  const region = document.getElementById("live");
  if (region) region.textContent = sentence ?? "";
}

/** Shows a sentence at the foot of the page until the visitor closes it. */
export function notify(sentence) {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.querySelector("[data-sentence]").textContent = sentence;
  notice.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-dismissible]").hidden = true;
});
