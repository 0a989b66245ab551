// Tables of a draft: rows of cells that stand together, their unit of money.
const UNIT = /(?:đơn vị(?:\s+tính)?|đvt)\s*:?\s*\(?\s*((?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng|%|nghìn đ|tr\.?\s*đ|1\.000\s*đ(?:ồng)?)/iu;
const NAMES = [[/tỷ|tỉ/iu, "tỷ đồng"], [/triệu|tr\.?\s*đ/iu, "triệu đồng"], [/nghìn|ngàn|1\.000/iu, "nghìn đồng"], [/%/u, "%"], [/đồng|đ/iu, "đồng"]];

export function unitIn(text) {
  const found = UNIT.exec(text);
  const named = found && NAMES.find(([pattern]) => pattern.test(found[1]));
  return named ? named[1] : "";
}

const isLayout = (rows) => rows.some((cells) => cells.some((cell) => /cộng h(?:òa|oà) xã hội|nơi nhận\s*:|độc lập\s*[-–]\s*tự do/iu.test(cell)));

/** [{line, to, rows, unit, caption}]: the tables that hold content; those that only lay out head and end are left out. */
export function tablesOf(lines) {
  const found = [];
  let line = 0;
  while (line < lines.length) {
    if (!lines[line].cells) {
      line += 1;
      continue;
    }
    let to = line;
    while (to + 1 < lines.length && lines[to + 1].cells && lines[to + 1].table === lines[line].table) to += 1;
    const rows = lines.slice(line, to + 1).map(({ cells }) => cells);
    if (rows.length > 1 && !isLayout(rows)) {
      const before = lines.slice(Math.max(0, line - 4), line).map(({ text }) => text);
      const unit = [...before.reverse(), ...rows.slice(0, 3).map((cells) => cells.join(" ")), ...(lines[to + 1] ? [lines[to + 1].text] : [])].map(unitIn).find(Boolean) || "";
      found.push({ line, to, rows, unit, caption: before.find((text) => text.trim() && !unitIn(text)) || "" });
    }
    line = to + 1;
  }
  return found;
}
