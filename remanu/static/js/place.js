// Asks the browser for a place after a plain yes, and rounds it here: nothing finer than half a degree is ever sent.

const KEY = "remanu-device";

// A random number that says nothing of the device; the server keeps a digest of it under a key that lasts a week.
const device = () => {
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  try {
    const known = localStorage.getItem(KEY) ?? fresh();
    localStorage.setItem(KEY, known);
    return known;
  } catch {
    return fresh();
  }
};

const cell = (degrees, most) => Math.max(-most, Math.min(most - 1, Math.floor(degrees * 2)));

for (const form of document.querySelectorAll("form[data-place]")) {
  form.addEventListener("submit", (event) => {
    if (!navigator.geolocation || form.elements.row.value) return;
    event.preventDefault();
    const send = () => form.submit();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.row.value = cell(coords.latitude, 180);
        form.elements.column.value = cell(coords.longitude, 360);
        form.elements.device.value = device();
        send();
      },
      send,
      { enableHighAccuracy: false, maximumAge: 600000, timeout: 15000 },
    );
  });
}
