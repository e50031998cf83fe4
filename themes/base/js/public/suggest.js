// Suggestions under a find box: a combobox with a listbox (ARIA 1.2). Without a script the box is a plain form, and with
// one it stays a form: Enter sends what was typed unless a suggestion was chosen with the arrow keys.
import { options } from "./suggest-list.js";

const PAUSE = 140; // milliseconds without a key before the portal is asked
const COMPOSING_PAUSE = 320; // an input method puts a word together: ask only when the person stops
const LEAST = 2;
const KEPT = 60;

export function suggest(page) {
  for (const form of page.querySelectorAll("form[data-portal-suggest]")) {
    const input = form.querySelector("input[type=search]");
    if (input) enhance(form, input);
  }
}

function enhance(form, input) {
  const said = form.dataset;
  const list = options(form, input, (path) => window.location.assign(path));
  const asking = asker(said.portalSuggest);
  const typed = () => input.value.trim().replace(/\s+/g, " ");
  let timer;

  const close = () => {
    clearTimeout(timer);
    asking.stop();
    list.close();
  };
  const ask = async () => {
    const words = typed();
    if (words.length < LEAST) return close();
    const found = await asking.ask(words);
    if (found && input === form.ownerDocument.activeElement && words === typed()) list.show(found);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };

  input.addEventListener("input", (event) => {
    if (typed().length < LEAST) close();
    else later(event.isComposing ? COMPOSING_PAUSE : PAUSE);
  });
  input.addEventListener("compositionend", () => later(PAUSE));
  input.addEventListener("blur", close);
  window.addEventListener("pagehide", close);
  form.addEventListener("submit", close);

  const keys = {
    ArrowDown: (event) => (list.isOpen ? event.altKey || list.move(1) : ask()),
    ArrowUp: (event) => (list.isOpen && event.altKey ? close() : list.isOpen && list.move(-1)),
    Escape: close,
    Enter: () => list.choose(),
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // these keys belong to the input method
    if (event.key === "Home" || event.key === "End" || event.key === "Tab") return list.leave();
    if (!list.isOpen && event.key !== "ArrowDown") return undefined;
    if (event.key === "Enter" && !list.hasActive) return undefined;
    if (!(event.key in keys)) return undefined;
    event.preventDefault();
    return keys[event.key](event);
  });
}

// Asks the portal; a newer question ends an older one. Gives undefined for an answer nobody waits for any more.
function asker(address) {
  const kept = new Map();
  let running;
  const stop = () => running?.abort();
  const ask = async (words) => {
    stop();
    if (kept.has(words)) return kept.get(words);
    const mine = (running = new AbortController());
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return undefined;
      const found = await answer.json();
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
      kept.set(words, found);
      return mine.signal.aborted ? undefined : found;
    } catch {
      return undefined; // aborted, or no network: the form still works
    }
  };
  return { ask, stop };
}
