// On a narrow screen the filter begins closed, so that the list itself is seen first.
export function filters(page) {
  for (const details of page.querySelectorAll("[data-portal-filters]")) {
    details.open = window.matchMedia("(min-width: 960px)").matches;
    details.dataset.portalReady = "";
  }
}
