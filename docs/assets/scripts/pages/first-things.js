// The first things of a role: opens the time that the sitting on this device is at, and tells how far off it is.
import * as store from "../kept/store.js";
import { daysUntil, timeAt, today } from "../basics/times.js";

const all = [...document.querySelectorAll("[data-hd-times] .hd-time")];
const times = all.map((place) => ({ place, until: place.dataset.hdUntil === "" ? null : Number(place.dataset.hdUntil) }));
let told = "";

function show() {
  const sitting = store.sittingOf(store.current());
  const days = daysUntil(sitting ? sitting.facts.opening : "", today());
  const now = timeAt(times, days);
  for (const { place } of times) {
    const is = place === now?.place;
    place.querySelector("[data-hd-now]").textContent = !is ? "" : days > 0 ? `– còn ${days} ngày` : days === 0 ? "– hôm nay khai mạc" : "– đã khai mạc";
    // What the reader opened or closed stays, until the day or the sitting is another.
    if (now && told !== sitting.facts.opening) place.open = is;
  }
  if (now) told = sitting.facts.opening;
}
store.listen(show);
show();
