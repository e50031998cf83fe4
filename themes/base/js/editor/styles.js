// Styles of foreign HTML. A page whose policy forbids inline styles complains of each one that it parses, and browsers drop
// the mso-… properties: so they are set aside under another name before parsing, and read from there.

/** The HTML without <style>, and with `style` and event attributes named `data-…`. */
export function inert(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)(style|on\w+)(?=\s*=)/gi, "$1data-$2"));
}

/** The declarations that were set aside, by property. */
export function styleOf(element) {
  const found = {};
  for (const declaration of (element.getAttribute("data-style") ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0) found[declaration.slice(0, colon).trim().toLowerCase()] = declaration.slice(colon + 1).trim().toLowerCase();
  }
  return found;
}
