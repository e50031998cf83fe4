// An ARIA toolbar: one stop of the Tab key, arrow keys between the buttons, Escape back into the text.
import { GROUPS } from "./commands.js";
import { icon } from "./icons.js";

/** Builds the toolbar. `act(command, button)` is called for a pressed button; answers {element, refresh, focus, mode}. */
export function toolbar({ labels, surfaceId, act, back }) {
  const bar = document.createElement("div");
  bar.className = "portal-editor__toolbar";
  set(bar, { role: "toolbar", "aria-label": labels.toolbar, "aria-controls": surfaceId });
  const buttons = [];
  for (const group of GROUPS) {
    const box = document.createElement("div");
    box.className = "portal-editor__group";
    for (const command of group) {
      const button = draw(command, labels);
      button.addEventListener("click", () => available(button) && act(command, button));
      buttons.push({ command, button });
      box.append(button);
    }
    bar.append(box);
  }
  const reachable = () => buttons.map(({ button }) => button).filter((button) => !button.hidden);
  const stop = (button) => buttons.forEach((one) => { one.button.tabIndex = one.button === button ? 0 : -1; });
  stop(buttons[0].button);
  bar.addEventListener("focusin", (event) => event.target.matches("button") && stop(event.target));
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection in the text stays
  bar.addEventListener("keydown", (event) => move(event, reachable(), back));
  return {
    element: bar,
    focus: () => (reachable().find((button) => button.tabIndex === 0) ?? reachable()[0]).focus(),
    button: (name) => buttons.find(({ command }) => command.name === name).button,
    refresh: (editor, source) => {
      for (const one of buttons) show(one, editor, source);
      if (!reachable().some((button) => button.tabIndex === 0)) stop(reachable()[0]);
    },
  };
}

function draw(command, labels) {
  const button = document.createElement("button");
  button.className = "portal-editor__button";
  button.type = "button";
  const keys = command.keys?.replace("Control", "Ctrl");
  set(button, { "aria-label": labels[command.name], title: labels[command.name] + (keys ? ` (${keys})` : "") });
  if (command.keys) button.setAttribute("aria-keyshortcuts", command.keys);
  if (command.panel) button.setAttribute("aria-expanded", "false");
  button.append(icon(command.name));
  return button;
}

const available = (button) => button.getAttribute("aria-disabled") !== "true";

// Buttons that are not possible here stay reachable and say so; those of tables are there only inside of one.
function show({ command, button }, editor, source) {
  const possible = command.source || (!source && (!command.can || command.can(editor)));
  button.hidden = Boolean(command.shown && (source || !command.shown(editor)));
  button.parentElement.hidden = [...button.parentElement.children].every((one) => one.hidden);
  set(button, { "aria-disabled": String(!possible) });
  if (command.source) set(button, { "aria-pressed": String(source) });
  else if (command.on) set(button, { "aria-pressed": String(!source && command.on(editor)) });
}

function move(event, reachable, back) {
  const at = reachable.indexOf(event.target);
  const next = {
    ArrowRight: reachable[(at + 1) % reachable.length],
    ArrowLeft: reachable.at(at - 1),
    Home: reachable[0],
    End: reachable.at(-1),
  }[event.key];
  if (event.key === "Escape") back();
  else if (!next || at < 0) return;
  else next.focus();
  event.preventDefault();
  event.stopPropagation();
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
