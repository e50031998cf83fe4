// Word writes a list as paragraphs that carry "mso-list:l0 level2 lfo1" and their marker as text. Real lists are made of
// those whose markers a list would draw the same; "Điều 1.", "1.1." or a), b), c), d), đ) stay text, because in a legal
// document the number is part of the wording.
import { styleOf } from "./styles.js";

const BULLET = /^[^\p{L}\p{N}(]{1,2}$|^o$/u;
const ORDERED = /^\(?(?:(\d{1,3})|([a-zA-Z])|([ivxlc]+)|([IVXLC]+))[.)]$/;

/** Turns runs of Word's list paragraphs into <ul> and <ol>, in place. */
export function wordLists(body) {
  const items = [...body.querySelectorAll("p")].map(itemOf).filter(Boolean);
  for (const group of runsOf(items).flatMap(nested)) {
    const paragraphs = itemsIn(group);
    if (isRegular(group)) {
      paragraphs[0].element.before(drawn(group, body.ownerDocument));
      for (const { element } of paragraphs) element.remove();
    } else for (const item of paragraphs) item.element.prepend(asText(item));
  }
  for (const heading of body.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    const marker = takeMarker(heading);
    if (marker) heading.prepend(`${marker} `);
  }
}

const itemsIn = (group) => group.items.flatMap((item) => [item, ...item.inner.flatMap(itemsIn)]);

const asText = ({ marker, kind }) => (kind.tag === "ul" ? "- " : `${marker} `);

function itemOf(element) {
  const found = /level(\d+)/.exec(styleOf(element)["mso-list"] ?? "");
  if (!found) return null;
  const marker = takeMarker(element);
  return { element, level: Number(found[1]), marker, kind: kindOf(marker) };
}

function takeMarker(element) {
  const ignored = [...element.querySelectorAll("span")].find((span) => styleOf(span)["mso-list"] === "ignore");
  if (!ignored) return "";
  const marker = ignored.textContent.replace(/[\s\u00a0]+/g, " ").trim();
  ignored.remove();
  return marker;
}

function kindOf(marker) {
  if (!marker || BULLET.test(marker)) return { tag: "ul", values: [] };
  const found = ORDERED.exec(marker);
  if (!found) return { tag: "ol", values: [] };
  const [, number, letter, roman, capitals] = found;
  const values = [];
  if (number) values.push(["", Number(number)]);
  if (letter && letter === letter.toLowerCase()) values.push(["a", letter.charCodeAt(0) - 96]);
  if (letter && letter !== letter.toLowerCase()) values.push(["A", letter.charCodeAt(0) - 64]);
  const lower = roman ?? (letter && /[ivxlc]/.test(letter) ? letter : "");
  const upper = capitals ?? (letter && /[IVXLC]/.test(letter) ? letter : "");
  if (lower) values.push(["i", fromRoman(lower)]);
  if (upper) values.push(["I", fromRoman(upper.toLowerCase())]);
  return { tag: "ol", values };
}

function fromRoman(text) {
  const worth = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  return [...text].reduce((sum, sign, at) => sum + (worth[sign] < (worth[text[at + 1]] ?? 0) ? -worth[sign] : worth[sign]), 0);
}

function runsOf(items) {
  const runs = [];
  for (const item of items) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.element.nextElementSibling === item.element) runs.at(-1).push(item);
    else runs.push([item]);
  }
  return runs;
}

// Groups of items of one level and one kind: [{tag, items: [{…, inner: groups}]}].
function nested(run) {
  const roots = [];
  const open = [];
  for (const item of run) {
    while (open.length && open.at(-1).level > item.level) open.pop();
    const top = open.at(-1);
    const fits = top && top.level === item.level && top.kind.tag === item.kind.tag;
    if (fits) top.items.push({ ...item, inner: [] });
    else {
      if (top && top.level === item.level) open.pop();
      const group = { level: item.level, kind: item.kind, items: [{ ...item, inner: [] }] };
      (open.at(-1)?.items.at(-1).inner ?? roots).push(group);
      open.push(group);
    }
  }
  return roots;
}

function numberingOf(group) {
  const [first] = group.items;
  return first.kind.values.find(([type, start]) =>
    group.items.every((item, at) => item.kind.values.some(([other, value]) => other === type && value === start + at)));
}

function isRegular(group) {
  if (group.kind.tag === "ol" && !numberingOf(group)) return false;
  return group.items.every((item) => item.inner.every(isRegular));
}

function drawn(group, document) {
  const list = document.createElement(group.kind.tag);
  if (group.kind.tag === "ol") {
    const [type, start] = numberingOf(group);
    if (type) list.setAttribute("type", type);
    if (start > 1) list.setAttribute("start", String(start));
  }
  for (const { element, inner } of group.items) {
    const item = document.createElement("li");
    item.append(...element.childNodes, ...inner.map((one) => drawn(one, document)));
    list.append(item);
  }
  return list;
}
