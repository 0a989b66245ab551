// The words of the draft check: what is asked, what was read, the report as text.
import { FOOT } from "../draft/with-data.js";
import { vnDate } from "../basics/times.js";

export const LEVELS = ["Cần xem lại", "Nên xem lại", "Gợi ý", "Lưu ý theo bài học"];
export const BODIES = { hdnd: "Hội đồng nhân dân", "thuong-truc": "Thường trực HĐND", ban: "Ban của HĐND", khac: "Cơ quan khác" };
export const STATES = { "du-thao": "Dự thảo, số và ngày còn để trống", "trinh-ky": "Bản trình ký" };
const NAMES = {
  body: "Cơ quan ban hành", number: "Số, ký hiệu", dated: "Địa danh, ngày", type: "Loại văn bản", title: "Tên",
  grounds: "Căn cứ", submission: "Tờ trình", verification: "Báo cáo thẩm tra", resolves: "Câu quyết nghị", articles: "Các điều",
  implementation: "Điều tổ chức thực hiện", effect: "Điều hiệu lực", adopted: "Câu ghi kỳ họp thông qua", signature: "Chữ ký", recipients: "Nơi nhận",
};

const day = (one) => (one ? vnDate(one) : "");
const VALUES = {
  body: ({ value, name }) => [BODIES[value] || "", name].filter(Boolean).join(", "),
  number: ({ value }) => value,
  dated: (one) => [one.place, day(one.day) || one.year].filter(Boolean).join(", "),
  title: ({ value }) => value,
  grounds: (all) => (all.length ? `${all.length} căn cứ` : ""),
  submission: ({ number, day: on, by }) => [number, day(on), by].filter(Boolean).join(", ") || "có nêu",
  verification: ({ number, day: on, by }) => [number, day(on), by].filter(Boolean).join(", ") || "có nêu",
  articles: (all) => (all.length ? all.map(({ label }) => label).join(", ") : ""),
  implementation: () => "có",
  effect: ({ text }) => text.slice(0, 160),
  adopted: ({ text }) => text.slice(0, 160),
  signature: ({ office }) => office.join(" / "),
  recipients: ({ items }) => `${items.length} nơi`,
};

/** What was read of a draft: {facts: [[name, value], …], missing: [name, …]}. */
export function factsOf(read, { file }) {
  const facts = [];
  const missing = [];
  for (const [part, show] of Object.entries(VALUES)) {
    const value = read[part] ? show(read[part]) : "";
    if (value) facts.push([NAMES[part], value]);
    else if (part in read) missing.push(NAMES[part]);
  }
  const own = [file.creator && `người tạo ${file.creator}`, file.lastBy && `sửa lần cuối ${file.lastBy}`, file.modified && day(file.modified.slice(0, 10)),
    file.comments && `${file.comments} chú thích`, file.changes && `${file.changes} vết sửa`].filter(Boolean);
  if (own.length) facts.push(["Thuộc tính tệp", own.join(", ")]);
  return { facts, missing };
}

/** The result as text to send: the list, then what it is not. */
export function reportText(found, name, recordOf) {
  const lines = found.map((one, index) => `${index + 1}. [${one.level}] ${recordOf(one.sign).title}${one.quote ? `: “${one.quote}”` : ""}. ${[one.message, one.detail, one.mend].filter(Boolean).join(" ")}`);
  return [`Soát lỗi dự thảo${name ? `: ${name}` : ""}`, ...(lines.length ? lines : ["Không thấy chỗ nào cần nhắc."]), FOOT].join("\n");
}
