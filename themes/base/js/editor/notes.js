// Footnotes: their number in the text, and at the end of the document the list of them.
import { Mark, Node } from "@tiptap/core";

const ANCHOR = /^#?chu-thich-([1-9]\d{0,3})$/;
const numberOf = (anchor) => Number(ANCHOR.exec(anchor ?? "")?.[1] ?? 0);
const LINK = 'a[href^="#chu-thich-"]';

const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,
  marks: "",
  addAttributes: () => ({ number: { default: 1, renderHTML: () => ({}) } }),
  parseHTML: () => [{
    tag: "sup", priority: 80,
    getAttrs: (raised) => {
      const number = numberOf(raised.querySelector(LINK)?.getAttribute("href"));
      return number ? { number } : false;
    },
  }],
  renderHTML: ({ node: { attrs: { number } } }) => ["sup", ["a", { href: `#chu-thich-${number}` }, String(number)]],
  renderText: () => "",
});

const FootnoteItem = Node.create({
  name: "footnote",
  content: "paragraph (paragraph | bulletList | orderedList)*",
  defining: true,
  addAttributes: () => ({ number: { default: 1, renderHTML: () => ({}) } }),
  parseHTML: () => [{
    tag: "li", priority: 80,
    getAttrs: (item) => (numberOf(item.id) ? { number: numberOf(item.id) } : false),
  }],
  renderHTML: ({ node: { attrs: { number } } }) => ["li", { id: `chu-thich-${number}`, value: String(number) }, 0],
});

const Footnotes = Node.create({
  name: "footnotes",
  content: "footnote+",
  isolating: true,
  parseHTML: () => [{ tag: "aside", contentElement: (aside) => aside.querySelector("ol") ?? aside }],
  renderHTML: () => ["aside", { class: "portal-doc-notes" }, ["ol", 0]],
  addKeyboardShortcuts() {
    return { "Mod-Alt-f": () => takesNote(this.editor) && (insertNote(this.editor), true) };
  },
});

const struck = (name, tags) => Mark.create({
  name,
  parseHTML: () => tags.map((tag) => ({ tag })),
  renderHTML: () => [tags[0], 0],
});

/** What a document holds beside its own text, and the marks of what an amendment takes out and puts in. */
export const noteExtensions = [Citation, Footnotes, FootnoteItem, struck("deleted", ["del", "s"]), struck("inserted", ["ins"])];

/** A number at the cursor and an empty note at the end, with the cursor in it. */
export function insertNote(editor) {
  let highest = 0;
  let list = null;
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === "citation" || node.type.name === "footnote") highest = Math.max(highest, node.attrs.number);
    if (node.type.name === "footnotes") list = { node, at };
  });
  const number = highest + 1;
  const note = { type: "footnote", attrs: { number }, content: [{ type: "paragraph" }] };
  const citation = { type: "citation", attrs: { number } };
  const before = editor.state.doc.content.size;
  editor.chain().insertContent(citation).command(({ tr, commands }) => {
    const grown = tr.doc.content.size - before;
    const end = list ? list.at + list.node.nodeSize - 1 + grown : tr.doc.content.size;
    return commands.insertContentAt(end, list ? note : { type: "footnotes", content: [note] });
  }).run();
  const end = editor.state.doc.content.size;
  editor.chain().setTextSelection(end - 3).run();
}

/** Whether a note can stand at the cursor: not in a note, nor in a heading of a table. */
export const takesNote = (editor) => !editor.isActive("footnote");

/** Numbers the notes in the order in which the text names them; one that nothing names any more stays, at the end. */
export function renumber(body) {
  const items = new Map([...body.querySelectorAll("aside li[id]")].map((item) => [numberOf(item.id), item]));
  const order = [];
  for (const link of body.querySelectorAll(`sup > ${LINK}`)) {
    const number = numberOf(link.getAttribute("href"));
    if (items.has(number) && !order.includes(number)) order.push(number);
  }
  for (const number of items.keys()) if (!order.includes(number)) order.push(number);
  for (const link of body.querySelectorAll(`sup > ${LINK}`)) {
    const place = order.indexOf(numberOf(link.getAttribute("href"))) + 1;
    if (!place) link.closest("sup").remove(); // its note is gone
    else Object.assign(link, { textContent: String(place) }).setAttribute("href", `#chu-thich-${place}`);
  }
  for (const [at, number] of order.entries()) {
    const item = items.get(number);
    item.removeAttribute("value");
    item.id = `chu-thich-${at + 1}`;
    item.parentElement.append(item);
  }
}
