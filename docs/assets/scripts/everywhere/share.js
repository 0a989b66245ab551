// Sharing a page: its address, its text, or the device's own way. Without script nothing shows.
import { addressed, button, copied, make } from "../ui/element.js";

const header = document.querySelector(".md-header__inner");
const article = document.querySelector("article.md-content__inner");

const ICON =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="6" cy="12" r="2.6"/>' +
  '<circle cx="17.5" cy="5.5" r="2.6"/><circle cx="17.5" cy="18.5" r="2.6"/>' +
  '<path d="M8.4 10.8l6.8-4M8.4 13.2l6.8 4"/></svg>';

// The public address if there is one, else this one; "" for a copy on disk that nobody else can open.
// The place on the page goes with it: an item of a sheet has its own address.
export function pageAddress() {
  const canonical = document.querySelector("link[rel=canonical]")?.href;
  const here = location.protocol.startsWith("http") ? location.origin + location.pathname : "";
  const address = canonical || here;
  return address && addressed() ? address + location.hash : address;
}

const textReader = () => import("./page-text.js");

function build() {
  const opener = make("button", {
    type: "button",
    class: "md-header__button md-icon hd-share-open",
    "aria-label": "Chia sẻ trang này",
    "aria-expanded": "false",
    "aria-controls": "hd-share",
  });
  opener.innerHTML = ICON;
  opener.append(make("span", { "aria-hidden": "true" }, "Chia sẻ"));

  const panel = make("div", {
    id: "hd-share",
    class: "hd-share md-typeset",
    role: "group",
    "aria-label": "Chia sẻ trang này",
    hidden: "",
  });
  const status = make("p", { role: "status" });
  const field = make("textarea", { readonly: "", hidden: "", "aria-label": "Nội dung để sao chép" });

  const copy = async (text, told) => {
    field.hidden = true;
    status.textContent = "";
    if (await copied(text, panel)) {
      status.textContent = told;
      return;
    }
    field.value = text;
    field.hidden = false;
    field.focus();
    field.select();
    status.textContent = "Máy không cho sao chép tự động. Nhấn giữ vào ô này, chọn Sao chép.";
  };

  panel.append(make("p", { class: "hd-share__title" }, "Chia sẻ trang này"));
  if (pageAddress()) {
    panel.append(button("Sao chép địa chỉ", () => copy(pageAddress(), "Đã sao chép địa chỉ. Dán vào Zalo hoặc tin nhắn.")));
  }
  panel.append(
    button("Sao chép nội dung", async () => {
      let reader;
      try {
        reader = await textReader();
      } catch {
        status.textContent = "Chưa tải được phần này: mạng yếu. Hãy tải lại trang.";
        return;
      }
      const { text, whole } = reader.pageText(article, pageAddress());
      const told = whole ? "Đã sao chép nội dung." : "Trang dài: đã sao chép phần đầu.";
      copy(text, `${told} Dán vào Zalo hoặc tin nhắn.`);
    }),
  );
  if (typeof navigator.share === "function" && pageAddress()) {
    panel.append(
      button("Gửi qua ứng dụng khác", async () => {
        try {
          await navigator.share({ title: document.title, url: pageAddress() });
        } catch (error) {
          if (error.name !== "AbortError") {
            status.textContent = "Không gửi được. Hãy sao chép địa chỉ.";
          }
        }
      }),
    );
  }
  if (!pageAddress()) {
    panel.append(make("p", {}, "Bản trên máy không có địa chỉ chung. Hãy gửi nội dung hoặc tệp PDF."));
  }
  panel.append(status, field);

  const show = (open) => {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) {
      textReader().catch(() => {});
    }
    if (!open) {
      status.textContent = "";
      field.hidden = true;
    }
  };
  opener.addEventListener("click", () => show(panel.hidden));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      show(false);
      opener.focus();
    }
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      show(false);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target) && !opener.contains(event.target)) {
      show(false);
    }
  });
  // Whoever tabs on leaves the panel: it must not cover what comes next.
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== opener) {
      show(false);
    }
  });

  // The label may have its key before it already (accessibility.js).
  const search = header.querySelector(".hd-key__search") ?? header.querySelector(".md-header__button[for=__search]");
  header.insertBefore(opener, search);
  opener.after(panel);
}

// A wrong address is not worth sending on.
if (header && article && !document.querySelector("[data-hd-search]")) {
  build();
}
