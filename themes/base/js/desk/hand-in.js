// Ctrl+Enter (Command+Enter) presses the button that goes furthest: hand in where there is one, else the first.
// Alt+P goes to the paper beside the form and back.

export function handIn(form) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.shiftKey || event.key !== "Enter" || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const inside = event.target.closest?.("form");
    if (inside && inside !== form) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = form.querySelectorAll(".portal-form__buttons button[type=submit]");
    form.requestSubmit([...buttons].find((button) => button.name === "submit") ?? buttons[0]);
  }, true);
}

export function thereAndBack(paper) {
  let field = null;
  document.addEventListener("focusin", (event) => { if (event.target.form) field = event.target; });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyP") return;
    event.preventDefault();
    const target = document.activeElement === paper ? field ?? document.querySelector("form[data-autosave-url] input:not([type=hidden])") : paper;
    target?.focus();
    target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
