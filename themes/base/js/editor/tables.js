// Which cells of a pasted table are headers.
import { styleOf } from "./styles.js";

/** The rows that head the table: those of <thead>, or a first row that is wholly bold while others are not. */
export function headerRows(rows) {
  const heads = rows.filter((row) => row.parentElement.localName === "thead" || [...row.cells].every((c) => c.localName === "th"));
  if (heads.length) return new Set(heads);
  const [first, ...others] = rows;
  const isHead = others.length > 0 && isBold(first) && !others.every(isBold);
  return new Set(isHead ? [first] : []);
}

/** th or td. */
export function cellTag(cell, inHeaderRow) {
  return inHeaderRow || cell.localName === "th" ? "th" : "td";
}

/** ` colspan="2" rowspan="3"`, only where more than one. */
export function spans(cell) {
  return ["colspan", "rowspan"]
    .map((name) => [name, Number.parseInt(cell.getAttribute(name) ?? "1", 10)])
    .filter(([, count]) => count > 1 && count < 1000)
    .map(([name, count]) => ` ${name}="${count}"`)
    .join("");
}

function isBold(row) {
  const texts = [...row.cells].flatMap(textsOf).filter((node) => node.data.replace(/\u00a0/g, " ").trim());
  return texts.length > 0 && texts.every((node) => boldAbove(node, row));
}

function textsOf(node) {
  return node.nodeType === 3 ? [node] : [...node.childNodes].flatMap(textsOf);
}

function boldAbove(node, end) {
  for (let at = node.parentElement; at && at !== end; at = at.parentElement) {
    const weight = styleOf(at)["font-weight"];
    if (weight) return /^(bold|bolder|[6-9]00)$/.test(weight);
    if (at.localName === "b" || at.localName === "strong" || at.localName === "th") return true;
  }
  return false;
}
