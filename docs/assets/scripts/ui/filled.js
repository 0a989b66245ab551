// Gets a form, fills it in with the sitting on this device and hands it to the browser.
import { DAYS_OFF } from "../data/days-off.js";
import { DEADLINES } from "../data/deadlines.js";
import { listsOf, programmeRows, valuesOf } from "../sitting/form-values.js";
import * as store from "../kept/store.js";
import { NAMELESS, nameOf } from "../sitting/names.js";
import { inReach } from "../basics/times.js";
import { handOver, say } from "./ui.js";

const KINDS = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
/** The form of a programme: its tables are laid from the one that the reader has made. */
const PROGRAMME = "bm10";
const NO_TEMPLATE = "Chưa tải được tệp mẫu. Cần mạng cho lần tải đầu; thử lại khi có mạng.";

/** What the sitting on this device puts into forms: {values, lists, sitting}; null without a sitting. */
export function known() {
  const document_ = store.current();
  const sitting = store.sittingOf(document_);
  return sitting && { values: valuesOf(document_, sitting, DEADLINES, DAYS_OFF), lists: listsOf(sitting), sitting };
}

async function filled(bytes, kind, { values: told, lists, sitting }, stem) {
  // What takes files apart comes with the first file that is asked for.
  if (kind === "docx") {
    const { filledWord } = await import("../office/word-file.js");
    const halves = stem === PROGRAMME ? programmeRows(sitting) : [];
    const values = { ...told };
    // What the programme says goes before what was planned.
    if (halves.length) values["so-buoi"] = String(halves.length).padStart(2, "0");
    const last = halves[halves.length - 1];
    if (last && last.day) values["be-mac"] = last.day;
    return { bytes: filledWord(bytes, values, lists, halves), left: 0 };
  }
  const { filledTable } = await import("../office/excel-file.js");
  const name = nameOf(sitting);
  const opening = inReach(sitting.facts.opening) ? sitting.facts.opening : "";
  return filledTable(bytes, name === NAMELESS ? "" : name, opening, lists["noi-dung"]);
}

async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** Hand over the form at an address, filled in, and say what came of it. From disk no page may read a file: whoever calls hides this there. */
export async function handOverFilled(address) {
  const data = known();
  if (!data) {
    say("Chưa có kỳ họp nào trên máy: ghi ở trang Kỳ họp đang chuẩn bị trước.");
    return;
  }
  const [, stem, kind] = /([^/]+)\.(docx|xlsx)$/.exec(new URL(address, location.href).pathname);
  const bytes = await fetched(address);
  if (!bytes) {
    say(NO_TEMPLATE);
    return;
  }
  try {
    const made = await filled(bytes, kind, data, stem);
    handOver(`${stem}-da-dien.${kind}`, made.bytes, KINDS[kind], "mở trang bằng trình duyệt khác");
    if (made.left) say(`Bảng không đủ dòng: còn ${made.left} nội dung chưa vào tệp. Thêm dòng trong tệp rồi ghi tay.`);
  } catch (fault) {
    say(fault.name === "BadFile" ? "Tệp mẫu tải về bị lỗi. Tải lại trang rồi thử lần nữa."
      : "Chưa tải được phần điền tệp. Tải lại trang khi có mạng rồi thử lần nữa.");
  }
}
