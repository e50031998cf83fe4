// Asks the server what is wrong with the formula, a moment after the last key; the answer is read out.
const PAUSE = 500;

export function formula(area) {
  const url = area.form?.dataset.formulaUrl;
  if (!url) return;
  const good = document.querySelector("script[data-text-good]")?.dataset.textGood ?? "";
  const told = document.createElement("p");
  told.className = "portal-eform__formula";
  told.setAttribute("role", "status");
  area.after(told);
  let timer = 0;
  let latest = 0;

  async function check() {
    const mine = ++latest;
    if (!area.value.trim()) { told.textContent = ""; return; }
    try {
      const answer = await fetch(`${url}&cong_thuc=${encodeURIComponent(area.value)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== latest) return;
      const { problems } = await answer.json();
      told.textContent = problems.length ? problems.join(" ") : good;
      told.classList.toggle("portal-eform__formula--wrong", problems.length > 0);
      told.classList.toggle("portal-eform__formula--good", problems.length === 0);
    } catch { told.textContent = ""; }  // no connection: saving says the same
  }

  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, PAUSE); });
  if (area.value.trim()) check();
}
