/** Moves focus to the error summary, and to the control that a summary's link names. */
document.querySelector<HTMLElement>("[data-focus]")?.focus();

/** A button marked data-once refuses a second click while the first is on its way (the server refuses it too). */
document.addEventListener("submit", (event) => {
  // Another element holds the form back for now (a file is on its way) and sends it itself later.
  if (event.defaultPrevented) return;
  const submitter = event.submitter;
  if (!(submitter instanceof HTMLButtonElement) || !submitter.hasAttribute("data-once")) return;
  if (submitter.dataset["sent"] === "yes") {
    event.preventDefault();
    return;
  }
  submitter.dataset["sent"] = "yes";
  submitter.setAttribute("aria-disabled", "true");
  // The page may come back from the browser's cache, or the network may fail: then it must be usable again.
  setTimeout(() => {
    delete submitter.dataset["sent"];
    submitter.removeAttribute("aria-disabled");
  }, 8_000);
});
