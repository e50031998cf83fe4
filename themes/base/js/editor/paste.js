// What comes from the clipboard of Word, Google Docs or a PDF viewer, reduced to what a document of ours may hold:
// paragraphs, headings, lists, tables, quotations, links, bold, italic, raised and lowered text. Pure: HTML in, HTML out.
import { wordLists } from "./word-lists.js";
import { cellTag, headerRows, spans } from "./tables.js";
import { styleOf, inert } from "./styles.js";

const DROPPED = new Set([
  "script", "style", "meta", "link", "title", "head", "xml", "img", "picture", "svg", "object", "embed", "iframe", "video",
  "audio", "canvas", "map", "input", "button", "select", "textarea", "del", "noscript", "template", "hr",
  "colgroup", "col",
]);
const TEXT_BLOCKS = new Set(["p", "dt", "dd", "figcaption", "address", "pre", "summary"]);
const HEADING = /^h([1-6])$/;
const BLOCKS =
  "h1,h2,h3,h4,h5,h6,p,div,section,article,main,header,footer,aside,nav,center,ul,ol,li,dl,dt,dd,table,thead,tbody,tfoot," +
  "tr,td,th,caption,blockquote,pre,figure,figcaption,address,form,fieldset,details,summary";
const SAFE_LINK = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#(?!_))/i;
const LOWEST_HEADING = 4;

const parseHtml = (html) => new DOMParser().parseFromString(html, "text/html");

/** The clean HTML of a clipboard. `parse` makes a document of HTML; browsers have it built in, tests pass their own. */
export function cleanPasted(html, parse = parseHtml) {
  const body = parse(inert(fragmentOf(html))).body;
  removeForeign(body);
  nestLooseLists(body);
  wordLists(body);
  return flow(body, { shift: headingShift(body) }).join("\n");
}

/** Paragraphs of plain text; lines that a PDF broke in the middle of a sentence are joined again. */
export function cleanPastedText(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\u00ad/g, "").split("\n").map((line) => line.trim());
  const paragraphs = [];
  let open = false;
  for (const line of lines) {
    const goesOn = open && /^[\p{Ll}]/u.test(line) && !/[.:;!?…”"]$/.test(paragraphs.at(-1));
    if (line && goesOn) paragraphs[paragraphs.length - 1] += ` ${line}`;
    else if (line) paragraphs.push(line);
    open = Boolean(line);
  }
  return paragraphs;
}

function fragmentOf(html) {
  const found = /<!--\s*StartFragment\s*-->([\s\S]*)<!--\s*EndFragment\s*-->/.exec(html);
  if (!found) return html;
  // Word opens the list or table before the fragment; without it, its rows would fall apart.
  return /^\s*<(li|tr|td|th)\b/i.test(found[1]) ? html : found[1];
}

function removeForeign(body) {
  for (const element of [...body.querySelectorAll("*")]) {
    const tag = element.localName;
    const style = styleOf(element);
    const hidden = style.display === "none" || style["mso-hide"] === "all" || style["mso-element"] === "comment-list";
    const blankOffice = tag.includes(":") && !element.textContent.replace(/\u00a0/g, " ").trim();
    const note = /MsoCommentReference|msoDel/i.test(element.className) || /^#_(ftn|edn|msocom)/.test(element.getAttribute("href") ?? "");
    if (DROPPED.has(tag) || hidden || blankOffice || note) element.remove();
  }
}

// Google Docs writes <ul><li>…</li><ul>…</ul></ul>: the inner list belongs to the item before it.
function nestLooseLists(body) {
  for (const inner of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = inner.previousElementSibling;
    if (before?.localName === "li") before.append(inner);
    else {
      const item = inner.ownerDocument.createElement("li");
      inner.before(item);
      item.append(inner);
    }
  }
}

function headingLevel(element) {
  const tag = HEADING.exec(element.localName);
  if (tag) return Number(tag[1]);
  if (element.localName !== "p") return 0;
  const named = /\bMsoHeading\s*(\d)/.exec(element.className);
  if (named) return Number(named[1]);
  if (/\bMsoTitle\b/.test(element.className)) return 1;
  const outline = Number.parseInt(styleOf(element)["mso-outline-level"], 10);
  return outline >= 1 && outline <= 6 ? outline : 0;
}

// The page's own title is its only h1: a text that begins with h1 moves down by one, others stay as they are.
function headingShift(body) {
  const levels = [...body.querySelectorAll("h1,h2,h3,h4,h5,h6,p")].map(headingLevel).filter(Boolean);
  return levels.length ? Math.max(0, 2 - Math.min(...levels)) : 0;
}

function flow(parent, context) {
  const out = [];
  let run = "";
  const flush = () => {
    for (const part of run.split(/(?:<br>\s*){2,}/)) {
      const text = tidy(part);
      if (text) out.push(`<p>${text}</p>`);
    }
    run = "";
  };
  for (const child of parent.childNodes) {
    if (child.nodeType === 1 && holdsBlocks(child)) {
      flush();
      out.push(...block(child, context));
    } else run += inline(child, context);
  }
  flush();
  return out;
}

const holdsBlocks = (element) => element.matches(BLOCKS) || element.querySelector(BLOCKS) !== null;

function block(element, context) {
  const tag = element.localName;
  const level = headingLevel(element);
  if (level) return heading(element, Math.min(level + context.shift, LOWEST_HEADING), context);
  if (tag === "ul" || tag === "ol") return list(element, context);
  if (tag === "table") return table(element, context);
  if (tag === "blockquote") {
    const inside = flow(element, context);
    return inside.length ? [`<blockquote>${inside.join("")}</blockquote>`] : [];
  }
  if (TEXT_BLOCKS.has(tag) && !element.querySelector(BLOCKS)) {
    const text = tidy(inlines(element, context));
    return text ? [`<p>${text}</p>`] : [];
  }
  return flow(element, context);
}

function heading(element, level, context) {
  const text = tidy(inlines(element, { ...context, plain: true })).replaceAll("<br>", " ");
  return text ? [`<h${level}>${text}</h${level}>`] : [];
}

function list(element, context) {
  const items = [...element.children].map((item) => flow(item, context)).filter((item) => item.length);
  if (!items.length) return [];
  const { localName: tag } = element;
  const start = Number.parseInt(element.getAttribute("start") ?? "1", 10);
  const type = /^[aAiI]$/.test(element.getAttribute("type") ?? "") ? element.getAttribute("type") : "";
  const attributes = tag === "ol" ? `${start > 1 ? ` start="${start}"` : ""}${type ? ` type="${type}"` : ""}` : "";
  const inside = items.map((item) => `<li>${loosened(item)}</li>`).join("");
  return [`<${tag}${attributes}>${inside}</${tag}>`];
}

// One paragraph, alone or before an inner list, needs no <p>.
function loosened(blocks) {
  const [first, ...rest] = blocks;
  const onlyLists = rest.every((part) => /^<[uo]l/.test(part));
  return (onlyLists && /^<p>/.test(first) ? first.slice(3, -4) : first) + rest.join("");
}

function table(element, context) {
  const caption = element.querySelector("caption");
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element && row.cells.length);
  if (!rows.length) return [];
  if (rows.length === 1 && rows[0].cells.length === 1) return flow(rows[0].cells[0], context); // a box, not a table
  const headers = headerRows(rows);
  const drawn = rows.map((row) => {
    const cells = [...row.cells].map((cell) => {
      const tag = cellTag(cell, headers.has(row));
      const inside = flow(cell, { ...context, plain: tag === "th" });
      return `<${tag}${spans(cell)}>${inside.length === 1 ? loosened(inside) : inside.join("")}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const title = caption ? tidy(inlines(caption, context)) : "";
  return [`<table>${title ? `<caption>${title}</caption>` : ""}<tbody>${drawn.join("")}</tbody></table>`];
}

const inlines = (element, context) => [...element.childNodes].map((child) => inline(child, context)).join("");

function inline(node, context) {
  if (node.nodeType === 3) return escape(node.data.replace(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== 1) return "";
  if (node.localName === "br") return "<br>";
  const inside = inlines(node, context);
  if (!inside.trim()) return inside && " ";
  return marks(node, context).reduce((text, [open, close]) => around(text, open, close), inside);
}

function marks(element, { plain }) {
  const tag = element.localName;
  const style = styleOf(element);
  const weight = style["font-weight"] ?? "";
  const bold = weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : tag === "b" || tag === "strong";
  const italic = style["font-style"] ? style["font-style"] === "italic" : ["i", "em", "cite"].includes(tag);
  const raised = tag === "sup" || style["vertical-align"] === "super";
  const lowered = tag === "sub" || style["vertical-align"] === "sub";
  const href = tag === "a" ? (element.getAttribute("href") ?? "").trim() : "";
  return [
    raised && ["<sup>", "</sup>"],
    lowered && ["<sub>", "</sub>"],
    italic && ["<em>", "</em>"],
    bold && !plain && ["<strong>", "</strong>"],
    SAFE_LINK.test(href) && [`<a href="${escape(href).replaceAll('"', "&quot;")}">`, "</a>"],
  ].filter(Boolean);
}

// Spaces go outside of the mark, and what is marked twice is marked once.
function around(text, open, close) {
  const [, before, inside, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  const bare = open.startsWith("<a ") ? inside : inside.replaceAll(open, "").replaceAll(close, "");
  return `${before}${open}${bare}${close}${after}`;
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function tidy(html) {
  const joined = html.replace(/<\/(strong|em)>(\s*)<\1>/g, "$2");
  return joined.replace(/\s+/g, " ").replace(/\s*<br>\s*/g, "<br>").replace(/^(<br>|\s)+|(<br>|\s)+$/g, "");
}
