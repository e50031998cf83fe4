// Ctrl+S (Command+S) saves the draft; on a form that does not save by itself it presses the first button.

export function shortcut(form, autosave) {
  if (form.method !== "post") return;
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!isSave || event.isComposing || !belongs(form, event.target)) return;
    event.preventDefault();
    if (autosave) autosave.save({ anyway: true });
    else form.requestSubmit(form.querySelector("button[type=submit]:not([data-portal-row-do])"));
  });
}

// The form one is in, or the page's only one.
function belongs(form, target) {
  const inside = target.closest?.("form[data-portal-form]");
  return inside ? inside === form : document.querySelectorAll('form[data-portal-form][method="post"]').length === 1;
}
