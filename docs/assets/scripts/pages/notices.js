// What readers must know until a day: what is over is not shown; without this script it tells its last day.
import { today } from "../basics/times.js";

for (const one of document.querySelectorAll("[data-hd-show-until]")) {
  if (one.dataset.hdShowUntil < today()) one.remove();
}
