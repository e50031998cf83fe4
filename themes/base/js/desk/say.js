// Words of the server's, filled in; live regions.

/** `Đã thêm dòng %{n}.` with its values. */
export const fill = (text, values) => (text ?? "").replace(/%\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Tells a screen reader through the form's own status region. */
export function say(form, text) {
  const region = form?.querySelector("[data-portal-form-status]");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50); // a live region tells changes, not repetitions
}

/** 14:05, as clocks in Vietnam show it. */
export const clock = (moment) =>
  new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" }).format(moment);
