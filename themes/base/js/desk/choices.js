// A long list of check boxes gets a box to narrow it by; what is ticked always stays in sight.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "d").toLowerCase();

/** `group` is the form group of a list marked with `data-portal-choices`; its texts stand in the attributes of the list. */
export function choices(group) {
  const list = group.querySelector("[data-portal-choices]");
  const items = [...list.querySelectorAll(".govuk-checkboxes__item")].map((item) => ({
    item, box: item.querySelector("input"), words: plain(item.textContent),
  }));
  const label = document.createElement("label");
  label.className = "govuk-label portal-choices__label";
  label.textContent = list.dataset.textFilter;
  const input = Object.assign(document.createElement("input"), { type: "search", className: "govuk-input portal-choices__filter" });
  input.id = label.htmlFor = `${items[0]?.box.id ?? "choices"}-filter`;
  input.autocomplete = "off";
  const told = document.createElement("p");
  told.className = "govuk-hint portal-choices__told";
  told.setAttribute("role", "status");
  const narrow = () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { item, box, words } of items) {
      item.hidden = !box.checked && !wanted.every((word) => words.includes(word));
      if (!item.hidden) shown += 1;
    }
    const chosen = items.filter(({ box }) => box.checked).length;
    told.textContent = list.dataset.textTold.replace("%{shown}", shown).replace("%{all}", items.length).replace("%{chosen}", chosen);
  };
  input.addEventListener("input", (event) => { event.stopPropagation(); narrow(); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.addEventListener("change", narrow);
  list.before(label, input, told);
  narrow();
}
