// The print button appears only where printing can work; without script the browser's menu does it.
import { canPrint } from "../ui/inside.js";

const button = document.querySelector("[data-hd-print]");
if (button && canPrint) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
