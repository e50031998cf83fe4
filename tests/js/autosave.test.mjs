// The far end is played; the clock is node's own mock.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Autosave } from "../../themes/base/js/desk/autosave.js";
import { form, open } from "./page.mjs";

const WORDS = 'data-autosave-url="/luu" data-version="3" data-text-saved="Đã lưu bản nháp lúc %{time}." data-text-conflict="Người khác đã lưu." data-text-expired="Hết phiên." data-text-offline="Mất mạng." data-text-refused="Chưa lưu." data-text-restore="Còn bài lúc %{time}." data-sign-in-url="/dang-nhap" data-text-sign-in="Đăng nhập"';
const FIELDS = '<input type="hidden" name="version" value="3"><input name="title" value="cũ">';
const DRAFT = "portal-draft:/ban-lam-viec/muc/1/sua#form";

let document;
let posts;
let answers;

const json = (status, body) => ({ status, ok: status < 400, redirected: false, headers: new Headers({ "content-type": "application/json" }), json: async () => body });
const html = (status, text, redirected = false) => ({ status, ok: status < 400, redirected, headers: new Headers({ "content-type": "text/html" }), text: async () => text });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.UTC(2026, 2, 2, 7, 5) });
  document = open(form(FIELDS, WORDS));
  posts = [];
  answers = [];
  globalThis.fetch = async (url, options = {}) => {
    if (options.method === "POST") posts.push({ url, token: options.headers["X-CSRF-Token"], body: Object.fromEntries(options.body) });
    const answer = answers.shift();
    if (answer === undefined || answer === "offline") throw new TypeError("offline");
    return answer;
  };
});

const settle = async () => { for (let i = 0; i < 20; i += 1) await Promise.resolve(); };
async function pass(ms) {
  mock.timers.tick(ms);
  await settle();
}
function type(text) {
  const input = document.querySelector("[name=title]");
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
const status = () => document.querySelector("[data-autosave-status]").textContent;
const alert = () => document.querySelector("[data-autosave-alert]").textContent;

test("two seconds after typing stops the draft is saved, with the version seen and the token", async () => {
  new Autosave(document.forms[0]);
  answers.push(json(200, { version: 4 }));
  type("mới");
  await pass(1900);
  assert.equal(posts.length, 0);
  await pass(200);
  assert.deepEqual(posts, [{ url: "/luu", token: "T1", body: { title: "mới", version: "3" } }]);
  assert.equal(status(), "Đã lưu bản nháp lúc 14:05.");
  assert.equal(document.querySelector("[name=version]").value, "4");
  assert.equal(localStorage.getItem(DRAFT), null);
});

test("saves lie ten seconds apart, and somebody who types on is saved too", async () => {
  new Autosave(document.forms[0]);
  answers.push(json(200, { version: 4 }), json(200, { version: 5 }));
  for (let second = 0; second < 21; second += 1) {
    type(`chữ ${second}`);
    await pass(1000);
  }
  assert.equal(posts.length, 2);
  assert.equal(posts[1].body.version, "4");
});

test("nothing is sent when nothing changed", async () => {
  const autosave = new Autosave(document.forms[0]);
  assert.equal(await autosave.save(), true);
  assert.equal(posts.length, 0);
});

test("somebody else saved: saving stops, says so, and the text stays here", async () => {
  new Autosave(document.forms[0]);
  answers.push(json(409, { message: "Chị Lan vừa lưu.", href: "/so-sanh" }));
  type("mới");
  await pass(2000);
  assert.match(alert(), /Chị Lan vừa lưu/);
  assert.equal(document.querySelector("[data-autosave-alert] a").getAttribute("href"), "/so-sanh");
  type("mới hơn");
  await pass(60_000);
  assert.equal(posts.length, 1);
  assert.match(localStorage.getItem(DRAFT), /mới hơn/);
});

test("an expired session keeps the text, and saving goes on with the new token after signing in elsewhere", async () => {
  new Autosave(document.forms[0]);
  answers.push(json(401, {}), html(200, "<form id=dang-nhap></form>", true));
  type("mới");
  await pass(2000);
  assert.match(alert(), /Hết phiên\. Đăng nhập/);
  assert.match(localStorage.getItem(DRAFT), /mới/);
  answers.push(html(400, "bad token"), html(200, '<form id="form"><input name="csrf_token" value="T2"></form>'), json(200, { version: 4 }));
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(posts.at(-1).token, "T2");
  assert.equal(posts.at(-1).body.title, "mới");
  assert.equal(alert(), "");
  assert.equal(localStorage.getItem(DRAFT), null);
});

test("without a connection the text stays here and is tried again", async () => {
  new Autosave(document.forms[0]);
  answers.push("offline");
  type("mới");
  await pass(2000);
  assert.equal(status(), "Mất mạng.");
  answers.push(json(200, { version: 4 }));
  await pass(10_000);
  assert.equal(posts.length, 2);
  assert.match(status(), /Đã lưu/);
});

test("what an earlier page could not save is offered and put back", async () => {
  localStorage.setItem(DRAFT, JSON.stringify({ pairs: [["version", "2"], ["title", "đã mất"]], version: "2", at: Date.now() }));
  new Autosave(document.forms[0]);
  const offer = document.querySelector("[data-autosave-restore]");
  assert.equal(offer.hidden, false);
  document.querySelector("[data-autosave-restore-take]").click();
  assert.equal(document.querySelector("[name=title]").value, "đã mất");
  assert.equal(document.querySelector("[name=version]").value, "3");
  assert.equal(offer.hidden, true);
});

test("a copy that was sent and became a newer version is not offered again; an old one is swept away", () => {
  localStorage.setItem(DRAFT, JSON.stringify({ pairs: [["title", "gửi rồi"]], version: "2", sent: true, at: Date.now() }));
  localStorage.setItem("portal-draft:/x#form", JSON.stringify({ pairs: [], version: "1", at: Date.now() - 8 * 24 * 3600 * 1000 }));
  new Autosave(document.forms[0]);
  assert.equal(document.querySelector("[data-autosave-restore]").hidden, true);
  assert.equal(localStorage.length, 0);
});
