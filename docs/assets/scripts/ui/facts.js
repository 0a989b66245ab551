// Fields of the sitting that is prepared, wherever a page asks for them: kept as they are typed, told with their weekday.
import { daysLeft, longDay } from "../sitting/dates.js";
import * as store from "../kept/store.js";
import { inReach, today } from "../basics/times.js";

/** Say beside a date field which weekday a day is and how far off; a browser in another language shows it otherwise. */
export function sayDay(form, name, day, opening = "") {
  const place = form.querySelector(`[data-hd-day="${name}"]`);
  const early = ["closing", "issued"].includes(name) && day && opening && day < opening ? ". Trước ngày khai mạc: bảng không tính theo ngày này" : "";
  if (place) place.textContent = inReach(day) ? `${longDay(day)}, ${daysLeft(day, today())}${early}` : "";
}

const fieldsOf = (form) => [...form.elements].filter(({ name }) => Object.prototype.hasOwnProperty.call(store.FACTS, name));

/** Keep what is typed into a form; `wrong(field)` hears of a day that is not whole yet. Returns how to show what is kept. */
export function bindFacts(form, noted, wrong) {
  let shown = "";
  // What was typed while this script was on its way.
  const early = store.sittingOf(store.current()) ? [] : fieldsOf(form).filter(({ type, value }) => type !== "checkbox" && value);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (!fieldsOf(form).includes(target)) return;
    // A year typed as “26” is the year 26.
    if (target.type === "date" && !target.validity.valid) return;
    store.update((document_) => {
      if (!store.sittingOf(document_)) store.addSitting(document_, {});
      const { facts } = store.sittingOf(document_);
      facts[target.name] = target.type === "checkbox"
        ? [...form.querySelectorAll(`[name="${target.name}"]:checked`)].map(({ value }) => value).join(" ")
        : target.value.normalize("NFC").slice(0, store.FACTS[target.name]);
    });
  });
  form.addEventListener("change", ({ target }) => {
    const bad = target.type === "date" && !target.validity.valid;
    if (target.type === "date") target.setAttribute("aria-invalid", String(bad));
    if (bad) wrong(target);
    else noted();
  });
  const show = () => {
    const sitting = store.sittingOf(store.current());
    // The facts of one sitting are never typed on in another.
    const switched = shown !== "" && shown !== store.current().current;
    shown = store.current().current;
    for (const field of fieldsOf(form)) {
      const value = sitting ? sitting.facts[field.name] : "";
      if (field.type === "checkbox") field.checked = value.split(" ").includes(field.value);
      else if ((switched || field !== document.activeElement) && field.value !== value) field.value = value;
      if (field.type === "date") sayDay(form, field.name, value, sitting ? sitting.facts.opening : "");
    }
  };
  for (const field of early) field.dispatchEvent(new Event("input", { bubbles: true }));
  return show;
}
