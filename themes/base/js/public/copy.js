// "Copy" buttons: shown only where the browser can; the button itself tells that it is done.
export function copy(page) {
  if (!navigator.clipboard) return;
  for (const button of page.querySelectorAll("[data-portal-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(page.querySelector(button.dataset.portalCopy).innerText.trim());
      button.textContent = button.dataset.portalCopied;
      setTimeout(() => { button.textContent = label; }, 4000);
    });
  }
}
