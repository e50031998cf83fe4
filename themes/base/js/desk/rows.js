// Repeat rows in place: what the submit buttons do by way of the server, without leaving the page.
import { fill, say } from "./say.js";

const CONTROLS = "input:not([type=hidden]), select, textarea, [role=textbox]";

/** Makes the buttons of one `[data-portal-rows]` work in place. */
export function rows(fieldset) {
  fieldset.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-portal-row-do]");
    if (!button || button.closest("[data-portal-rows]") !== fieldset) return;
    event.preventDefault();
    const row = button.closest("[data-portal-row]");
    ({ add, remove, up, down })[button.dataset.portalRowDo](fieldset, row, button);
    fieldset.form?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const listOf = (fieldset) => fieldset.querySelector(":scope > [data-portal-rows-list]");
const rowsOf = (fieldset) => [...listOf(fieldset).children].filter((child) => child.matches("[data-portal-row]"));

/** A further row at the end, without moving the focus. */
export function append(fieldset) {
  const blank = fieldset.querySelector(":scope > template[data-portal-row-blank]");
  const index = Number(fieldset.dataset.next);
  const made = document.createElement("template");
  made.innerHTML = blank.innerHTML.replaceAll(fieldset.dataset.token, String(index));
  fieldset.dataset.next = String(index + 1);
  const row = made.content.querySelector("[data-portal-row]");
  listOf(fieldset).append(row);
  renumber(fieldset);
  row.dispatchEvent(new CustomEvent("portal:added", { bubbles: true }));
  return row;
}

/** As many rows as `count`, for a text that is restored. */
export function resize(fieldset, count) {
  while (rowsOf(fieldset).length < count) append(fieldset);
  while (rowsOf(fieldset).length > count) rowsOf(fieldset).at(-1).remove();
  renumber(fieldset);
}

function add(fieldset) {
  const row = append(fieldset);
  row.querySelector(CONTROLS)?.focus();
  tell(fieldset, "saidAdded", rowsOf(fieldset).length);
}

function remove(fieldset, row) {
  const all = rowsOf(fieldset);
  const at = all.indexOf(row);
  const next = all[at + 1] ?? all[at - 1];
  row.remove();
  renumber(fieldset);
  if (rowsOf(fieldset).length < Number(fieldset.dataset.least)) append(fieldset);
  (next?.querySelector('[data-portal-row-do="remove"]') ?? addButton(fieldset)).focus();
  tell(fieldset, "saidRemoved", at + 1);
}

function up(fieldset, row, button) {
  rowsOf(fieldset)[rowsOf(fieldset).indexOf(row) - 1]?.before(row);
  moved(fieldset, row, button);
}

function down(fieldset, row, button) {
  rowsOf(fieldset)[rowsOf(fieldset).indexOf(row) + 1]?.after(row);
  moved(fieldset, row, button);
}

function moved(fieldset, row, button) {
  renumber(fieldset);
  const usable = button.hidden ? row.querySelector("[data-portal-row-do]:not([hidden])") : button;
  usable.focus(); // moving an element takes the focus from it
  tell(fieldset, "saidMoved", rowsOf(fieldset).indexOf(row) + 1);
}

const addButton = (fieldset) => fieldset.querySelector(':scope > [data-portal-row-do="add"]');

function renumber(fieldset) {
  const all = rowsOf(fieldset);
  all.forEach((row, at) => {
    const own = (selector) => [...row.querySelectorAll(selector)].filter((one) => one.closest("[data-portal-row]") === row);
    for (const number of own("[data-portal-row-number]")) number.textContent = String(at + 1);
    for (const label of own("[data-portal-row-label]")) label.textContent = `${label.dataset.portalRowLabel} ${at + 1}`;
    for (const button of own('[data-portal-row-do="up"]')) button.hidden = at === 0;
    for (const button of own('[data-portal-row-do="down"]')) button.hidden = at === all.length - 1;
  });
  const most = Number(fieldset.dataset.most ?? Infinity);
  addButton(fieldset).hidden = all.length >= most;
}

function tell(fieldset, said, n) {
  say(fieldset.form, fill(fieldset.dataset[said], { n, count: rowsOf(fieldset).length }));
}
