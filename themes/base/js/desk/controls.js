// What a form holds, as pairs in the order of the page, and how such pairs are put back into it.
import { resize } from "./rows.js";

/** Pairs of the form's controls; without files, which no script can put back, without passwords and the token. */
export function collect(form) {
  form.dispatchEvent(new CustomEvent("portal:collect")); // editors write what they hold
  const secret = new Set(["csrf_token", ...[...form.querySelectorAll("input[type=password]")].map(({ name }) => name)]);
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

/** Puts pairs back: first as many rows as there were, then the values, control by control. */
export function restore(form, pairs) {
  rowCounts(pairs).forEach((count, at) => {
    const parent = starts(form)[at]?.parentElement;
    if (parent?.matches("[data-portal-rows]")) resize(parent, count);
  });
  const waiting = [...pairs];
  for (const control of form.elements) put(control, waiting);
  form.dispatchEvent(new CustomEvent("portal:restored"));
}

const starts = (form) =>
  [...form.querySelectorAll('input[name="__start__"]')].filter((start) => start.value.endsWith(":sequence"));

/** The number of entries in each sequence, in the order in which the sequences begin. */
export function rowCounts(pairs) {
  const counts = [];
  const open = [];
  for (const [name, value] of pairs) {
    if (name === "__end__") open.pop();
    else {
      const holder = open.at(-1);
      if (holder !== undefined && holder >= 0) counts[holder] += 1;
      if (name === "__start__") {
        const isSequence = value.endsWith(":sequence");
        if (isSequence) counts.push(0);
        open.push(isSequence ? counts.length - 1 : -1);
      }
    }
  }
  return counts;
}

const NEVER = ["submit", "button", "file", "password", "fieldset"];

function put(control, waiting) {
  if (!control.name || control.disabled || NEVER.includes(control.type) || control.name === "csrf_token") return;
  if (control.name === "__start__" || control.name === "__end__") return meet(control, waiting);
  const [name, value] = waiting[0] ?? [];
  const isNext = name === nameSent(control, name);
  if (control.type === "checkbox" || control.type === "radio") {
    control.checked = isNext && value === control.value;
    if (control.checked) waiting.shift();
  } else if (isNext) {
    if (control.name !== "version") control.value = value; // the version is the page's own: the server judges it
    waiting.shift();
  }
}

// The marks of the structure keep page and pairs in step where one of them has something that the other lacks.
function meet(control, waiting) {
  const at = waiting.findIndex(([name, value]) => name === control.name && value === control.value);
  if (at >= 0) waiting.splice(0, at + 1);
}

// Radios of rows are named after their row, whose index may differ from the one they were sent under.
const nameSent = (control, name) =>
  control.type === "radio" && name?.replace(/-\d+/g, "-#") === control.name.replace(/-\d+/g, "-#") ? name : control.name;
