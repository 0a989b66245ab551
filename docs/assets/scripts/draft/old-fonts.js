// Vietnamese as it was written before Unicode: TCVN3 (fonts .VnTime …) has a place of its own for each letter, VNI (fonts
// VNI-Times …) a letter and a mark after it. Both stand in files as letters of western Europe: “Héi ®\u00e5ng”, “Ho\u00e4i \u00f1oàng”.

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The places of TCVN 5712 that fonts of this kind hold, in their order, and the letters that stand there. */
const TCVN3_PLACES = [
  ...range(0xa1, 0xae), ...range(0xb5, 0xb9), ...range(0xbb, 0xbe), ...range(0xc6, 0xcc), ...range(0xce, 0xd8),
  ...range(0xdc, 0xdf), ...range(0xe1, 0xef), ...range(0xf1, 0xfe),
];
const TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
const TCVN3 = new Map(TCVN3_PLACES.map((place, index) => [String.fromCharCode(place), TCVN3_LETTERS[index]]));

const [GRAVE, ACUTE, TILDE, HOOK, DOT] = ["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const [ROOF, BOWL] = ["\u0302", "\u0306"];
/** What a mark of VNI adds to the letter before it. */
const VNI_MARKS = {
  \u00f8: GRAVE, ù: ACUTE, õ: TILDE, \u00fb: HOOK, \u00ef: DOT, â: ROOF, à: ROOF + GRAVE, á: ROOF + ACUTE, ã: ROOF + TILDE, \u00e5: ROOF + HOOK, \u00e4: ROOF + DOT,
  ê: BOWL, è: BOWL + GRAVE, é: BOWL + ACUTE, \u00fc: BOWL + TILDE, ú: BOWL + HOOK, \u00eb: BOWL + DOT,
};
const VNI_LETTERS = { ô: "ơ", \u00f6: "ư", \u00f1: "đ", \u00ee: "ỵ", í: "í", ì: "ì", \u00e6: "ỉ", ó: "ĩ", ò: "ị" };
const VNI = /([aeouyô\u00f6])([\u00f8ùõ\u00fb\u00efâàáã\u00e5\u00e4êèé\u00fcú\u00eb])|[ô\u00f6\u00f1\u00eeíì\u00e6óò]/giu;

const upper = (letter) => letter === letter.toUpperCase() && letter !== letter.toLowerCase();

function fromTcvn3(words, capitals) {
  const plain = words.replace(/[\u00a1-\u00ff]/gu, (letter) => TCVN3.get(letter) ?? letter);
  return capitals ? plain.toUpperCase() : plain;
}
function fromVni(words) {
  return words.replace(VNI, (all, letter, mark) => {
    const base = (letter || all).toLowerCase();
    const made = (VNI_LETTERS[base] ?? base) + (mark ? VNI_MARKS[mark.toLowerCase()] : "");
    return (upper(letter || all) ? made.toUpperCase() : made).normalize("NFC");
  });
}

/** Which of the old ways a font is made for: {way: "TCVN3" | "VNI", capitals}, or null. */
export function wayOfFont(name) {
  // .VnTimeH shows small letters as capitals.
  if (/^\.vn/iu.test(name)) return { way: "TCVN3", capitals: /^\.vn.*h$/iu.test(name) };
  return /^vni[- ]/iu.test(name) ? { way: "VNI", capitals: false } : null;
}

/** Words in one of the old ways, in Unicode. */
export const inUnicode = (words, way, capitals = false) => (way === "VNI" ? fromVni(words) : fromTcvn3(words, capitals));

const OWN_LETTERS = /[\u0300\u0301\u0303\u0309\u0323ăđơưĂĐƠƯ\u1ea0-\u1ef9]/gu;
const LATIN = /[\u00a1-\u00ff]/gu;
const many = (words, pattern) => (words.match(pattern) || []).length;

/** Whether words in an old font are really written in the old way: a Unicode text may bear such a font's name, too. */
export function isOld(words, way) {
  const own = many(words, OWN_LETTERS);
  const latin = many(words, LATIN);
  if (own * 20 > latin || !latin) return false;
  // What no letter of the old way stands for is left: some damage, or another way.
  const left = many(inUnicode(words, way), /[\u00a1-\u00bf]/gu);
  return left * 50 <= latin;
}

// A syllable: how it begins, its vowels, how it ends; marks of tone are taken off before.
const SYLLABLE = /^(?:ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?(?:uyê|uya|uyu|iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|oao|[iy]ê|uô|ươ|uâ|uê|uơ|uy|oa|oă|oe|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|[aăâeêioôơuưy])(?:ch|nh|ng|[cmnpt])?$/u;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const isSyllable = (word) => SYLLABLE.test(word.normalize("NFD").replace(TONES, "").normalize("NFC"));

/** Of the words that have letters beyond ASCII: how many there are, and which share of them is Vietnamese. */
export function vietnamese(words) {
  const found = (words.toLowerCase().normalize("NFC").match(/[^\s!-/:-@[-`{-~\d“”‘’–—…]{1,12}/gu) || []).filter((word) => /[\u0080-\uffff]/u.test(word));
  // The same words come again and again: each is looked at once.
  const known = new Map();
  for (const word of found) if (!known.has(word)) known.set(word, isSyllable(word));
  return { count: found.length, share: found.length ? found.filter((word) => known.get(word)).length / found.length : 0 };
}

const SURE_WORDS = 12;
/** Which old way words without a font are written in, if that is sure; else "". A stretch of a long text is enough. */
export function wayOfWords(words) {
  // A long text begins with its head and may end in figures: some of each.
  const some = words.length > 60000 ? [0, 0.3, 0.6, 0.9].map((share) => words.substr(Math.floor(words.length * share), 15000)).join("\n") : words;
  if (many(some, LATIN) < SURE_WORDS) return "";
  const before = vietnamese(some);
  if (before.count < SURE_WORDS || before.share > 0.6) return "";
  const [best] = ["TCVN3", "VNI"].map((way) => ({ way, ...vietnamese(inUnicode(some, way)) })).sort((a, b) => b.share - a.share);
  return best.count >= SURE_WORDS && best.share >= 0.9 ? best.way : "";
}
