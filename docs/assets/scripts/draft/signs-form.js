// Signs of form: number, signature, recipients, what the ending and the head must have.
import { isOtherPaper, whole } from "./places.js";

/** By its kind; a text whose Article 1 tells scope and whom it is for is normative whatever its title. */
const normative = ({ kinds, answers, parts }) => (parts.articles.length && /^phạm vi điều chỉnh(?: và|,) đối tượng áp dụng/iu.test(parts.articles[0].title) ? "quy-pham" : (kinds[answers.kind] || {}).normative);
const office = ({ parts }) => (parts.signature ? parts.signature.office.join(" / ").toLowerCase() : "");

/** How the symbol of each kind of paper begins. */
const BEGINS = { "to-trinh": /^ttr/iu, "bao-cao": /^bc/iu, "quyet-dinh": /^qđ/iu, "ke-hoach": /^kh/iu, "thong-bao": /^tb/iu };

export const TESTS = {
  "sl-thuong-truc-thong-qua-ky-hop": ({ parts, ...all }) => (parts.adopted && /kỳ họp/iu.test(parts.adopted.text) && !/phiên họp|thường trực[^.;]{0,60}thông qua/iu.test(parts.adopted.text) ? [whole(all, parts.adopted.line)] : []),
  "sl-pho-ky-thieu-kt": (all) => (/phó chủ tịch/u.test(office(all)) && !/kt\.|chủ tọa|chủ toạ/u.test(office(all)) ? [whole(all, all.parts.signature.line)] : []),
  "sl-dieu-khong-ten": (all) => {
    const { articles } = all.parts;
    return articles.some(({ title }) => title) ? articles.filter(({ title, to, line }) => !title && to > line).map(({ line }) => whole(all, line)) : [];
  },
  "sl-quy-pham-thieu-nam": (all) => {
    const { number } = all.parts;
    return number && normative(all) === "quy-pham" && !number.hasYear ? [whole(all, number.line)] : [];
  },
  "sl-ca-biet-co-nam": (all) => {
    const { number } = all.parts;
    return number && number.hasYear && normative(all) === "ca-biet" ? [whole(all, number.line)] : [];
  },
  "sl-ky-hieu-khac": (all) => {
    const { number, type } = all.parts;
    return number && type && type.value === "nghi-quyet" && (!/hđnd/iu.test(number.symbol) || !/^nq/iu.test(number.symbol)) ? [whole(all, number.line)] : [];
  },
  "sl-ky-hieu-loai": (all) => {
    const { number, type, body } = all.parts;
    const begins = number && type ? BEGINS[type.value] : null;
    if (!begins || !number.symbol) return [];
    const isOther = Object.entries(BEGINS).some(([kind, one]) => kind !== type.value && one.test(number.symbol));
    const isOfOther = body && ((body.value === "ubnd" && /hđnd$/iu.test(number.symbol)) || (["hdnd", "thuong-truc"].includes(body.value) && /ubnd$/iu.test(number.symbol)));
    return (isOther && !begins.test(number.symbol)) || (isOfOther && isOtherPaper(all)) ? [whole(all, number.line)] : [];
  },
  "sl-dau-trang-ubnd": (all) => {
    const { body, type, council } = all.parts;
    return body && body.value === "ubnd" && type && type.value === "nghi-quyet" && council && /^(?:hội đồng|hđnd|thường trực)/iu.test(council.value) ? [whole(all, body.line)] : [];
  },
  "sl-ky-hieu-ban": (all) => (all.parts.number && /^[a-z]+-hđnd$/iu.test(all.parts.number.symbol) ? [whole(all, all.parts.number.line)] : []),
  "sl-ky-thay": (all) => (/(?:^|\/ )kt\./u.test(office(all)) ? [whole(all, all.parts.signature.line)] : []),
  "sl-ky-thua-lenh": (all) => {
    const BY_ORDER = /(?:^|\s|\/ )(?:tl|tuq)\s?\.|chánh văn phòng|trưởng phòng/u;
    if (!BY_ORDER.test(office(all))) return [];
    const { line } = all.parts.signature;
    const own = all.lower.slice(line, line + 6).findIndex((words) => BY_ORDER.test(words));
    return [whole(all, own < 0 ? line : line + own)];
  },
  "sl-ky-ubnd": (all) => {
    const OF_COMMITTEE = /ủy ban|uỷ ban|ubnd/u;
    // Another board, or the council, below a paper that is somebody else’s.
    const { body, signature } = all.parts;
    if (isOtherPaper(all) && body && signature) {
      const isCouncils = /(?:tm\.|t\/m)\s*(?:hội đồng|hđnd|thường trực hội)/u.test(office(all));
      const boards = ["kinh tế", "văn hóa", "pháp chế"].filter((one) => new RegExp(`ban ${one}`, "u").test(office(all)));
      const head = all.lower.slice(all.parts.range.line, all.parts.type.line).join(" ");
      if ((body.value === "ubnd" && isCouncils) || (body.value === "ban" && boards.length === 1 && /ban (?:kinh tế|văn hóa|pháp chế)/u.test(head) && !head.includes(`ban ${boards[0]}`))) return [whole(all, signature.line)];
    }
    // Its own submission, with its own name above.
    if (!OF_COMMITTEE.test(office(all)) || (isOtherPaper(all) && all.parts.body && all.parts.body.value === "ubnd")) return [];
    const { line } = all.parts.signature;
    const own = all.lower.slice(line, line + 6).findIndex((words) => OF_COMMITTEE.test(words.split("\t").pop()));
    return [whole(all, own < 0 ? line : line + own)];
  },
  "sl-khong-chu-ky": ({ parts }) => (parts.articles.length && !parts.signature ? [{}] : []),
  "sl-khong-ten-nguoi-ky": ({ parts }) => (parts.articles.length && parts.signature && !parts.signature.name ? [{ line: parts.signature.line }] : []),
  "sl-khong-noi-nhan": ({ parts }) => (parts.articles.length && !parts.recipients ? [{}] : []),
  "sl-noi-nhan-khong-luu": (all) => {
    const { recipients } = all.parts;
    const said = recipients ? all.lower.slice(recipients.line, recipients.to + 2).join("\n") : "";
    return recipients && recipients.items.length && !/lưu/u.test(said) ? [whole(all, recipients.line)] : [];
  },
  "sl-khong-ghi-ky-hop": ({ parts }) => (parts.articles.length && ![parts.council && parts.council.value, parts.adopted && parts.adopted.text].some((words) => /kỳ họp/iu.test(words || "")) ? [{}] : []),
  "sl-khong-ghi-thong-qua": ({ parts }) => (parts.articles.length && !parts.adopted ? [{}] : []),
  "sl-khong-quyet-nghi": ({ parts }) => (parts.articles.length && !parts.resolves ? [{}] : []),
  "sl-khong-dia-danh-ngay": ({ parts }) => (parts.articles.length && parts.number && !parts.dated ? [{}] : []),
  "sl-khong-quoc-hieu": ({ parts, lower }) => (parts.articles.length && parts.body && !lower.slice(0, 14).some((words) => /cộng h(?:òa|oà) xã hội chủ nghĩa/u.test(words)) ? [{}] : []),
  "sl-phong-chu-cu": ({ text }) => (text.file.oldFont ? [{ detail: `Phông ${text.file.oldFont}.` }] : []),
  "sl-to-hop": ({ text }) => (text.file.decomposed ? [{}] : []),
};
