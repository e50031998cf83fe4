// The browser's own question before a page with unsaved text is left.
import { collect } from "./controls.js";

/** Asks while the form holds what the server has not. */
export function guard(form, autosave) {
  const before = JSON.stringify(collect(form));
  let sending = false;
  const files = () => [...form.elements].some((control) => control.type === "file" && control.files.length > 0);
  const unsaved = () => files() || (autosave ? autosave.dirty : JSON.stringify(collect(form)) !== before);
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (sending || !unsaved()) return;
    event.preventDefault();
    event.returnValue = true; // browsers before 2023 ask only then
  });
}
