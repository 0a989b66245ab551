// Names of other texts within a sentence: words that stand there are not the draft's own.

/** Where the name of another text begins: its kind, then a number, a day or “về”. */
const BEGINS = /(?:nghị quyết|quyết định|nghị định|thông tư|luật|bộ luật|pháp lệnh|tờ trình|báo cáo|kế hoạch|công văn|kết luận|thông báo|chỉ thị|văn bản)\s+(?:số\s|liên tịch|[\d.]+\/|ngày\s|của\s+(?:quốc hội|chính phủ|ủy ban|uỷ ban|hội đồng|hđnd|ubnd|bộ|thủ tướng|ban|thường trực))|(?:luật|pháp lệnh)\s+(?:tổ chức|ngân sách|đầu tư|ban hành|hoạt động|phí|đất đai|thực hiện)\s/gu;
/** Where it ends: the sentence, a semicolon, or what the draft itself does with it. */
const ENDS = /[;.]\s|;$|\.$|\n|, (?:xét|theo đề nghị|giao|đề nghị|yêu cầu)\s|\s(?:như sau|với các nội dung|và giao|kể từ|hết hiệu lực|có hiệu lực)/gu;
const QUOTED = /“[^”]{1,300}”|"[^"]{1,300}"/gu;

/** The text, lower-case, with the names of other texts and quoted words blanked; its length stays. */
export function outsideCitations(lower) {
  let text = lower.replace(QUOTED, (words) => " ".repeat(words.length));
  BEGINS.lastIndex = 0;
  let found = BEGINS.exec(text);
  while (found) {
    ENDS.lastIndex = found.index + found[0].length;
    const end = ENDS.exec(text);
    const to = end ? end.index : text.length;
    text = text.slice(0, found.index) + " ".repeat(to - found.index) + text.slice(to);
    BEGINS.lastIndex = to;
    found = BEGINS.exec(text);
  }
  return text;
}
