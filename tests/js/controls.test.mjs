import assert from "node:assert/strict";
import { test } from "node:test";
import { collect, restore, rowCounts } from "../../themes/base/js/desk/controls.js";
import { form, open, recipients } from "./page.mjs";

const fields = `<input name="title" value=""><input type="checkbox" name="minor" value="true"><input type="password" name="secret" value="x">
  <input type="hidden" name="__start__" value="fields:sequence"><input type="checkbox" name="fields" value="a">
  <input type="checkbox" name="fields" value="b"><input type="hidden" name="__end__" value="fields:sequence">
  <select name="kind"><option value="1">1</option><option value="2">2</option></select>`;

test("what was collected is put back, with as many rows as there were", () => {
  let document = open(form(fields + recipients("một", "hai", "ba") + '<textarea name="body"></textarea>'));
  document.querySelector("[name=title]").value = "Tiêu đề";
  document.querySelectorAll("[name=fields]")[1].checked = true;
  document.querySelector("[name=kind]").value = "2";
  document.querySelector('[name="form-r-1-how"][value=b]').checked = true;
  document.querySelector("[name=body]").value = "<p>Nội dung</p>";
  const pairs = collect(document.forms[0]);
  document = open(form(fields + recipients("khác") + '<textarea name="body">x</textarea>'));
  restore(document.forms[0], pairs);
  const names = (list) => list.map(([name, value]) => [name.replace(/^form-r-\d+/, "form-r"), value]);
  assert.deepEqual(names(collect(document.forms[0])), names(pairs));
});

test("neither the token nor a password is collected", () => {
  const document = open(form(fields));
  const names = collect(document.forms[0]).map(([name]) => name);
  assert.ok(!names.includes("csrf_token") && !names.includes("secret"));
});

test("the page keeps its own version, and what it lacks does not disturb the rest", () => {
  const document = open(form('<input name="version" value="9"><input type="hidden" name="__start__" value="x:mapping"><input name="b"><input type="hidden" name="__end__" value="x:mapping">'));
  restore(document.forms[0], [["version", "3"], ["gone", "?"], ["__start__", "x:mapping"], ["b", "hai"], ["__end__", "x:mapping"]]);
  assert.equal(document.querySelector("[name=version]").value, "9");
  assert.equal(document.querySelector("[name=b]").value, "hai");
});

test("rows are counted per sequence, also inside of each other", () => {
  const mark = (kind, value) => [`__${kind}__`, value];
  const pairs = [
    mark("start", "groups:sequence"), mark("start", "group:mapping"), mark("start", "tasks:sequence"), ["task", "a"], ["task", "b"],
    mark("end", "tasks:sequence"), mark("end", "group:mapping"), mark("start", "group:mapping"), mark("start", "tasks:sequence"),
    mark("end", "tasks:sequence"), mark("end", "group:mapping"), mark("end", "groups:sequence"),
  ];
  assert.deepEqual(rowCounts(pairs), [2, 2, 0]);
});
