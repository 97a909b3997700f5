// The scanner island: the browser's own detector where there is one, else a reader compiled to WebAssembly that this
// site serves itself. What is read goes to /scan, where the server parses it. Typing and a photo work without script.

const EVERY = 90;
const FORMATS = ["qr_code", "data_matrix", "code_128"];
const island = document.querySelector("[data-scanner]");
const video = island.querySelector("video");
const said = island.querySelector("[data-said]");
const words = island.dataset;
let running = false;
let starting = false;
let round = 0;

const say = (text) => { said.textContent = text; };
const part = (name) => island.querySelector(`[data-${name}]`);
const show = (name, shown) => { if (part(name)) part(name).hidden = !shown; };

// What somebody chose on this tablet stays with it; where nothing may be kept, it is chosen again.
const kept = (name) => { try { return localStorage.getItem(`scan.${name}`); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(`scan.${name}`, value); } catch { /* It is chosen again. */ } };

async function native() {
  if (!("BarcodeDetector" in globalThis) || words.force === "wasm") return null;
  const known = await BarcodeDetector.getSupportedFormats();
  if (!known.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: FORMATS.filter((one) => known.includes(one)) });
  return async (source) => (await detector.detect(source))[0]?.rawValue;
}

async function compiled() {
  const reader = await import(words.reader);
  reader.prepareZXingModule({ overrides: { locateFile: () => words.wasm } });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const options = { formats: ["QRCode", "DataMatrix", "Code128"], maxNumberOfSymbols: 1, tryHarder: true };
  let frame = 0;
  // Most labels read in a narrow frame, which costs a sixth. Every third is wide for what is far away, and every fifth
  // is blurred, since a blur closes the scratches that break a finder (labels.md §5.2, §10).
  return async (source) => {
    frame += 1;
    const scale = Math.min(1, (frame % 3 ? 640 : 1280) / source.videoWidth);
    canvas.width = source.videoWidth * scale;
    canvas.height = source.videoHeight * scale;
    pen.filter = frame % 5 ? "none" : `blur(${canvas.width / 640}px)`;
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    const found = await reader.readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), options);
    return found.find((one) => one.isValid)?.text;
  };
}

// One for all tones of a page: browsers allow a handful, and a basket takes hundreds of scans.
let sounding = null;

function beep() {
  try {
    sounding ??= new AudioContext();
    const tone = sounding.createOscillator();
    tone.frequency.value = 1320;
    tone.connect(sounding.destination);
    tone.start();
    tone.stop(sounding.currentTime + 0.08);
  } catch { /* A tablet without sound still vibrates and shows the word. */ }
}

let last = { text: "", at: 0 };

// A page that collects scans takes them itself and leaves the camera on; the same code again within a moment is one scan.
function collected(text) {
  const again = last.text === text && Date.now() - last.at < 3000;
  last = { text, at: Date.now() };
  if (again) { say(words.again); return true; }
  const taken = !island.dispatchEvent(new CustomEvent("scanned", { detail: text, cancelable: true, bubbles: true }));
  if (taken) { feel(); say(words.found); }
  return taken;
}

// Browsers refuse both, with a message in the console, until somebody has touched the page.
function feel() {
  if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
  if (kept("quiet") === "yes") return;
  navigator.vibrate?.(120);
  beep();
}

function found(text) {
  stop();
  feel();
  say(words.found);
  location.assign(words.action + (words.action.includes("?") ? "&" : "?") + "text=" + encodeURIComponent(text));
}

// A frame that cannot be read is not the last one. Where the browser's own detector fails at every frame, which some do
// behind a working name, the reader that this site serves takes over.
const FAILURES = 5;

async function watch(read, instead) {
  // One loop at a time: what a camera that was stopped meanwhile still reads belongs to nobody.
  const mine = ++round;
  for (let failed = 0; running && mine === round;) {
    try {
      const text = video.readyState >= 2 && !video.paused ? await read(video) : undefined;
      failed = 0;
      if (text && running && mine === round && !collected(text)) return found(text);
    } catch (error) {
      failed += 1;
      if (failed >= FAILURES && !instead) throw error;
      if (failed >= FAILURES) return watch(await instead());
    }
    await new Promise((next) => setTimeout(next, EVERY));
  }
}

// A screen that goes dark puts the tablet down for whoever holds a part in both hands; where it may not, it goes dark.
let awake = null;
const wake = async () => {
  const lock = await navigator.wakeLock?.request("screen").catch(() => null);
  if (running) awake = lock;
  else lock?.release();
};

function stop() {
  running = false;
  awake?.release();
  awake = null;
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  for (const name of ["pause", "torch", "zoom"]) show(name, false);
  for (const name of ["pause", "torch"]) part(name)?.setAttribute("aria-pressed", false);
  island.classList.remove("live");
}

// Paused, the picture stands still and nothing is read: both hands are free, and no code is taken by chance.
function pause(button) {
  const still = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", still);
  if (still) video.pause();
  else video.play();
  say(still ? words.paused : words.aim);
}

function offerZoom(track) {
  const range = track.getCapabilities?.().zoom;
  if (!range) return;
  const slider = part("zoom").querySelector("input");
  Object.assign(slider, { min: range.min, max: range.max, step: range.step || 0.1, value: kept("zoom") ?? range.min });
  const set = () => track.applyConstraints({ advanced: [{ zoom: Number(slider.value) }] });
  // Set and not added: the camera may start more than once on a page, each time with a track of its own.
  slider.oninput = () => { keep("zoom", slider.value); set(); };
  if (kept("zoom")) set();
  show("zoom", true);
}

function offerTorch(track) {
  const button = island.querySelector("[data-torch]");
  if (!track.getCapabilities?.().torch) return;
  button.hidden = false;
  button.onclick = () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    track.applyConstraints({ advanced: [{ torch: on }] });
  };
}

async function start() {
  if (running || starting) return;
  starting = true;
  island.classList.add("live");
  try {
    const ideal = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: ideal, audio: false });
    await video.play();
    const [track] = video.srcObject.getVideoTracks();
    // Unplugged, or taken by another program: a picture that stands still would look as if it still read.
    track.onended = () => { stop(); say(words.missing); };
    offerTorch(track);
    offerZoom(track);
    running = true;
    starting = false;
    // Who left while the browser asked is not filmed behind his back; the camera starts when he comes back.
    if (document.hidden) return rest();
    show("pause", true);
    wake();
    say(words.aim);
    const own = await native();
    await watch(own ?? (await compiled()), own && compiled);
  } catch (error) {
    starting = false;
    stop();
    say(error.name === "NotAllowedError" ? words.refused : words.missing);
  }
}

// A page that nobody sees does not film; whoever comes back finds the camera as he left it.
let rested = false;

function rest() {
  // Leaving a page says so twice, and the second time nothing runs any longer.
  // What was paused stays so: nobody who comes back has a label read by chance.
  rested ||= running && part("pause")?.getAttribute("aria-pressed") !== "true";
  if (running) stop();
}

function resume() {
  if (rested) start();
  rested = false;
}

// A camera wants a connection that nobody can listen to; why there is none is said before anybody looks for a button.
if (!window.isSecureContext || !navigator.mediaDevices) say(words.insecure);
else {
  show("start", true);
  show("sound", true);
  part("start").addEventListener("click", start);
  part("pause")?.addEventListener("click", (event) => pause(event.currentTarget));
}
const sound = part("sound")?.querySelector("input");
if (sound) {
  sound.checked = kept("quiet") !== "yes";
  sound.addEventListener("change", () => keep("quiet", sound.checked ? "no" : "yes"));
}
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : resume()));
addEventListener("pagehide", rest);
addEventListener("pageshow", (event) => event.persisted && resume());
if ("permissions" in navigator && navigator.mediaDevices) {
  // Who allowed the camera once is not asked to press a button again.
  navigator.permissions.query({ name: "camera" }).then((one) => one.state === "granted" && start()).catch(() => {});
}
