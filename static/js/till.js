// The till: two tones when it is paid, a word when the line drops, and printing.

const MUTED = "till.muted";
const TONES = [880, 1318.5]; // hertz, one after the other
const LENGTH = 0.16; // seconds of each

let audio = null;

function isMuted() {
  try {
    return localStorage.getItem(MUTED) === "yes";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function setMuted(muted) {
  try {
    localStorage.setItem(MUTED, muted ? "yes" : "no");
  } catch {
    // Then it holds for this page alone, as the button says.
  }
}

// A browser lets a page sound only after somebody did something on it: sending the amount is that.
function wake() {
  const Kind = window.AudioContext ?? window.webkitAudioContext;
  if (!Kind) return;
  audio ??= new Kind();
  if (audio.state === "suspended") audio.resume();
}

function sound() {
  if (isMuted()) return;
  wake();
  if (!audio) return;
  TONES.forEach((pitch, place) => {
    const from = audio.currentTime + place * LENGTH;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + LENGTH);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + LENGTH);
  });
}

function trouble(kind) {
  for (const notice of document.querySelectorAll("[data-till-trouble]")) {
    notice.hidden = notice.dataset.tillTrouble !== kind;
  }
}

function soundButton(button) {
  const words = button.querySelector("span");
  const say = () => {
    words.textContent = isMuted() ? button.dataset.off : button.dataset.on;
  };
  button.hidden = false;
  say();
  button.addEventListener("click", () => {
    setMuted(!isMuted());
    say();
  });
}

document.querySelectorAll("[data-till-sound]").forEach(soundButton);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

document.addEventListener("submit", wake, true);
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.querySelector("[data-till-paid]")) sound();
});
document.addEventListener("htmx:sendError", () => trouble("line"));
document.addEventListener("htmx:responseError", (event) => {
  // A server that is being restarted comes back; what it refuses it will refuse again.
  trouble(event.detail.xhr.status >= 500 ? "line" : "page");
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status < 400) trouble("");
});
