// A print button, shown only where it works.
export function print(page) {
  for (const button of page.querySelectorAll("[data-portal-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
