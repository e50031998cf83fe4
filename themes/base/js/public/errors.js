// After a refused form the summary of errors takes the focus, so that it is read first.
export function errorSummary(page) {
  const summary = page.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.setAttribute("tabindex", "-1");
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = event.target.closest("a")?.hash.slice(1);
    const field = target && page.getElementById(target);
    if (!field) return;
    event.preventDefault();
    const label = page.querySelector(`label[for="${CSS.escape(target)}"]`) || field;
    (field.closest("fieldset")?.querySelector("legend") || label).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
