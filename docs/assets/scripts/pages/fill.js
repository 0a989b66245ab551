// On the page of a form: what of it fills itself from the sitting on this device, and the filled file.
import { mattersOf, withoutKind } from "../sitting/matters.js";
import { current, listen, sittingOf } from "../kept/store.js";
import { handOverFilled, known } from "../ui/filled.js";
import { button, make, makeStatus, zaloNote } from "../ui/ui.js";

const box = document.querySelector("[data-hd-fill]");
const names = JSON.parse(box.dataset.hdFields);
const each = box.dataset.hdEach.split(" ").filter(Boolean);
const address = box.dataset.hdFill;
const kind = address.endsWith(".xlsx") ? "Excel" : "Word";
const hint = [...box.childNodes];

function summary({ values, lists, sitting }) {
  const told = names.filter(([name]) => values[name]).length;
  const parts = [`${told}/${names.length} điều của kỳ họp`];
  if (each.length) parts.push(`${lists["noi-dung"].length} nội dung`);
  const unclear = each.length ? withoutKind(mattersOf(sitting).map(([, matter]) => matter)).length : 0;
  return `Điền sẵn được: ${parts.join("; ")}.${unclear ? ` ${unclear} nội dung chưa chọn loại: chọn trước khi tải, có biểu mẫu sẽ bỏ sót.` : ""}`;
}

function lines({ values }) {
  return make("dl", { class: "hd-prefill__values" }, ...names.map(([name, label]) => make("div", {},
    make("dt", { text: label.split(";")[0] }),
    make("dd", values[name] ? { text: values[name].replace("\n", " / ") } : { class: "hd-quiet", text: "chưa ghi" }))));
}

function show() {
  const data = known();
  if (!data) {
    box.replaceChildren(...hint);
    return;
  }
  const open = place.querySelector("details")?.open;
  const details = make("details", { class: "hd-lessons" }, make("summary", { text: "Xem từng điều sẽ điền" }), lines(data),
    make("p", {}, make("a", { href: `${box.dataset.hdSitting}#dien-tep-word`, text: "Ghi thêm, sửa ở Kỳ họp đang chuẩn bị" }),
      ...(each.length ? [" · ", make("a", { href: box.dataset.hdList, text: "Sửa danh mục nội dung" })] : [])));
  details.open = !!open;
  place.replaceChildren(make("p", { class: "hd-prefill__sum", text: summary(data) }), details);
  if (!box.contains(place)) box.replaceChildren(...[zaloNote(""), place, make("div", { class: "hd-row" }, save), status].filter(Boolean));
}

const place = make("div");
const status = makeStatus();
const save = button(`Tải tệp ${kind} đã điền`, async () => {
  save.disabled = true;
  try {
    await handOverFilled(address);
  } finally {
    save.disabled = false;
    save.focus();
  }
});
if (location.protocol.startsWith("http")) {
  listen(show);
  if (sittingOf(current())) show();
} else {
  // From disk no page may read the file beside it.
  box.replaceChildren(make("p", { class: "hd-quiet", text: `Mở tệp ${kind}, gõ tên xã, khóa, kỳ họp một lần: cả tệp đổi theo. Bản trên mạng có nút tải tệp đã điền.` }));
}
