// Keeps one draft for its reader, only when asked: its words, the answers, what was set aside. No page here.
const { key } = window.hdnd.places.draft;

/** A device has room for about five times this. */
const MOST_LETTERS = 800000;
const SCHEMA = 1;

const isText = (value) => value && Array.isArray(value.lines) && value.lines.every((one) => one && typeof one.text === "string" && (one.cells === null || Array.isArray(one.cells)))
  && value.file && typeof value.file === "object" && Array.isArray(value.told);

/** What was kept, or null. What cannot be read is left where it is and never shown. */
export function read() {
  try {
    const value = JSON.parse(localStorage.getItem(key) || "null");
    if (!value || value.schema !== SCHEMA || !isText(value.text) || !Array.isArray(value.aside)) return null;
    return { text: value.text, answers: value.answers && typeof value.answers === "object" ? value.answers : {}, aside: value.aside.filter((one) => typeof one === "string") };
  } catch {
    return null;
  }
}

/** Keep a draft; "" when it was, or else why not, in words for the reader. */
export function keep({ text, answers, aside }) {
  const raw = JSON.stringify({ schema: SCHEMA, text, answers, aside });
  if (raw.length > MOST_LETTERS) return "Dự thảo dài quá, máy không giữ được. Giữ tệp Word, lần sau chọn lại.";
  try {
    localStorage.setItem(key, raw);
    return "";
  } catch {
    return "Máy này không cho lưu. Giữ tệp Word, lần sau chọn lại.";
  }
}

export function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept where nothing can be.
  }
}
