// On a narrow screen the main menu closes behind a button. Without a script it is simply open.
export function menu(page) {
  const button = page.querySelector("[data-portal-menu]");
  if (!button) return;
  const list = page.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    list.classList.toggle("portal-nav__list--closed", !open);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.offsetParent) {
      show(false);
      button.focus();
    }
  });
  show(false);
}
