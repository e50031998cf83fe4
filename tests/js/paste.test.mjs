// What survives a paste. The clipboards are made by hand after the markup that Word and Google Docs write.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { cleanPasted, cleanPastedText } from "../../themes/base/js/editor/paste.js";

const parse = (html) => new JSDOM(html).window.document;
const clean = (html) => cleanPasted(html, parse);
const clipboard = (name) => clean(readFileSync(new URL(`clipboard/${name}.html`, import.meta.url), "utf8"));

test("Word: headings, nested lists, numbering, table with header cells, links; nothing else", () => {
  assert.equal(clipboard("word"), [
    "<h2>Kế hoạch triển khai</h2>",
    '<p>Ban hành kèm theo <strong>Quyết định số 12</strong> của <em>Bộ trưởng</em>, xem <a href="https://example.gov.vn/vb?a=1&amp;b=2">văn bản</a>.</p>',
    "<h3>Nội dung</h3>",
    "<ul><li>Việc thứ nhất<ul><li>Chi tiết một</li><li>Chi tiết hai</li></ul></li><li>Việc thứ hai</li></ul>",
    "<p>Thời hạn:</p>",
    '<ol start="3"><li>Quý ba</li><li>Quý bốn</li></ol>',
    '<table><tbody><tr><th>TT</th><th>Nội dung</th><th colspan="2">Cơ quan</th></tr>'
      + "<tr><td>1</td><td><p>Rà soát</p><p>Báo cáo</p></td><td>Bộ Y tế</td><td></td></tr></tbody></table>",
    "<p>Diện tích 20 m<sup>2</sup>.</p>",
  ].join("\n"));
});

test("Word: numbers that belong to the wording of a legal document stay text", () => {
  assert.equal(clipboard("legal"), [
    "<h2>Quy chế</h2>",
    "<h4>Chương I</h4>",
    "<p>Điều 1. Phạm vi</p>",
    "<p>1.1. Khoản một</p>",
    "<p>Gồm các việc sau:</p>",
    "<p>d) Việc d</p>",
    "<p>đ) Việc đ</p>",
    "<p>e) Việc e</p>",
    "<p>Và:</p>",
    '<ol type="i"><li>Một</li><li>Hai</li></ol>',
    "<p>Chú thích</p>",
  ].join("\n"));
});

test("Google Docs: its bold wrapper is no bold, its loose inner lists are nested, its head row is one", () => {
  assert.equal(clipboard("google-docs"), [
    "<h2>Mục tiêu</h2>",
    "<p><strong>Đậm</strong> rồi <em>nghiêng</em></p>",
    "<ul><li>Một<ul><li>Một a</li></ul></li><li>Hai</li></ul>",
    "<table><tbody><tr><th>Tên</th></tr><tr><td>Hà Nội</td></tr></tbody></table>",
  ].join("\n"));
});

test("no script, style, attribute or address of a dangerous kind survives", () => {
  const html = clean(
    '<p onclick="x()" style="color:red" class="a" id="b">Một<script>x()</script><img src=x onerror="x()"></p>'
      + '<a href="javascript:x()">hai</a> <a href="file:///C:/x">ba</a> <a href="//evil.example/x">bốn</a>'
      + '<iframe src="https://x"></iframe><svg onload="x()"><text>s</text></svg><p>&lt;script&gt;</p>',
  );
  assert.equal(html, "<p>Một</p>\n<p>hai ba bốn</p>\n<p>&lt;script&gt;</p>");
});

test("a quotation mark in an address cannot leave its attribute", () => {
  assert.equal(clean('<a href="https://a/&quot;onx=&quot;">a</a>'), '<p><a href="https://a/&quot;onx=&quot;">a</a></p>');
});

test("loose text, line breaks and boxes become paragraphs", () => {
  assert.equal(clean("một<br>hai<br><br>ba<div>bốn</div>năm"), "<p>một<br>hai</p>\n<p>ba</p>\n<p>bốn</p>\n<p>năm</p>");
  assert.equal(clean("<table><tr><td><p>khung</p></td></tr></table>"), "<p>khung</p>");
});

test("a text whose headings begin at level two or three keeps them", () => {
  assert.equal(clean("<h2>a</h2><h3>b</h3><h5>c</h5>"), "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>");
});

test("a table whose rows are all bold has no header row by that", () => {
  const row = (text) => `<tr><td><b>${text}</b></td><td><b>x</b></td></tr>`;
  assert.ok(!clean(`<table>${row("a")}${row("b")}</table>`).includes("<th>"));
});

test("what was cleaned once is not changed by cleaning it again", () => {
  for (const name of ["word", "legal", "google-docs"]) assert.equal(clean(clipboard(name)), clipboard(name));
});

test("lines that a PDF broke inside a sentence are joined, sentences and headings are not", () => {
  assert.deepEqual(
    cleanPastedText("KẾT LUẬN\nCác bộ, ngành phải\r\nhoàn thành trước ngày 20.\n\nGiao Bộ Y tế\nvà Bộ Công an.\nmục mới"),
    ["KẾT LUẬN", "Các bộ, ngành phải hoàn thành trước ngày 20.", "Giao Bộ Y tế và Bộ Công an.", "mục mới"],
  );
});
