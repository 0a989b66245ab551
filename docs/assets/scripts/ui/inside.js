// Browsers inside other apps: there printing does nothing, files that are handed over may be dropped, and what is kept
// may go with the window. Most give their app's name; the others are known by what such windows have in common.
const APPS = [
  ["Zalo", /\bZalo/i],
  ["Messenger", /\bOrca-Android|\bMessenger(?:ForiOS|LiteForiOS|\/)/],
  ["Facebook", /\bFB(?:AN|AV|_IAB)\//],
  ["Instagram", /\bInstagram\b/],
  ["Viber", /\bViber\b/i],
  ["Telegram", /\bTelegram\b/i],
  ["TikTok", /\bTikTok|\bBytedanceWebview|\bmusical_ly/],
];
const NAMELESS = "một ứng dụng khác";

/** The app in whose window a page is open, "" in a browser. A page on the home screen of an iPhone is no app's. */
export function appOf(agent, onHomeScreen = false) {
  const named = APPS.find(([, sign]) => sign.test(agent));
  if (named) return named[0];
  // Android marks such windows; on iPhones and iPads they leave out the browser's name.
  const nameless = /; wv\)/.test(agent) || (/AppleWebKit\//.test(agent) && !/Safari\//.test(agent) && !onHomeScreen);
  return nameless ? NAMELESS : "";
}

export const inside = appOf(navigator.userAgent, navigator.standalone === true);
export const canPrint = typeof window.print === "function" && !inside;
/** What opens the page in a browser, as the app calls it. */
export const wayOut = inside === "Zalo"
  ? "Bấm dấu ba chấm ở góc trên, chọn “Mở bằng trình duyệt”, rồi mới ghi."
  : "Chọn “Mở bằng trình duyệt”, hoặc sao chép địa chỉ rồi dán vào trình duyệt, rồi mới ghi.";
