// A page in jsdom, with the globals that the scripts use.
import { JSDOM } from "jsdom";

export function open(html, url = "https://portal.example/ban-lam-viec/muc/1/sua") {
  const dom = new JSDOM(`<!doctype html><html lang="vi"><body>${html}</body></html>`, { url, pretendToBeVisual: true });
  const { window } = dom;
  const names = ["document", "location", "localStorage", "FormData", "CustomEvent", "Event", "DOMParser", "NodeFilter", "CSS"];
  for (const name of names) globalThis[name] = window[name];
  globalThis.window = window;
  globalThis.CSS ??= { escape: (text) => text };
  globalThis.matchMedia = () => ({ matches: true });
  window.Element.prototype.scrollIntoView = () => {};
  return window.document;
}

export const row = (token, name = "") => `<fieldset data-portal-row id="form-r-${token}">
  <legend>Nơi nhận <span data-portal-row-number>0</span></legend>
  <input type="hidden" name="__start__" value="recipient:mapping">
  <input name="name" id="form-r-${token}-name" value="${name}">
  <input type="hidden" name="__start__" value="how:rename">
  <input type="radio" name="form-r-${token}-how" value="a"><input type="radio" name="form-r-${token}-how" value="b">
  <input type="hidden" name="__end__" value="how:rename">
  <input type="hidden" name="__end__" value="recipient:mapping">
  <button data-portal-row-do="up">Lên</button><button data-portal-row-do="down">Xuống</button>
  <button data-portal-row-do="remove">Xóa</button></fieldset>`;

export const recipients = (...names) => `<fieldset data-portal-rows data-token="__t__" data-next="${names.length}" data-least="0" data-most="4"
  data-said-added="Đã thêm dòng %{n}." data-said-removed="Đã xóa dòng %{n}. Còn %{count} dòng." data-said-moved="Vị trí %{n} trong %{count}.">
  <input type="hidden" name="__start__" value="recipients:sequence">
  <div data-portal-rows-list>${names.map((name, at) => row(at, name)).join("")}</div>
  <input type="hidden" name="__end__" value="recipients:sequence">
  <button data-portal-row-do="add">Thêm</button>
  <template data-portal-row-blank>${row("__t__")}</template></fieldset>`;

export const form = (inside, attributes = "") => `<form id="form" method="post" data-portal-form ${attributes}>
  <input type="hidden" name="csrf_token" value="T1"><p role="status" data-portal-form-status></p>
  <div data-autosave-restore hidden><p data-autosave-restore-text></p>
  <button type="button" data-autosave-restore-take></button><button type="button" data-autosave-restore-drop></button></div>
  <p data-autosave-alert hidden></p><p data-autosave-status></p>${inside}</form>`;
