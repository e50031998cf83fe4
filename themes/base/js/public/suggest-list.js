// The list under a find box. It stands beside the page's landmark, not inside the header, which cuts off what hangs out.
let count = 0;

export function options(form, input, go) {
  const page = form.ownerDocument;
  const id = `portal-suggest-${(count += 1)}`;
  const said = form.dataset;
  const home = form.closest("main, header, body > *") || page.body;
  const status = home.appendChild(made(page, "div", "govuk-visually-hidden", { role: "status" }));
  const list = home.appendChild(made(page, "ul", "portal-suggest", { role: "listbox", id, "aria-label": said.saidLabel }));
  list.hidden = true;
  let rows = [];
  let active = -1;

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocapitalize: "off", spellcheck: "false",
  })) input.setAttribute(name, value);

  const mark = (next) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = next;
    const one = list.children[active];
    if (!one) return input.removeAttribute("aria-activedescendant");
    one.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", one.id);
    return one.scrollIntoView({ block: "nearest" });
  };
  const place = () => {
    const box = form.getBoundingClientRect();
    list.style.top = `${box.bottom + window.scrollY + 4}px`;
    list.style.left = `${box.left + window.scrollX}px`;
    list.style.width = `${box.width}px`;
  };
  const close = () => {
    mark(-1);
    if (list.hidden) return;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };
  const show = (found) => {
    mark(-1);
    rows = found;
    list.replaceChildren(...found.map((row, at) => option(page, row, `${id}-${at + 1}`)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) place();
    const text = found.length === 1 ? said.saidOne : said.saidMany;
    status.textContent = found.length ? text.replace("%{n}", found.length) : said.saidNone;
  };

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (rows[at]) go(rows[at].path);
  });
  window.addEventListener("resize", () => list.hidden || place());

  return {
    show,
    close,
    leave: () => mark(-1),
    move: (step) => mark(((active + 1 + step + rows.length + 1) % (rows.length + 1)) - 1),
    choose: () => rows[active] && go(rows[active].path),
    get isOpen() { return !list.hidden; },
    get hasActive() { return active >= 0; },
  };
}

function option(page, { title, number, label }, id) {
  const row = made(page, "li", "portal-suggest__option", { role: "option", id, "aria-selected": "false" });
  row.append(made(page, "span", "portal-suggest__title", { lang: "vi" }, title));
  const more = [number, label].filter(Boolean).join(" · ");
  if (more) row.append(made(page, "span", "portal-suggest__more", {}, more));
  return row;
}

function made(page, tag, name, attributes = {}, text = "") {
  const element = page.createElement(tag);
  element.className = name;
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
