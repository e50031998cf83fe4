// The small forms below the toolbar: address of a link, size and name of a new table, name of this table,
// what a picture shows.
import { isAddress } from "./schema.js";

const FIELDS = {
  link: (labels, editor) => [
    { name: "href", label: labels.linkAddress, type: "text", inputmode: "url", value: editor.getAttributes("link").href ?? "", wide: true },
  ],
  table: (labels) => [
    { name: "rows", label: labels.rows, type: "number", value: 3 },
    { name: "columns", label: labels.columns, type: "number", value: 3 },
    { name: "caption", label: labels.caption, type: "text", value: "", wide: true },
  ],
  caption: (labels, editor) => [
    { name: "caption", label: labels.caption, type: "text", value: editor.getAttributes("table").caption, wide: true },
  ],
  picture: (labels, editor) => [
    { name: "alt", label: labels.pictureAlt, type: "text", value: editor.getAttributes("picture").alt, wide: true },
  ],
};

const APPLY = {
  link(editor, { href }, labels) {
    const address = href.trim();
    if (!address) return editor.chain().extendMarkRange("link").unsetMark("link").run() && "";
    if (!isAddress(address)) return labels.linkWrong;
    const chain = editor.chain().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else chain.setMark("link", { href: address }).run();
    return "";
  },
  table(editor, { rows, columns, caption }) {
    const size = (text) => Math.min(Math.max(Number.parseInt(text, 10) || 1, 1), 50);
    editor.chain().insertTable({ rows: size(rows), cols: size(columns), withHeaderRow: true }).run();
    if (caption.trim()) editor.commands.updateAttributes("table", { caption: caption.trim() });
    return "";
  },
  caption(editor, { caption }) {
    editor.chain().updateAttributes("table", { caption: caption.trim() }).run();
    return "";
  },
  picture(editor, { alt }) {
    editor.chain().updateAttributes("picture", { alt: alt.trim() }).run();
    return "";
  },
};

/** Opens a panel in `holder`; `closed` is called once when it is left, by its buttons or Escape. */
export function openPanel({ kind, holder, editor, labels, id, closed }) {
  const inputs = FIELDS[kind](labels, editor).map((field) => drawField(field, id));
  const wrong = document.createElement("p");
  Object.assign(wrong, { className: "govuk-error-message", id: `${id}-panel-error`, hidden: true });
  const close = () => {
    holder.replaceChildren();
    holder.hidden = true;
    closed();
  };
  const apply = () => {
    const values = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value]));
    const message = APPLY[kind](editor, values, labels);
    if (!message) return close();
    wrong.textContent = message;
    wrong.hidden = false;
    inputs[0].input.setAttribute("aria-invalid", "true");
    inputs[0].input.setAttribute("aria-describedby", wrong.id);
    inputs[0].input.focus();
  };
  const actions = [button(kind === "table" ? labels.insert : labels.linkApply, apply, "portal-editor__apply")];
  if (kind === "caption" || kind === "picture") actions[0].textContent = labels[`${kind}Apply`];
  if (kind === "link" && editor.isActive("link")) {
    actions.push(button(labels.linkRemove, () => { inputs[0].input.value = ""; apply(); }));
  }
  actions.push(button(labels.cancel, close));
  holder.replaceChildren(...inputs.map(({ box }) => box), wrong, ...actions);
  holder.hidden = false;
  holder.setAttribute("aria-label", labels[kind]);
  holder.onkeydown = (event) => {
    if (event.isComposing || (event.key !== "Escape" && !(event.key === "Enter" && event.target.matches("input")))) return;
    event.preventDefault(); // Enter must not send the form around the editor
    event.stopPropagation();
    if (event.key === "Escape") close();
    else apply();
  };
  inputs[0].input.focus();
  inputs[0].input.select();
}

function drawField({ name, label, type, value, wide, inputmode }, id) {
  const box = document.createElement("div");
  const input = Object.assign(document.createElement("input"), { id: `${id}-panel-${name}`, type, value: value ?? "" });
  const text = Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: label });
  box.className = `portal-editor__field${wide ? " portal-editor__field--wide" : ""}`;
  text.className = "govuk-label";
  input.className = "govuk-input";
  if (inputmode) input.inputMode = inputmode;
  if (type === "number") Object.assign(input, { min: "1", max: "50" });
  box.append(text, input);
  return { name, input, box };
}

function button(text, action, extra = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = `govuk-button govuk-button--secondary portal-editor__action ${extra}`.trim();
  made.addEventListener("click", action);
  return made;
}
