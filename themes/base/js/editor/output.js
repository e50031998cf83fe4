// The editor's HTML as it is kept: no needless attributes and wrappers, header cells that say what they head,
// footnotes numbered in the order of the text.
import { renumber } from "./notes.js";

/** Clean HTML; an empty document is an empty text. */
export function tidyOutput(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const list of body.querySelectorAll("li, td, th, caption")) unwrap(list);
  renumber(body);
  for (const table of body.querySelectorAll("table")) headers(table);
  const last = () => (body.lastElementChild?.matches("aside") ? body.lastElementChild.previousElementSibling : body.lastElementChild);
  while (last()?.matches("p:empty")) last().remove();
  const blocks = [...body.children].map((block) => block.outerHTML);
  return blocks.join("\n");
}

function unwrap(holder) {
  const [first, ...others] = holder.children;
  const onlyLists = others.every((other) => other.matches("ul, ol"));
  if (first?.localName === "p" && onlyLists) first.replaceWith(...first.childNodes);
}

function headers(table) {
  const rows = [...table.rows];
  for (const row of rows) {
    for (const cell of row.cells) {
      if (cell.localName !== "th") continue;
      cell.setAttribute("scope", isHeaderRow(row) ? "col" : "row");
    }
  }
  const heads = rows.slice(0, rows.findIndex((row) => !isHeaderRow(row)));
  if (!heads.length) return;
  const head = table.ownerDocument.createElement("thead");
  heads[0].parentElement.before(head);
  head.append(...heads);
}

const isHeaderRow = (row) => [...row.cells].every((cell) => cell.localName === "th");
