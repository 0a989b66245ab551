// The print button appears only where printing can work; without script the browser's menu does it.
const button = document.querySelector("[data-hd-print]");
if (button && typeof window.print === "function") {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
