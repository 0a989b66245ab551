// On the page of a form: what of it fills itself from the sitting on this device, and the filled file.
import { listen } from "../kept/store.js";
import { handOverFilled, known } from "../ui/filled.js";
import { button, make, makeStatus, zaloNote } from "../ui/ui.js";

const box = document.querySelector("[data-hd-fill]");
const names = JSON.parse(box.dataset.hdFields);
const each = box.dataset.hdEach.split(" ").filter(Boolean);
const address = box.dataset.hdFill;
const kind = address.endsWith(".xlsx") ? "Excel" : "Word";

function summary({ values, lists }) {
  const told = names.filter(([name]) => values[name]).length;
  const parts = [`${told}/${names.length} điều của kỳ họp`];
  if (each.length) parts.push(`${Math.max(...each.map((one) => lists[one].length))} ${each.includes("tai-lieu") && each.length === 1 ? "tài liệu" : "nội dung"}`);
  return `Điền sẵn được: ${parts.join("; ")}.`;
}

function lines({ values }) {
  return make("dl", { class: "hd-fill__values" }, ...names.map(([name, label]) => make("div", {},
    make("dt", { text: label.split(";")[0] }),
    make("dd", values[name] ? { text: values[name].replace("\n", " / ") } : { class: "hd-quiet", text: "chưa ghi" }))));
}

function show() {
  const data = known();
  if (!data) return;
  const open = box.querySelector("details")?.open;
  const details = make("details", { class: "hd-lessons" }, make("summary", { text: "Xem từng điều sẽ điền" }), lines(data),
    make("p", {}, make("a", { href: `${box.dataset.hdSitting}#dien-tep-word`, text: "Ghi thêm, sửa ở Kỳ họp đang chuẩn bị" }),
      ...(each.length ? [" · ", make("a", { href: box.dataset.hdList, text: "Sửa danh mục nội dung" })] : [])));
  details.open = !!open;
  place.replaceChildren(make("p", { class: "hd-fill__sum", text: summary(data) }), details);
}

const place = make("div");
const save = button(`Tải tệp ${kind} đã điền`, async () => {
  save.disabled = true;
  await handOverFilled(address);
  save.disabled = false;
  save.focus();
});
// From disk no page may read the file beside it.
if (location.protocol.startsWith("http")) {
  const zalo = zaloNote("");
  box.replaceChildren(...[zalo, place, make("div", { class: "hd-row" }, save), makeStatus()].filter(Boolean));
  listen(show);
  show();
}
