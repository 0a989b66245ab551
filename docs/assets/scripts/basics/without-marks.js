// Vietnamese without marks, as readers type it. The search's own script gets the same lines by the build.
const COMBINING = /[\u0300-\u036f]/g;
/** “Đường” → “duong”; Unicode does not take đ apart. */
export const withoutMarks = (text) => text.toLowerCase().normalize("NFD").replace(COMBINING, "").replace(/đ/g, "d");
