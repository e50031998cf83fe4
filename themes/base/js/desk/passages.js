// Confirm screen: the passage of the paper that a field was read from is marked while the field has the focus.

/** `paper` is the element with the paper's text; positions count its characters (code points), as the server does. */
export function passages(paper) {
  const onField = (event) => {
    const field = event.target.closest("[data-passage-start][data-passage-end]");
    if (field) mark(paper, Number(field.dataset.passageStart), Number(field.dataset.passageEnd));
  };
  document.addEventListener("focusin", onField);
  document.addEventListener("click", onField);
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
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[0]?.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
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
