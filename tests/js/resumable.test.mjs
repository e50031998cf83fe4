import assert from "node:assert/strict";
import { test } from "node:test";
import { resumable } from "../../themes/base/js/eforms/resumable.js";
import { open } from "./page.mjs";

const settled = () => new Promise((done) => { setTimeout(done, 0); });

function page() {
  const document = open(`<form id="form" data-upload-url="/tai-len" data-upload-owner="a:b" data-upload-waiting="Đang tải tệp lên.">
    <div class="portal-field portal-field--paper"><input type="file" id="paper" multiple></div>
    <button id="back" name="back">Quay lại</button><button id="go" name="go">Tiếp tục</button></form>`);
  const form = document.getElementById("form");
  const ways = [];
  class Way {
    constructor(file) { ways.push(this); this.file = file; }
    run() { return new Promise((done, refuse) => { Object.assign(this, { done, refuse }); }); }
  }
  resumable(form, Way);
  const choose = (...names) => {
    const input = document.getElementById("paper");
    Object.defineProperty(input, "files", { value: names.map((name) => ({ name, size: 1 })), configurable: true });
    Object.defineProperty(input, "value", { value: "", writable: true, configurable: true });
    input.dispatchEvent(new window.Event("change"));
  };
  return { document, form, ways, choose, note: () => document.querySelector("form [role=status]")?.textContent };
}

function sending(form) {
  const sent = [];
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) sent.push(event.submitter?.id); event.preventDefault(); });
  return sent;
}

test("a form sent between two files waits for both, says so, and goes by the button that was pressed", async () => {
  const { document, form, ways, choose, note } = page();
  const sent = sending(form);
  choose("a.pdf", "b.pdf");
  document.getElementById("go").click();
  assert.equal(note(), "Đang tải tệp lên.");
  ways[0].done();
  await settled();
  assert.deepEqual(sent, []);
  ways[1].done();
  await settled();
  assert.deepEqual(sent, ["go"]);
  assert.equal(note(), undefined);
});

test("a refused file keeps the form on the page, with its reason", async () => {
  const { document, form, ways, choose, note } = page();
  const sent = sending(form);
  choose("a.exe");
  document.getElementById("go").click();
  ways[0].refuse(new Error("Tệp này là chương trình chạy được."));
  await settled();
  assert.deepEqual(sent, []);
  assert.equal(note(), undefined);
  assert.match(document.querySelector(".portal-uploading").textContent, /a\.exe: Tệp này là chương trình chạy được\./);
});

test("a refusal is gone once other files are chosen; what was taken stays", async () => {
  const { document, ways, choose } = page();
  choose("good.pdf");
  ways[0].done();
  await settled();
  choose("a.exe");
  ways[1].refuse(new Error("Tệp này là chương trình chạy được."));
  await settled();
  choose("b.pdf");
  ways[2].done();
  await settled();
  const lines = [...document.querySelectorAll(".portal-uploading li")].map((line) => line.textContent.trim());
  assert.deepEqual(lines, ["good.pdf ✓", "b.pdf ✓"]);
});
