// What happens around htmx requests: failures are said aloud, and an answer that is a
// whole page (the session ended and sign-in came back) is opened as one.
// Empty filters stay out of the address.

import { notify } from "./live.js";

const texts = () => document.body.dataset;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!/^\s*<!doctype html/i.test(xhr.responseText.slice(0, 100))) return;
  event.detail.shouldSwap = false;
  if (xhr.status < 400) window.location.assign(xhr.responseURL);
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  notify(detail.xhr.status === 403 ? texts().textForbidden : texts().textFailed);
});
document.addEventListener("htmx:sendError", () => notify(texts().textOffline));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
});
