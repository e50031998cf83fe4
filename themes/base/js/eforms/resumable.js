// Files of a form in pieces (tus 1.0): a cut line costs one piece. Without this the form sends them as ever.
const PIECE = 512 * 1024;
const TRIES = 8;
const VERSION = { "Tus-Resumable": "1.0.0" };

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const later = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

class Refused extends Error {}

export class Upload {
  constructor(file, { url, owner, field, token, fetch = globalThis.fetch.bind(globalThis), wait = later, onProgress = () => {} }) {
    Object.assign(this, { file, url, owner, field, token, fetch, wait, onProgress, place: null, sent: 0 });
  }

  async run() {
    for (let failed = 0; ;) {
      try {
        if (this.place === null) await this.announce();
        else if (failed) await this.ask();
        while (this.sent < this.file.size) { await this.piece(); failed = 0; }
        return this;
      } catch (error) {
        failed += 1;
        if (error instanceof Refused || failed > TRIES) throw error;
        await this.wait(Math.min(30_000, 500 * 2 ** failed));
      }
    }
  }

  async send(address, method, headers = {}, body = undefined) {
    const own = { ...VERSION, "X-CSRF-Token": this.token, "X-Upload-Owner": this.owner, ...headers };
    const answer = await this.fetch(address, { method, headers: own, body, credentials: "same-origin" });
    if (answer.status === 409 || answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (!answer.ok) throw new Refused(await answer.text());
    return answer;
  }

  async announce() {
    const about = { owner: this.owner, field: this.field, filename: this.file.name };
    const metadata = Object.entries(about).map(([name, value]) => `${name} ${base64(value)}`).join(",");
    const answer = await this.send(this.url, "POST", { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata });
    this.place = answer.headers.get("Location");
  }

  async ask() {
    this.sent = Number((await this.send(this.place, "HEAD")).headers.get("Upload-Offset"));
    this.onProgress(this.sent, this.file.size);
  }

  async piece() {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.sent) };
    const answer = await this.send(this.place, "PATCH", headers, this.file.slice(this.sent, this.sent + PIECE));
    this.sent = Number(answer.headers.get("Upload-Offset"));
    this.onProgress(this.sent, this.file.size);
  }
}

// A form sent while files are still on their way waits for them and then sends itself, by the button that was pressed.
// A file that was refused keeps it on the page: the person must read why.
export function resumable(form, Way = Upload) {
  const { uploadUrl: url, uploadOwner: owner, uploadWaiting } = form.dataset;
  const token = form.querySelector("input[name=csrf_token]")?.value ?? "";
  let running = 0;
  let pressed = null;
  form.addEventListener("submit", (event) => {
    if (!running) return;
    event.preventDefault();
    pressed = { by: event.submitter, note: pressed?.note ?? said(uploadWaiting) };
    (pressed.by ?? form).after(pressed.note);
  });
  const finished = (refused) => {
    running -= 1;
    if (refused || !running) pressed?.note.remove();
    if (refused) pressed = null;
    if (running || !pressed) return;
    const { by } = pressed;
    pressed = null;
    form.requestSubmit(by);
  };
  for (const input of form.querySelectorAll("input[type=file]")) {
    if (input.closest("[data-portal-row]")) continue; // a file in a row goes with the form
    const field = [...(input.closest(".portal-field")?.classList ?? [])]
      .find((name) => name.startsWith("portal-field--"))?.slice("portal-field--".length);
    if (!field) continue;
    const list = document.createElement("ul");
    list.className = "portal-uploading";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const line of list.querySelectorAll(".govuk-error-message")) line.closest("li").remove();
      running += files.length;
      for (const file of files) {
        const line = list.appendChild(document.createElement("li"));
        const name = line.appendChild(document.createElement("span"));
        const bar = line.appendChild(document.createElement("progress"));
        let refused = false;
        name.textContent = `${file.name} `;
        bar.max = file.size;
        bar.setAttribute("aria-label", file.name);
        try {
          await new Way(file, { url, owner, field, token, onProgress: (sent) => { bar.value = sent; } }).run();
          name.textContent = `${file.name} ✓`;
        } catch (error) {
          refused = true;
          name.textContent = `${file.name}: ${error.message}`;
          name.className = "govuk-error-message";
        }
        bar.remove();
        finished(refused);
      }
    });
  }
}

function said(text) {
  const note = document.createElement("p");
  note.className = "govuk-hint";
  note.setAttribute("role", "status");
  note.textContent = text ?? "";
  return note;
}
