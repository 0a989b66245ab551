// Names for screen readers where the theme gives none: the search window, and sections of the
// navigation whose label is only an arrow.
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
