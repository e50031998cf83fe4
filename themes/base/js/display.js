// Runs before the first paint: the visitor's own choice of text size and contrast, and "there is a script".
const root = document.documentElement;
root.classList.add("portal-js");
try {
  for (const choice of (localStorage.getItem("portal-display") || "").split(" ")) {
    if (/^portal-[a-z-]+$/.test(choice)) root.classList.add(choice);
  }
} catch {
  // The browser keeps nothing for this site: the page shows as designed.
}
