// What a document may hold, as Tiptap extensions: nothing that would write a style, a class or an empty wrapper.
import { Mark, mergeAttributes } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, UndoRedo } from "@tiptap/extensions";
import { goToNextCell } from "@tiptap/pm/tables";
import { noteExtensions } from "./notes.js";
import { Picture } from "./pictures.js";

const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

/** Whether a link may lead there. */
export const isAddress = (text) => ADDRESS.test(text);

const raised = (name, tag) => Mark.create({
  name,
  excludes: name === "superscript" ? "subscript" : "superscript",
  parseHTML: () => [{ tag }],
  renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
});

const OurTable = Table.extend({
  addAttributes: () => ({
    caption: {
      default: "",
      parseHTML: (table) => table.querySelector("caption")?.textContent.trim() ?? "",
      renderHTML: () => ({}),
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }, { tag: "colgroup", ignore: true }],
  renderHTML: ({ node }) =>
    node.attrs.caption ? ["table", ["caption", node.attrs.caption], ["tbody", 0]] : ["table", ["tbody", 0]],
  addNodeView: () => null, // Tiptap's own would write widths as styles
  // Tab goes from cell to cell and, after the last one, out of the editor: no row appears unasked, nobody is caught.
  addKeyboardShortcuts() {
    const { Tab, "Shift-Tab": back, ...others } = this.parent?.() ?? {};
    return {
      ...others,
      Tab: () => goToNextCell(1)(this.editor.state, this.editor.view.dispatch),
      "Shift-Tab": () => goToNextCell(-1)(this.editor.state, this.editor.view.dispatch),
    };
  },
});

const spans = (count) => ({
  default: 1,
  parseHTML: (cell) => Math.min(Math.max(Number.parseInt(cell.getAttribute(count) ?? "1", 10) || 1, 1), 1000),
  renderHTML: (attributes) => (attributes[count] > 1 ? { [count]: attributes[count] } : {}),
});
const cellAttributes = () => ({
  colspan: spans("colspan"),
  rowspan: spans("rowspan"),
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
});
const cell = (Kind, tag) => Kind.extend({
  addAttributes: cellAttributes,
  renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
});

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (link) => isAddress(link.getAttribute("href")) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", { href: HTMLAttributes.href }, 0],
});

const WholeDocument = Document.extend({ content: "block+ footnotes?" });

/** All of them; headings 2 to 4, since the page's title is its only h1. */
export const extensions = [
  WholeDocument, Paragraph, Text, Bold, Italic, Link, Blockquote, HardBreak, BulletList, OrderedList, ListItem, ListKeymap,
  Heading.configure({ levels: [2, 3, 4] }),
  raised("superscript", "sup"), raised("subscript", "sub"), Picture, ...noteExtensions,
  OurTable.configure({ resizable: false }), TableRow, cell(TableHeader, "th"), cell(TableCell, "td"),
  Gapcursor, UndoRedo,
];
