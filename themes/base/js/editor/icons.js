// Drawn by us, on a square of 24; lines take the colour of the button's text.
const H = "M4 6v12M12 6v12M4 12h8";
const LINES = {
  paragraph: "M19 5h-8a4 4 0 0 0 0 8h2M13 5v14M17 5v14",
  heading2: `${H}M15.5 11c0-3 4.5-3 4.5 0 0 2-4.5 4-4.5 7H20.5`,
  heading3: `${H}M15.5 9.500c1.5-2 4.5-1 4.5 1 0 1.6-1.5 2.2-2.5 2.2 1 0 2.7.600 2.7 2.6 0 3-3.7 3.4-5 1.2`,
  heading4: `${H}M19 18V8.500l-4 6.500h6`,
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  bulletList: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  orderedList: "M10 6h10M10 12h10M10 18h10M4 4.5l1.5-.5v4M4 16h2.5l-2.5 3.5h2.5",
  indent: "M4 5h16M11 10h9M11 14h9M4 19h16M4 9.5l3 2.5-3 2.5z",
  outdent: "M4 5h16M11 10h9M11 14h9M4 19h16M7 9.5L4 12l3 2.5z",
  blockquote: "M6 17c2.5-1 3.5-3 3.5-6H5V7h5v5M14 17c2.5-1 3.5-3 3.5-6H13V7h5v5",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-5.5l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 5.5l1-1",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  superscript: "M4 8l8 11M12 8L4 19M15.5 6.5c0-3 4.5-3 4.5 0 0 2-4.5 2-4.5 4.500H20",
  subscript: "M4 5l8 11M12 5L4 16M15.5 15.500c0-3 4.5-3 4.5 0 0 2-4.5 2-4.5 4.500H20",
  footnote: "M4 6h9M4 11h9M4 16h6M17 5l2-1v6M4 20h16",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  undo: "M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4",
  redo: "M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h4",
  source: "M8 7l-5 5 5 5M16 7l5 5-5 5M14 5l-4 14",
  addRowBefore: "M4 13h16v6H4zM12 3v7M8.5 6.500h7",
  addRowAfter: "M4 5h16v6H4zM12 14v7M8.5 17.500h7",
  deleteRow: "M4 9h16v6H4zM9 3l6 4M15 3L9 7M9 17l6 4M15 17l-6 4",
  addColumnBefore: "M13 4v16h6V4zM3 12h7M6.5 8.500v7",
  addColumnAfter: "M5 4v16h6V4zM14 12h7M17.5 8.500v7",
  deleteColumn: "M9 4v16h6V4zM3 9l4 6M7 9l-4 6M17 9l4 6M21 9l-4 6",
  toggleHeaderRow: "M4 5h16v14H4zM4 10h16M4 6.500h16M4 8.200h16",
  toggleHeaderColumn: "M4 5h16v14H4zM10 5v14M6 5v14M8 5v14",
  mergeOrSplit: "M4 5h16v14H4zM12 5v3M12 16v3M7 12h10M9.5 9.500L7 12l2.5 2.500M14.5 9.500L17 12l-2.5 2.5",
  caption: "M4 10h16v10H4zM4 15h16M12 10v10M6 5h12",
  deleteTable: "M4 5h16v14H4zM8 9l8 6M16 9l-8 6",
};

const SVG = "http://www.w3.org/2000/svg";

/** An <svg> for the command. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: "24", height: "24", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries({ d: LINES[name], fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round" })) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}
