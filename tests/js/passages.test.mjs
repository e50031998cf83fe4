import assert from "node:assert/strict";
import { test } from "node:test";
import { passages } from "../../themes/base/js/desk/passages.js";
import { open } from "./page.mjs";

const PAGE = '<div data-passage-start="4" data-passage-end="9"><input id="a"></div><div data-passage-start="0" data-passage-end="1"><input id="b"></div><div data-paper>😀Số <b>249</b>/TB</div>';

test("the passage of the field with the focus is marked, across tags, counted in characters", () => {
  const document = open(PAGE);
  const paper = document.querySelector("[data-paper]");
  passages(paper);
  document.querySelector("#a").focus();
  const marked = () => [...paper.querySelectorAll("mark")].map(({ textContent }) => textContent);
  assert.deepEqual(marked(), ["249", "/T"]);
  document.querySelector("#b").focus();
  assert.deepEqual(marked(), ["😀"]);
  assert.equal(paper.textContent, "😀Số 249/TB");
});

test("a click on a passage leads to the field that it was read into", () => {
  const document = open('<input id="so"><div data-paper>Số: <a href="#so" data-portal-read="so">249</a></div>');
  passages(document.querySelector("[data-paper]"));
  document.querySelector("[data-paper] a").click();
  assert.equal(document.activeElement.id, "so");
});
