// Reads a text aloud with the browser's own voice; offered only when it has one for the language of the text.
const LONGEST = 180;

function pieces(text) {
  const sentences = text.replace(/\s+/g, " ").match(/[^.;:!?]+[.;:!?]*\s*/g) || [];
  return sentences.reduce((parts, sentence) => {
    const last = parts.length - 1;
    if (last >= 0 && parts[last].length + sentence.length < LONGEST) parts[last] += sentence;
    else parts.push(sentence);
    return parts;
  }, []);
}

export function listen(page) {
  const button = page.querySelector("[data-portal-listen]");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;
  const source = page.querySelector(button.dataset.portalListen);
  const language = source?.closest("[lang]")?.lang || "vi";
  const [start, stop] = button.querySelectorAll("[data-portal-when]");

  const show = (speaking) => {
    button.setAttribute("aria-pressed", String(speaking));
    start.hidden = speaking;
    stop.hidden = !speaking;
  };
  const offer = () => {
    const voice = speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
    if (!voice || !source) return;
    button.hidden = false;
    button.onclick = () => {
      const speaking = speech.speaking;
      speech.cancel();
      show(!speaking);
      if (speaking) return;
      const parts = pieces(source.innerText).map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
      parts.at(-1)?.addEventListener("end", () => show(false));
      parts.forEach((part) => speech.speak(part));
    };
  };
  show(false);
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", () => speech.cancel());
}
