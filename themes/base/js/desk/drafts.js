// The copy in this browser: kept only while the server does not have the text.
const PREFIX = "portal-draft:";
const LONGEST = 7 * 24 * 3600 * 1000; // ms: an official text does not stay for ever on a shared computer

const keyOf = (form) => `${PREFIX}${location.pathname}#${form.id}`;

/** Keeps the pairs; false when the browser keeps nothing (private window, storage full). */
export function keep(form, pairs, version, sent = false) {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ pairs, version, sent, at: Date.now() }));
    return true;
  } catch {
    return false; // the caller says so to the person
  }
}

/** {pairs, version, sent, at} or null. A copy that was sent and has led to a newer version has done its duty. */
export function kept(form) {
  try {
    sweep();
    const found = JSON.parse(localStorage.getItem(keyOf(form)));
    const done = found?.sent && Number(form.dataset.version) > Number(found.version);
    if (done) forget(form);
    return done ? null : found;
  } catch {
    return null; // no storage, or not ours
  }
}

export function forget(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // no storage: nothing was kept
  }
}

function sweep() {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    if (!(Date.now() - JSON.parse(localStorage.getItem(key)).at < LONGEST)) localStorage.removeItem(key);
  }
}
