// What every insider's page does where script runs; each page is whole without it.

// A hardware scanner types a burst and ends it with Enter, each at its own pace: by cable every few milliseconds, by
// radio with gaps that are longer than a quick typist's and now and then much longer. So a burst that began fast may
// pause, any other is held to its own rhythm, and what stays slower is a person's. Keys inside a field that asked for
// them stay there.
const FAST = 60;
const SLOW = 300;
const PAUSE = 1000;
const SHORTEST = 6;
const EVEN = 0.15;
// Some scanners end with Tab; what they typed before it is no step to the next field.
const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
// A scanner that speaks another keyboard's layout, and an input method that swallows letters, both spoil what keys mean;
// where they are on the board stays true. So both readings are sent and the server takes the one that is a code.
const SIGNS = { Slash: "/?", Semicolon: ";:", Period: ".>", Minus: "-_", Equal: "=+", Space: "  ", Comma: ",<", BracketLeft: "[{",
  BracketRight: "]}", Quote: "'\"", Backslash: "\\|" };
const DIGITS = { 1: "!", 2: "@", 3: "#", 4: "$", 5: "%", 6: "^", 7: "&", 8: "*", 9: "(", 0: ")" };
let burst = "";
let placed = "";
let times = [];
let last = 0;
let pace = 0;
let beganFast = false;

function follow(gap) {
  if (gap > (beganFast ? PAUSE : Math.min(PAUSE, Math.max(SLOW, 3 * pace)))) [burst, placed] = ["", ""];
  if (!burst) [pace, beganFast, times] = [0, false, []];
  else pace = Math.max(pace, gap);
  if (burst.length === 1) beganFast = gap <= FAST;
}

const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

// A scanner is quick throughout, or slow but even; a person's keys come unevenly, however quick he is.
function mechanical(text) {
  const gaps = times.slice(1).map((at, n) => at - times[n]);
  const usual = middle(gaps);
  return usual <= FAST || (/\d/.test(text) && middle(gaps.map((gap) => Math.abs(gap - usual))) <= EVEN * usual);
}

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");

function place(event) {
  const [, letter, digit] = /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code) ?? [];
  if (letter) return event.shiftKey || event.getModifierState?.("CapsLock") ? letter : letter.toLowerCase();
  if (digit) return event.shiftKey ? DIGITS[digit] : digit;
  return SIGNS[event.code]?.[event.shiftKey ? 1 : 0] ?? "";
}

function wedge(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  // No scanner holds a key down; who scrolls by the space bar does.
  if (event.repeat) { [burst, placed] = ["", ""]; return; }
  follow(event.timeStamp - last);
  last = event.timeStamp;
  const sign = place(event);
  if (event.key.length === 1 || sign) {
    burst += event.key.length === 1 ? event.key : sign;
    placed += sign;
    times.push(event.timeStamp);
  }
  if (ENDS.has(event.code) && burst.length >= SHORTEST) {
    const [text, keys] = [burst, placed];
    [burst, placed] = ["", ""];
    if (!mechanical(text + keys) && ![text, keys].some(plain)) return;
    event.preventDefault();
    arrive(text, keys);
  }
}

const ADDRESS = /^https?:\/\//i;

// The check character vouches for a code (rules/identity.py): Damm's over 32 signs.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function vouched(text) {
  const [code] = /\b(?:[0-9A-Z]{13}|P[0-9A-Z]{9})\b/.exec(text.toUpperCase()) ?? [""];
  let state = 0;
  for (const sign of code) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) return false;
    state = (state ^ value) << 1;
    if (state >> 5) state ^= 0b100101;
  }
  return code !== "" && state === 0;
}

// What nobody types by chance counts at any rhythm.
const plain = (text) => ADDRESS.test(text) || vouched(text);

// A field takes one reading: an address is plain by its signs, which only the true layout leaves as they were, and a
// bare code by its check character.
function likelier(text, keys) {
  if (ADDRESS.test(keys) !== ADDRESS.test(text)) return ADDRESS.test(keys) ? keys : text;
  return !vouched(text) && vouched(keys) ? keys : text;
}

function arrive(text, keys) {
  const basket = document.querySelector("[data-basket-into]");
  if (basket) {
    basket.value = likelier(text, keys);
    basket.form.requestSubmit();
    return;
  }
  const into = document.querySelector("[data-scan-into]");
  if (into && !into.value) {
    into.value = likelier(text, keys);
    into.dispatchEvent(new Event("input", { bubbles: true }));
    // Where one scan is all that is asked for, it is the second of two and sends the form; a slip can be undone.
    if ("scanSends" in into.dataset) { into.form.requestSubmit(); return; }
    into.closest("form").querySelector("button:not([type=button])")?.focus();
    return;
  }
  const read = keys.toUpperCase() === text.toUpperCase() ? { text } : { text, keys };
  location.assign("/scan?" + new URLSearchParams({ ...aim(), ...read }));
}

// What somebody chose to do before he scanned stands in the address of the page that he scans on.
const aim = () => location.pathname === "/scan" ? Object.fromEntries([...new URLSearchParams(location.search)]
  .filter(([name]) => ["do", "mark", "part"].includes(name))) : {};

// One of our own codes that a scanner types into a field which asked for something else is taken out again: nobody
// types so fast, and nothing that was typed before is lost. The field keeps what it held, and the part is offered.
const OURS = /(?:https?:\/\/\S+\/)?[0-9a-z]{13}\/(?:[0-9a-z]{6}|paper)$|(?:https?:\/\/\S+\/)?[0-9a-z]{13}$/i;
const ASKED = "[data-scan-into], [data-basket-into], [type=password], [type=search], .typed-code input, [name=q], [name=code]";
let held = [];

function overrun(event) {
  const field = event.target;
  if (!field.matches?.("input, textarea") || field.matches(ASKED) || event.ctrlKey || event.metaKey) return;
  if (event.timeStamp - (held.at(-1)?.at ?? 0) > FAST || held[0]?.field !== field) held = [];
  if (ENDS.has(event.code)) return takeOut(event, field);
  if (event.key.length === 1) held.push({ at: event.timeStamp, sign: event.key, field, before: field.value });
}

function changed(one) {
  if (one.options) return one.selectedIndex !== Math.max(0, [...one.options].findIndex((choice) => choice.defaultSelected));
  return one.value !== one.defaultValue || one.checked !== one.defaultChecked;
}

function takeOut(event, field) {
  const text = held.map((one) => one.sign).join("");
  const found = OURS.exec(text);
  const [first] = held.slice(found?.index ?? 0);
  held = [];
  if (!found) return;
  event.preventDefault();
  field.value = first.before;
  const unsaved = [...document.querySelectorAll("main input:not([type=hidden]), main textarea, main select")].some(changed);
  if (unsaved && !confirm(document.body.dataset.leave)) return;
  location.assign("/scan?" + new URLSearchParams({ text: found[0] }));
}

// A field that waits for a scan must not send its form at the scanner's Enter: the next field comes first.
function keepForm(event) {
  if (event.key !== "Enter" || !event.target.matches("[data-scan-into]")) return;
  const fields = [...event.target.form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// One sending a form: the key makes a second one harmless, a waiting button makes it unlikely.
function once(event) {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

// Times are sent with their offset; a calendar of the browser's own is easier to use than typing one.
function calendar(field) {
  const offset = /([+-]\d\d:\d\d|Z)$/.exec(field.value)?.[1] ?? "Z";
  const chooser = document.createElement("input");
  for (const name of ["id", "required", "aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) chooser.setAttribute(name, field.getAttribute(name));
  }
  chooser.type = "datetime-local";
  chooser.value = field.value.slice(0, 16);
  chooser.addEventListener("input", () => { field.value = chooser.value && chooser.value + offset; });
  field.type = "hidden";
  field.removeAttribute("id");
  field.before(chooser);
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("[data-menu][open], [data-sheet][open]")) {
    if (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target)) continue;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  }
}

function countDown(form) {
  if (form.dataset.counting) return;
  form.dataset.counting = "yes";
  let left = Number(form.dataset.undo);
  const button = form.querySelector("button");
  const words = button.textContent;
  const tick = () => {
    button.textContent = `${words} (${left})`;
    if (left-- <= 0) { clearInterval(timer); form.remove(); }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

document.addEventListener("keydown", wedge);
document.addEventListener("keydown", overrun);
document.addEventListener("keydown", keepForm);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("submit", once);
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));
document.querySelectorAll("input[data-instant]").forEach(calendar);
const countAll = () => document.querySelectorAll("[data-undo]").forEach(countDown);
document.addEventListener("renewed", countAll);
countAll();
document.querySelector("[data-focus]")?.focus();
if (document.querySelector("[data-done]") && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(80);
