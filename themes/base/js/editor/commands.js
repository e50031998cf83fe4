import { insertNote, takesNote } from "./notes.js";

// What the buttons do. `run` acts, `on` says whether it is in force here, `can` whether it is possible here.
const inTable = (editor) => editor.isActive("table");
const simple = (name, command, keys, on) => ({
  name, keys,
  run: (editor) => editor.chain()[command]().run(),
  can: (editor) => editor.can()[command](),
  on: on && ((editor) => editor.isActive(on)),
});
const heading = (level) => ({
  name: `heading${level}`, keys: `Control+Alt+${level}`,
  run: (editor) => editor.chain().toggleHeading({ level }).run(),
  can: (editor) => editor.can().toggleHeading({ level }),
  on: (editor) => editor.isActive("heading", { level }),
});
const mark = (name) => ({
  name,
  run: (editor) => editor.chain().toggleMark(name).run(),
  can: (editor) => editor.can().toggleMark(name),
  on: (editor) => editor.isActive(name),
});
const inTables = (name) => ({ ...simple(name, name), shown: inTable });

/** Groups of buttons, in order; those with `panel` open a small form below the toolbar. */
export const GROUPS = [
  [
    { name: "paragraph", keys: "Control+Alt+0", run: (e) => e.chain().setParagraph().run(),
      can: (e) => e.isActive("paragraph") || e.can().setParagraph(), on: (e) => e.isActive("paragraph") },
    heading(2), heading(3), heading(4),
  ],
  [
    simple("bold", "toggleBold", "Control+B", "bold"), simple("italic", "toggleItalic", "Control+I", "italic"),
    mark("superscript"), mark("subscript"),
  ],
  [
    simple("bulletList", "toggleBulletList", "Control+Shift+8", "bulletList"),
    simple("orderedList", "toggleOrderedList", "Control+Shift+7", "orderedList"),
    { name: "indent", run: (e) => e.chain().sinkListItem("listItem").run(), can: (e) => e.can().sinkListItem("listItem") },
    { name: "outdent", run: (e) => e.chain().liftListItem("listItem").run(), can: (e) => e.can().liftListItem("listItem") },
    simple("blockquote", "toggleBlockquote", "Control+Shift+B", "blockquote"),
  ],
  [
    { name: "link", keys: "Control+K", panel: "link", on: (e) => e.isActive("link") },
    { name: "table", panel: "table", can: (e) => !inTable(e) },
    { name: "footnote", keys: "Control+Alt+F", run: insertNote, can: takesNote },
    { name: "picture", panel: "picture", shown: (e) => e.isActive("picture") },
  ],
  [simple("undo", "undo", "Control+Z"), simple("redo", "redo", "Control+Y"), { name: "source", source: true }],
  [
    ...["addRowBefore", "addRowAfter", "deleteRow", "addColumnBefore", "addColumnAfter", "deleteColumn"].map(inTables),
    { ...inTables("toggleHeaderRow"), on: (e) => headed(e, (cells) => cells.slice(0, cells.width)) },
    { ...inTables("toggleHeaderColumn"), on: (e) => headed(e, (cells) => cells.filter((_, at) => at % cells.width === 0)) },
    inTables("mergeOrSplit"),
    { name: "caption", panel: "caption", shown: inTable, on: (e) => Boolean(e.getAttributes("table").caption) },
    inTables("deleteTable"),
  ],
];

function headed(editor, choose) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name !== "table") continue;
    const cells = [];
    node.forEach((row) => row.forEach((cell) => cells.push(cell.type.name)));
    cells.width = node.firstChild.childCount;
    return choose(cells).every((name) => name === "tableHeader");
  }
  return false;
}
