// Names of other texts within a sentence: words that stand there are not the draft's own.

/** Where the name of another text begins: its kind, then a number, a day or “về”. */
const BEGINS = /(?:nghị quyết|quyết định|nghị định|thông tư|luật|bộ luật|pháp lệnh|tờ trình|báo cáo|kế hoạch|công văn|kết luận|thông báo|chỉ thị|văn bản)\s+(?:số\s*:?\s*[\d.…[/_x]|liên tịch|[\d.]+\/|ngày\s|của\s+(?:quốc hội|chính phủ|ủy ban|uỷ ban|hội đồng|hđnd|ubnd|bộ|thủ tướng|ban|thường trực))|(?:luật|pháp lệnh)\s+(?:tổ chức|ngân sách|đầu tư|ban hành|hoạt động|phí|đất đai|thực hiện|bảo vệ|xây dựng|thi đua|cán bộ|viên chức|bầu cử|tiếp công dân|khiếu nại|tố cáo|phòng|quản lý|giáo dục|cư trú|hộ tịch|mặt trận|kế toán|kiểm toán|đấu thầu|quy hoạch|nhà ở|lâm nghiệp|thủy lợi|di sản|an ninh|dân quân|lực lượng|nghĩa vụ|trẻ em|người|bảo hiểm|thuế|hòa giải|trợ giúp|phổ biến)\s/gu;
/** Where it ends: the sentence, a semicolon, or what the draft itself does with it. */
const ENDS = /[;.]\s|;$|\.$|\n|, (?:xét|theo đề nghị|giao|đề nghị|yêu cầu)\s|\s(?:như sau|với các nội dung|và giao|kể từ|hết hiệu lực|có hiệu lực)/gu;
const QUOTED = /“[^“”]{1,400}”|"[^"]{1,300}"|«[^«»]{1,300}»/gu;
const blank = (length) => " ".repeat(length);

/** The text, lower-case, with the names of other texts and quoted words blanked; its length stays. */
export function outsideCitations(lower) {
  const text = lower.replace(QUOTED, (words) => blank(words.length));
  const kept = [];
  let from = 0;
  BEGINS.lastIndex = 0;
  for (let found = BEGINS.exec(text); found; found = BEGINS.exec(text)) {
    // “pháp luật đất đai” names no law.
    if (text.slice(Math.max(0, found.index - 5), found.index) === "pháp ") continue;
    ENDS.lastIndex = found.index + found[0].length;
    const end = ENDS.exec(text);
    const to = end ? end.index : text.length;
    kept.push(text.slice(from, found.index), blank(to - found.index));
    from = to;
    if (!end) break;
    BEGINS.lastIndex = to;
  }
  return kept.join("") + text.slice(from);
}
