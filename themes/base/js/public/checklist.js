// The papers of a service: which of them somebody has already, remembered on this device only.
export function checklist(page) {
  for (const list of page.querySelectorAll("[data-portal-checklist]")) {
    const key = `portal.checklist.${list.dataset.portalChecklist}`;
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    const told = list.querySelector("[role=status]");
    const nameOf = (box) => list.querySelector(`label[for="${box.id}"]`).textContent.trim();
    const tell = () => {
      const done = boxes.filter((box) => box.checked).length;
      told.hidden = done === 0;
      told.textContent = list.dataset.textCount.replace("%{done}", done).replace("%{all}", boxes.length);
    };
    const known = new Set(read(key));
    for (const box of boxes) box.checked = box.checked || known.has(nameOf(box));
    list.addEventListener("change", () => {
      write(key, boxes.filter((box) => box.checked).map(nameOf));
      tell();
    });
    tell();
  }
}

// Storage may be forbidden, full, or hold what somebody else wrote: then nothing is remembered.
function read(key) {
  try {
    const names = JSON.parse(localStorage.getItem(key));
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

function write(key, names) {
  try {
    if (names.length) localStorage.setItem(key, JSON.stringify(names));
    else localStorage.removeItem(key);
  } catch {
    // remembered for this visit only
  }
}
