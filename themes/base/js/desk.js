// Loaded on every page of the desk. Each part improves what works without it.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, PasswordInput, Radios } from "govuk-frontend";
import { Autosave } from "./desk/autosave.js";
import { choices } from "./desk/choices.js";
import { doubts } from "./desk/doubts.js";
import { guard } from "./desk/guard.js";
import { handIn, thereAndBack } from "./desk/hand-in.js";
import { passages } from "./desk/passages.js";
import { presence } from "./desk/presence.js";
import { refresh } from "./desk/refresh.js";
import { rows } from "./desk/rows.js";
import { shortcut } from "./desk/shortcut.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const Component of [Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, PasswordInput, Radios]) createAll(Component);

// Its hidden comma makes what is seen on the button no part of what is read out (WCAG 2.5.3): a space does not.
for (const comma of document.querySelectorAll(".govuk-file-upload-button > .govuk-visually-hidden")) comma.replaceWith(" ");

for (const fieldset of document.querySelectorAll("[data-portal-rows]")) rows(fieldset);
document.addEventListener("portal:added", (event) => {
  for (const fieldset of event.target.querySelectorAll("[data-portal-rows]")) rows(fieldset);
  for (const Component of [CharacterCount, PasswordInput]) createAll(Component, undefined, event.target);
});
for (const form of document.querySelectorAll("form[data-portal-form]")) {
  const autosave = form.dataset.autosaveUrl === undefined ? null : new Autosave(form);
  if (form.method === "post") guard(form, autosave);
  shortcut(form, autosave);
}
for (const place of document.querySelectorAll("[data-presence-url]")) presence(place);
for (const paper of document.querySelectorAll("[data-paper]")) {
  passages(paper);
  thereAndBack(paper);
}
for (const place of document.querySelectorAll("[data-portal-doubts]")) doubts(place);
for (const keys of document.querySelectorAll("[data-portal-keys]")) keys.hidden = false;
for (const place of document.querySelectorAll("[data-portal-refresh]")) refresh(place);
for (const fieldset of document.querySelectorAll(".govuk-form-group:has([data-portal-choices])")) choices(fieldset);
for (const id of ["van-ban", "van-ban-moi", "thu-tuc", "dia-phuong"]) {
  const form = document.getElementById(id);
  if (form?.matches("form")) handIn(form);
}
