// The rich text editor of edit pages: improves every <textarea data-portal-editor>, which works without it as HTML.
import { RichText } from "./editor/rich-text.js";

for (const textarea of document.querySelectorAll("textarea[data-portal-editor]")) {
  if (!textarea.closest("template")) RichText.over(textarea);
}
// Rows that desk.js adds later may bring editors of their own.
document.addEventListener("portal:added", (event) => {
  for (const textarea of event.target.querySelectorAll("textarea[data-portal-editor]")) RichText.over(textarea);
});
