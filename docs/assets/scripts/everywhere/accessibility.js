// What the theme leaves out for keyboards and screen readers: names of the search window and of sections of
// the navigation whose label is only an arrow; buttons of the header that are only labels.
const search = document.querySelector(".md-search[role='dialog']");
const field = search?.querySelector("input[aria-label]");
if (field) {
  search.setAttribute("aria-label", field.getAttribute("aria-label"));
}
for (const section of document.querySelectorAll("nav.md-nav[aria-labelledby]")) {
  const label = document.getElementById(section.getAttribute("aria-labelledby"));
  const heading = section.parentElement?.querySelector(":scope > .md-nav__container, :scope > .md-nav__link");
  if (!label?.textContent.trim() && heading?.textContent.trim()) {
    section.removeAttribute("aria-labelledby");
    section.setAttribute("aria-label", heading.textContent.trim().replace(/\s+/g, " "));
  }
}

// Of the two choices of colours only one is shown. While none is chosen, whoever comes from behind would stop
// at the other, unseen.
function chooseShownColours() {
  for (const choice of document.querySelectorAll(".md-option")) {
    if (!choice.nextElementSibling.hidden) choice.checked = true;
  }
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", chooseShownColours);
else chooseShownColours();

// A label takes no focus and may not be called a button, so one lies over it: keys and screen readers meet
// the button, fingers and mice the label.
const NAMES = { __drawer: "Mục lục", __search: "Tìm kiếm" };
for (const label of document.querySelectorAll(".md-header__button[for=__drawer], .md-header__button[for=__search]")) {
  const toggle = document.getElementById(label.htmlFor);
  if (!toggle) continue;
  const key = document.createElement("button");
  key.type = "button";
  key.className = `hd-key hd-key${label.htmlFor}`;
  key.setAttribute("aria-label", NAMES[label.htmlFor]);
  const tell = () => key.setAttribute("aria-expanded", String(toggle.checked));
  tell();
  toggle.addEventListener("change", tell);
  key.addEventListener("click", () => {
    toggle.click();
    const inside = label.htmlFor === "__drawer" ? ".md-sidebar--primary a[href]" : ".md-search__input";
    // It becomes visible with the next frame; what is hidden takes no focus.
    if (toggle.checked) requestAnimationFrame(() => document.querySelector(inside)?.focus());
  });
  label.before(key);
}
// On a narrow screen the field lies in a window that its button opens; a way through the page that met the
// field itself would open the window unasked, and come back to another place.
const searching = document.getElementById("__search");
const beside = matchMedia("(min-width: 60em)");
// What has been found can be scrolled by keys while the window is open; closed it is no stop (overrides/main.html).
const panel = search?.querySelector(".md-search__scrollwrap");
function stopAtField() {
  field.tabIndex = beside.matches || searching.checked ? 0 : -1;
  if (panel) panel.tabIndex = searching.checked ? 0 : -1;
}
if (field && searching) {
  stopAtField();
  searching.addEventListener("change", stopAtField);
  beside.addEventListener("change", stopAtField);
}
const drawer = document.getElementById("__drawer");
document.querySelector(".md-sidebar--primary")?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer?.checked) return;
  drawer.click();
  document.querySelector(".hd-key__drawer")?.focus();
});

// A table wider than the screen is moved sideways, by keys too: then its frame, which the theme's script puts around it, is a
// stop. What fits is none.
function reachTables() {
  const look = new ResizeObserver((all) => {
    for (const { target } of all) {
      const isWide = target.scrollWidth > target.clientWidth;
      const attributes = { tabindex: "0", role: "group", "aria-label": "Bảng rộng hơn màn hình, xem hết bằng phím mũi tên" };
      for (const [name, value] of Object.entries(attributes)) {
        if (isWide) target.setAttribute(name, value);
        else target.removeAttribute(name);
      }
    }
  });
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) look.observe(frame);
}
if (document.readyState === "complete") reachTables();
else addEventListener("load", reachTables, { once: true });

// Nobody unfolds paper: what is folded is printed open, by a style where the browser knows it (print.css).
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("article details:not([open], .hd-answers)")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
    folded = [];
  });
}
