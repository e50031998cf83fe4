// One editor over one textarea. The textarea stays the form's control; the editor writes its HTML into it.
import { Editor } from "@tiptap/core";
import { cleanPasted, cleanPastedText } from "./paste.js";
import { openPanel } from "./panels.js";
import { tidyOutput } from "./output.js";
import { extensions } from "./schema.js";
import { inert } from "./styles.js";
import { toolbar } from "./toolbar.js";

const WRITE_AFTER = 250; // ms without typing before the textarea is written; always before the form is sent or saved

export class RichText {
  static over(textarea) {
    if (textarea.dataset.editorReady === undefined) new RichText(textarea);
  }

  constructor(textarea) {
    this.textarea = textarea;
    this.labels = JSON.parse(textarea.dataset.editorLabels);
    this.id = textarea.id;
    this.leaving = false;
    textarea.dataset.editorReady = "";
    this.build();
    this.editor = new Editor({
      element: this.surface,
      extensions,
      content: inert(textarea.value),
      injectCSS: false,
      editorProps: this.props(),
      onUpdate: () => this.changed(),
      onTransaction: () => this.bar?.refresh(this.editor, this.inSource),
    });
    this.bar.refresh(this.editor, false);
    this.listen();
  }

  get inSource() {
    return !this.textarea.hidden;
  }

  build() {
    const { textarea, labels, id } = this;
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    const part = (tag, className) => Object.assign(document.createElement(tag), { className });
    this.box = part("div", "portal-editor");
    this.surface = part("div", "portal-editor__surface");
    this.panel = Object.assign(part("div", "portal-editor__panel"), { hidden: true });
    this.panel.setAttribute("role", "group");
    this.help = Object.assign(part("p", "govuk-hint portal-editor__help"), { id: `${id}-help`, textContent: labels.help });
    this.status = part("p", "govuk-visually-hidden");
    this.status.setAttribute("role", "status");
    this.bar = toolbar({ labels, surfaceId: id, act: (command, button) => this.act(command, button), back: () => this.focus() });
    if (label) label.id ||= `${id}-label`;
    this.labelId = label?.id;
    label?.addEventListener("click", () => this.focus());
    textarea.before(this.box);
    textarea.id = `${id}-source`; // the text itself takes over the id, for the error summary's links
    if (!textarea.hasAttribute("aria-label")) textarea.setAttribute("aria-label", labels.source);
    textarea.hidden = true;
    this.box.append(this.bar.element, this.panel, this.surface, textarea, this.help, this.status);
  }

  props() {
    const described = [this.textarea.getAttribute("aria-describedby"), this.help.id].filter(Boolean).join(" ");
    return {
      attributes: {
        id: this.id, role: "textbox", "aria-multiline": "true", "aria-describedby": described, class: "portal-editor__text",
        lang: this.textarea.lang || document.documentElement.lang, spellcheck: "true",
        ...(this.labelId ? { "aria-labelledby": this.labelId } : { "aria-label": this.labels.toolbar }),
        ...(this.textarea.getAttribute("aria-invalid") === "true" ? { "aria-invalid": "true" } : {}),
      },
      // What one of our editors copied is ours already; everything else is reduced to what a document may hold.
      transformPastedHTML: (html) => (/\sdata-pm-slice=/.test(html) ? html : this.cleaned(html)),
      transformPastedText: (text) => cleanPastedText(text).join("\n\n"),
      handleDOMEvents: { keydown: (_view, event) => this.keydown(event), blur: () => this.write() },
    };
  }

  cleaned(html) {
    this.say(this.labels.pasted);
    return cleanPasted(html);
  }

  listen() {
    const form = this.textarea.form;
    form?.addEventListener("submit", () => this.write(), { capture: true });
    form?.addEventListener("portal:collect", () => this.write());
    form?.addEventListener("portal:restored", () => this.read());
    this.textarea.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "F10") this.toTools(event);
    });
  }

  // True: the editor leaves the key alone. After Escape the next Tab is the browser's, so focus is never caught.
  keydown(event) {
    if (event.isComposing) return false;
    if (event.key === "Tab" && this.leaving) return true;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return false;
    this.leaving = event.key === "Escape";
    if (this.leaving) this.say(this.labels.left);
    else if (event.altKey && event.key === "F10") this.toTools(event);
    else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.open("link");
    }
    return event.defaultPrevented;
  }

  toTools(event) {
    event.preventDefault();
    this.bar.focus();
  }

  act(command) {
    if (command.source) this.toggleSource();
    else if (command.panel) this.open(command.panel);
    else {
      command.run(this.editor);
      this.focus();
    }
    this.bar.refresh(this.editor, this.inSource);
  }

  open(kind) {
    if (this.inSource) return;
    const button = this.bar.button(kind);
    button.setAttribute("aria-expanded", "true");
    openPanel({
      kind, holder: this.panel, editor: this.editor, labels: this.labels, id: this.id,
      closed: () => {
        button.setAttribute("aria-expanded", "false");
        this.focus();
      },
    });
  }

  toggleSource() {
    if (this.inSource) this.read();
    else this.write();
    this.textarea.hidden = !this.textarea.hidden;
    this.surface.hidden = this.inSource;
    this.say(this.inSource ? this.labels.sourceShown : this.labels.editorShown);
    this.focus();
  }

  focus() {
    if (this.inSource) this.textarea.focus();
    else this.editor.view.focus(); // at once: the next key may follow before the next frame
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), WRITE_AFTER);
  }

  write() {
    clearTimeout(this.timer);
    if (!this.dirty || this.inSource) return;
    this.dirty = false;
    this.textarea.value = tidyOutput(this.editor.getHTML());
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  read() {
    this.editor.commands.setContent(inert(this.textarea.value), { emitUpdate: false });
    this.dirty = false;
  }

  say(text) {
    this.status.textContent = "";
    setTimeout(() => { this.status.textContent = text; }, 50); // a live region tells changes, not repetitions
  }
}
