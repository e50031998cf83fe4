// Confirm screen: the fields to be checked, counted down, and reached and settled by keyboard.
import { fill } from "./say.js";

const FIELD = "input:not([type=hidden], [data-portal-confirm]), select, textarea, [role=textbox]";

/** `place` is the element that counts what is left. */
export function doubts(place) {
  const boxes = [...document.querySelectorAll("[data-portal-confirm]")];
  const links = new Map([...place.querySelectorAll("[data-portal-doubt-link]")].map((link) => [link.hash.slice(1), link]));
  const told = place.querySelector("[data-portal-doubts-count]");
  const count = () => {
    const left = boxes.filter((box) => !box.checked).length;
    const text = left ? fill(place.dataset.textLeft, { n: left }) : place.dataset.textNone;
    if (told.textContent !== text) told.textContent = text;
    place.classList.toggle("portal-doubts--none", left === 0);
    for (const box of boxes) {
      groupOf(box)?.classList.toggle("portal-field--settled", box.checked);
      links.get(box.id)?.toggleAttribute("hidden", box.checked);
    }
  };
  for (const box of boxes) box.addEventListener("change", count);
  boxes[0]?.form?.addEventListener("portal:restored", count);
  place.addEventListener("click", (event) => {
    const box = document.getElementById(event.target.closest("[data-portal-doubt-link]")?.hash.slice(1) ?? "");
    if (!box) return;
    event.preventDefault();
    go(box);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (event.code === "KeyN") next(boxes);
    else if (event.key === "Enter") settle(boxes, count);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  count();
}

const groupOf = (box) => box.closest(".portal-field--doubt");

function go(box) {
  const group = groupOf(box) ?? box.parentElement;
  (group.querySelector(FIELD) ?? box).focus({ preventScroll: true });
  const isTall = group.getBoundingClientRect().height > window.innerHeight / 2;
  group.scrollIntoView({ block: isTall ? "start" : "center", inline: "nearest" });
}

// The next one below the focus that is not settled; after the last one the first; none: the buttons.
function next(boxes) {
  const open = boxes.filter((box) => !box.checked);
  const here = document.activeElement;
  const current = boxes.find((box) => groupOf(box)?.contains(here));
  const from = current ?? here;
  const after = (box) => box !== current && Boolean(from.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
  const target = open.find(after) ?? open[0];
  if (target) go(target);
  else boxes[0]?.form?.querySelector(".portal-form__buttons button:last-of-type")?.focus();
}

function settle(boxes, count) {
  const box = boxes.find((one) => groupOf(one)?.contains(document.activeElement));
  if (box && !box.checked) {
    box.checked = true;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    count();
  }
  next(boxes);
}
