// Saves the draft while it is written. A save that did not reach the server keeps the text in this browser.
import { collect, restore } from "./controls.js";
import { forget, keep, kept } from "./drafts.js";
import { clock, fill } from "./say.js";

const QUIET = 2_000; // ms without typing before a save
const APART = 10_000; // ms between two saves, and the longest wait while somebody types on

export class Autosave {
  constructor(form, timing = { quiet: QUIET, apart: APART }) {
    this.form = form;
    this.timing = timing;
    this.words = form.dataset;
    this.lastSave = -Infinity;
    this.last = JSON.stringify(collect(form));
    this.paused = false;
    this.status = form.querySelector("[data-autosave-status]");
    this.alert = form.querySelector("[data-autosave-alert]");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.sending());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => { this.sent = false; }); // back from the next page
    document.addEventListener("visibilitychange", () => this.look());
    this.offer();
  }

  /** Whether the server lacks something of what is typed. */
  get dirty() {
    return JSON.stringify(collect(this.form)) !== this.last;
  }

  changed() {
    const now = Date.now();
    this.firstChange ??= now;
    const due = Math.max(this.lastSave + this.timing.apart, Math.min(now + this.timing.quiet, this.firstChange + this.timing.apart));
    clearTimeout(this.timer);
    if (!this.paused) this.timer = setTimeout(() => this.save(), due - now);
    else this.keepHere();
  }

  // Coming back from the sign-in in another tab.
  look() {
    if (document.visibilityState === "hidden") this.leave();
    else if (this.expired) this.save({ anyway: true });
  }

  leave() {
    if (!this.sent && this.dirty) this.keepHere();
  }

  sending() {
    clearTimeout(this.timer);
    this.sent = true;
    keep(this.form, collect(this.form), this.words.version, true); // until the next page of this form shows a newer version
  }

  /** Saves at once when something changed; `anyway` also while paused. Answers whether the server has it all. */
  async save({ anyway = false } = {}) {
    clearTimeout(this.timer);
    if (this.sent || (this.paused && !anyway)) return false;
    if (this.running) return this.running.then(() => this.save({ anyway }));
    const pairs = collect(this.form);
    if (JSON.stringify(pairs) === this.last && !this.expired) {
      if (anyway && this.savedAt) this.tell(fill(this.words.textSaved, { time: clock(this.savedAt) }));
      return true;
    }
    this.firstChange = undefined;
    this.lastSave = Date.now();
    this.running = this.post(pairs);
    try {
      return await this.running;
    } finally {
      this.running = undefined;
    }
  }

  async post(pairs, again = true) {
    let response;
    try {
      response = await fetch(this.words.autosaveUrl, {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRF-Token": this.token },
        body: new URLSearchParams([...pairs.filter(([name]) => name !== "version"), ["version", this.words.version ?? ""]]),
      });
    } catch {
      return this.offline(pairs);
    }
    const answer = await jsonOf(response);
    if (response.ok && answer) return this.saved(pairs, answer);
    if (response.status === 409) return this.conflict(pairs, answer);
    if (response.status === 422) return this.refused(pairs, answer);
    if (response.status >= 500) return this.offline(pairs);
    if (again && (await this.freshToken())) return this.post(pairs, false);
    return this.signedOut(pairs);
  }

  saved(pairs, answer) {
    this.last = JSON.stringify(pairs);
    this.paused = this.expired = false;
    this.savedAt = Date.now();
    if (answer.version !== undefined) this.setVersion(answer.version);
    forget(this.form);
    this.warn("");
    this.tell(answer.message || fill(this.words.textSaved, { time: clock(this.savedAt) }));
    if (this.dirty) this.changed();
    return true;
  }

  // Somebody else saved meanwhile: never overwrite, never lose. The person decides on the page both texts are on.
  conflict(pairs, answer) {
    this.paused = true;
    this.expired = false;
    this.keepHere(pairs);
    this.warn(answer?.message || this.words.textConflict, answer?.href, this.words.textCompare);
    return false;
  }

  refused(pairs, answer) {
    this.keepHere(pairs);
    this.tell(answer?.message || this.words.textRefused);
    return false;
  }

  signedOut(pairs) {
    this.paused = this.expired = true;
    const safe = this.keepHere(pairs);
    this.warn(safe ? this.words.textExpired : this.words.textNowhere, this.words.signInUrl, this.words.textSignIn);
    return false;
  }

  offline(pairs) {
    const safe = this.keepHere(pairs);
    this.tell(safe ? this.words.textOffline : this.words.textNowhere);
    this.timer = setTimeout(() => this.save(), this.timing.apart);
    return false;
  }

  keepHere(pairs = collect(this.form)) {
    return keep(this.form, pairs, this.words.version);
  }

  get token() {
    return this.form.querySelector('input[name="csrf_token"]')?.value ?? "";
  }

  // After a new sign-in the session, and so the token, is another one: this page, read again, carries it.
  async freshToken() {
    try {
      const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(`form[id="${CSS.escape(this.form.id)}"] input[name="csrf_token"]`)?.value;
      if (!fresh) return false;
      for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = fresh;
      return true;
    } catch {
      return false; // no connection either
    }
  }

  setVersion(version) {
    this.words.version = String(version);
    const input = this.form.elements.namedItem("version");
    if (input) input.value = String(version);
    this.last = JSON.stringify(JSON.parse(this.last).map(([name, value]) => [name, name === "version" ? String(version) : value]));
  }

  // What an earlier page could not save.
  offer() {
    const found = kept(this.form);
    if (!found || !Array.isArray(found.pairs)) return;
    const same = (pairs) => JSON.stringify(pairs.filter(([name]) => name !== "version"));
    if (same(found.pairs) === same(JSON.parse(this.last))) return forget(this.form);
    const take = this.form.querySelector("[data-autosave-restore]");
    if (!take) return;
    take.querySelector("[data-autosave-restore-text]").textContent = fill(this.words.textRestore, {
      time: new Intl.DateTimeFormat(document.documentElement.lang || "vi", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).format(found.at),
    });
    take.hidden = false;
    const [yes, no] = ["take", "drop"].map((which) => take.querySelector(`[data-autosave-restore-${which}]`));
    yes.addEventListener("click", () => {
      restore(this.form, found.pairs);
      take.hidden = true;
      this.tell(this.words.textRestored);
      this.changed();
    });
    no.addEventListener("click", () => {
      forget(this.form);
      take.hidden = true;
    });
  }

  tell(text) {
    if (this.status) this.status.textContent = text ?? "";
  }

  warn(text, href, link) {
    if (!this.alert) return;
    this.alert.hidden = !text;
    this.alert.replaceChildren(text ?? "");
    if (!text || !href) return;
    const anchor = Object.assign(document.createElement("a"), { href, target: "_blank", textContent: link ?? href, className: "govuk-link" });
    this.alert.append(" ", anchor);
  }
}

async function jsonOf(response) {
  if (response.redirected || !/\bjson\b/.test(response.headers.get("content-type") ?? "")) return null;
  try {
    return await response.json();
  } catch {
    return null; // cut off on the way: treated as not saved
  }
}
