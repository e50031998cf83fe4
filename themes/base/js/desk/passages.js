// Confirm screen: the passage of the paper that a field was read from is marked while the field has the focus, and a
// click on a passage leads to its field.

/** `paper` is the element with the paper's text; positions count its characters (code points), as the server does. */
export function passages(paper) {
  const onField = (event) => {
    const field = event.target.closest("[data-passage-start][data-passage-end]");
    if (field) mark(paper, Number(field.dataset.passageStart), Number(field.dataset.passageEnd));
  };
  document.addEventListener("focusin", onField);
  document.addEventListener("click", onField);
  paper.addEventListener("click", (event) => {
    const read = event.target.closest("[data-portal-read]");
    const control = read && document.getElementById(read.dataset.portalRead);
    if (!control || String(document.getSelection?.() ?? "")) return; // words are being picked, not a place to go to
    event.preventDefault();
    control.focus();
  });
}

function mark(paper, start, end) {
  if (paper.dataset.passage === `${start}-${end}`) return;
  clear(paper);
  paper.dataset.passage = `${start}-${end}`;
  const marks = [];
  let at = 0;
  for (const node of textsOf(paper)) {
    const points = [...node.data];
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, points.length);
    at += points.length;
    if (from < to) marks.push(wrap(node, points.slice(0, from).join("").length, points.slice(0, to).join("").length));
  }
  if (marks.length) show(paper, marks[0]);
}

// Only the paper scrolls: the field that was just reached must not move away.
function show(paper, made) {
  const [outer, inner] = [paper.getBoundingClientRect(), made.getBoundingClientRect()];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = paper.scrollTop + inner.top - outer.top - paper.clientHeight / 3;
  paper.scrollTo?.({ top: Math.max(top, 0), behavior: calm ? "auto" : "smooth" });
}

function wrap(node, from, to) {
  const middle = node.splitText(from);
  middle.splitText(to - from);
  const made = document.createElement("mark");
  made.className = "portal-passage";
  middle.before(made);
  made.append(middle);
  return made;
}

function clear(paper) {
  for (const made of paper.querySelectorAll("mark.portal-passage")) {
    const parent = made.parentNode;
    made.replaceWith(...made.childNodes);
    parent.normalize();
  }
}

function textsOf(paper) {
  const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
