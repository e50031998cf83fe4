// Who else has this draft open: the server says it in a sentence, which is shown while this page is looked at.
const EVERY = 15_000;

export function presence(place, every = EVERY) {
  let timer;
  const ask = async () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") return;
    try {
      const response = await fetch(place.dataset.presenceUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) return; // signed out or gone: the autosave tells that
      const { message } = await response.json();
      if (place.textContent !== (message ?? "")) place.textContent = message ?? "";
    } catch {
      // no connection: what was last known stays, and the next turn asks again
    }
    timer = setTimeout(ask, every);
  };
  if (!place.hasAttribute("role")) place.setAttribute("role", "status");
  document.addEventListener("visibilitychange", ask);
  ask();
}
