import assert from "node:assert/strict";
import { test } from "node:test";
import { doubts } from "../../themes/base/js/desk/doubts.js";
import { open } from "./page.mjs";

const field = (name) => `<div class="portal-field--doubt"><input id="${name}"><input type="checkbox" id="${name}-confirm" data-portal-confirm value="${name}"></div>`;
const PAGE = `<div data-portal-doubts data-text-left="Còn %{n}" data-text-none="Hết"><p data-portal-doubts-count></p>
  <a href="#a-confirm" data-portal-doubt-link>A</a><a href="#b-confirm" data-portal-doubt-link>B</a></div>
  <form>${field("a")}<input id="between">${field("b")}<div class="portal-form__buttons"><button id="save">Lưu</button></div></form>`;

function page() {
  const document = open(PAGE);
  globalThis.Node = window.Node;
  const place = document.querySelector("[data-portal-doubts]");
  doubts(place);
  const press = (init) => document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { altKey: true, bubbles: true, cancelable: true, ...init }));
  return { document, place, press, told: () => place.querySelector("p").textContent, focus: () => document.activeElement.id };
}

test("Alt+N goes from one doubtful field to the next, and round", () => {
  const { document, press, focus } = page();
  press({ code: "KeyN", key: "n" });
  assert.equal(focus(), "a");
  document.querySelector("#between").focus();
  press({ code: "KeyN", key: "n" });
  assert.equal(focus(), "b");
  press({ code: "KeyN", key: "n" });
  assert.equal(focus(), "a");
});

test("Alt+Enter settles the field with the focus, counts down and ends at the buttons", () => {
  const { document, press, focus, told } = page();
  assert.equal(told(), "Còn 2");
  document.querySelector("#a").focus();
  press({ key: "Enter", code: "Enter" });
  assert.equal(document.querySelector("#a-confirm").checked, true);
  assert.deepEqual([focus(), told()], ["b", "Còn 1"]);
  press({ key: "Enter", code: "Enter" });
  assert.deepEqual([focus(), told()], ["save", "Hết"]);
});

test("a link of the list leads to the field, not to its box, and goes when the box is ticked", () => {
  const { document, place, focus } = page();
  place.querySelectorAll("a")[1].click();
  assert.equal(focus(), "b");
  document.querySelector("#b-confirm").click();
  assert.equal(place.querySelectorAll("a")[1].hasAttribute("hidden"), true);
});
