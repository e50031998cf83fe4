// Text size and contrast (requirement A12-3), remembered in this browser only.
const SIZES = ["", "portal-text-large", "portal-text-larger"];
const CONTRAST = "portal-contrast";

export function display(page) {
  const group = page.querySelector("[data-portal-display]");
  if (!group) return;
  const root = page.documentElement;
  const size = () => Math.max(0, SIZES.findIndex((name) => name && root.classList.contains(name)));
  const buttons = Object.fromEntries([...group.querySelectorAll("button")].map((button) => [button.value, button]));

  const refresh = () => {
    buttons.contrast.setAttribute("aria-pressed", String(root.classList.contains(CONTRAST)));
    buttons.smaller.setAttribute("aria-disabled", String(size() === 0));
    buttons.larger.setAttribute("aria-disabled", String(size() === SIZES.length - 1));
  };
  const resize = (step) => {
    const next = Math.min(SIZES.length - 1, Math.max(0, size() + step));
    root.classList.remove(...SIZES.filter(Boolean));
    if (SIZES[next]) root.classList.add(SIZES[next]);
  };
  const keep = () => {
    const chosen = [...SIZES, CONTRAST].filter((name) => name && root.classList.contains(name));
    try {
      localStorage.setItem("portal-display", chosen.join(" "));
    } catch {
      // Nothing can be kept: the choice holds for this page.
    }
  };
  const actions = {
    smaller: () => resize(-1),
    larger: () => resize(1),
    contrast: () => root.classList.toggle(CONTRAST),
  };
  group.addEventListener("click", (event) => {
    const action = actions[event.target.closest("button")?.value];
    if (!action) return;
    action();
    refresh();
    keep();
  });
  refresh();
  group.hidden = false;
}
