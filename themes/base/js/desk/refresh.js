// A part of the page that says how far something is: fetched anew until it is done.
const EVERY = 3000; // ms

/** `place` carries data-portal-refresh="on" as long as there is more to come. */
export function refresh(place, every = EVERY) {
  if (place.dataset.portalRefresh !== "on") return;
  hideLink(place);
  setTimeout(async () => {
    const fresh = document.hidden ? null : await fetched();
    if (fresh && !place.contains(document.activeElement)) {
      const [before, after] = [place.querySelector("[role=status]"), fresh.querySelector("[role=status]")];
      place.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
      place.dataset.portalRefresh = fresh.dataset.portalRefresh;
      const now = place.querySelector("[role=status]"); // the same element goes on: a live region tells its changes
      if (before && now && after) {
        now.replaceWith(before);
        if (before.textContent !== after.textContent) before.textContent = after.textContent;
      }
    }
    refresh(place, fresh || document.hidden ? every : Math.min(every * 2, 60_000));
  }, every);
}

async function fetched() {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("[data-portal-refresh]");
  } catch {
    return null; // no connection: tried again, less often
  }
}

function hideLink(place) {
  place.querySelector("[data-portal-refresh-link]")?.setAttribute("hidden", "");
}
