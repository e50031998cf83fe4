// Pages of interactive forms: files over a bad line, and a formula checked while it is typed.
import { formula } from "./eforms/formula.js";
import { resumable } from "./eforms/resumable.js";

for (const area of document.querySelectorAll("[data-eform-formula]")) formula(area);
for (const form of document.querySelectorAll("form[data-upload-url]")) resumable(form);
