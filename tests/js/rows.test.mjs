import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "../../themes/base/js/desk/rows.js";
import { form, open, recipients } from "./page.mjs";

function page(...names) {
  const document = open(form(recipients(...names)));
  rows(document.querySelector("[data-portal-rows]"));
  const press = (action, at = 0) => document.querySelectorAll(`[data-portal-row-do="${action}"]`)[at].click();
  const shown = () => [...document.querySelectorAll("[data-portal-row] [name=name]")].map(({ value }) => value);
  return { document, press, shown };
}

test("a row is added with an identifier of its own, and the focus goes into it", () => {
  const { document, press, shown } = page("a", "b");
  press("add");
  assert.deepEqual(shown(), ["a", "b", ""]);
  assert.equal(document.activeElement.id, "form-r-2-name");
  press("add");
  assert.equal(new Set([...document.querySelectorAll("[id]")].map(({ id }) => id)).size, document.querySelectorAll("[id]").length);
});

test("removing a row moves the focus to the next row's button, then to the add button", () => {
  const { document, press, shown } = page("a", "b");
  press("remove", 0);
  assert.deepEqual(shown(), ["b"]);
  assert.equal(document.activeElement.closest("[data-portal-row]").querySelector("[name=name]").value, "b");
  press("remove", 0);
  assert.equal(document.activeElement.dataset.portalRowDo, "add");
});

test("moving keeps the focus, renumbers, and hides what leads nowhere", () => {
  const { document, press, shown } = page("a", "b", "c");
  press("up", 2);
  assert.deepEqual(shown(), ["a", "c", "b"]);
  press("up", 1);
  assert.deepEqual(shown(), ["c", "a", "b"]);
  assert.equal(document.activeElement.dataset.portalRowDo, "down");
  assert.deepEqual([...document.querySelectorAll("[data-portal-row-number]")].map(({ textContent }) => textContent), ["1", "2", "3"]);
  assert.deepEqual([...document.querySelectorAll('[data-portal-row-do="up"]')].map(({ hidden }) => hidden), [true, false, false]);
});

test("no more rows than allowed", () => {
  const { document, press } = page("a", "b", "c");
  press("add");
  assert.equal(document.querySelector('[data-portal-row-do="add"]').hidden, true);
});

test("a screen reader is told", async () => {
  const { document, press } = page("a");
  press("add");
  await new Promise((done) => { setTimeout(done, 60); });
  assert.equal(document.querySelector("[data-portal-form-status]").textContent, "Đã thêm dòng 2.");
});
