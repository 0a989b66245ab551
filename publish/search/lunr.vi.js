/* Vietnamese for the theme's search. The build puts it in the place of the theme's own file, lunr.vi.min.js.
 *
 * The theme builds its index with a lunr builder and passes it to lunr.vi. Lunr joins words by OR, knows no
 * order of words and never folds what is typed, which Vietnamese needs most: a word is mostly two syllables
 * ("thẩm tra"), and readers type without marks. So lunr.vi puts its own index in the builder's place and
 * keeps the theme's tokenizer, query syntax, highlighting and result list.
 *
 * - Words are kept by their folded form; how well the marks agree decides the rank.
 * - Neighbouring words of the query that are neighbours in the text count more than the words alone.
 * - Names that mean the same (HĐND, hội đồng nhân dân) come with the documents, in the fields "same" and "called".
 * - Words that only ask ("thế nào", "làm gì") count little beside what is asked about.
 * - A word that stands nowhere is read as words written together ("nd30", "thamtra").
 * - Letters that nobody sees (zero-width blank, soft hyphen) come with what is pasted: they count for nothing.
 * - The theme's tokenizer makes an object of each word and notes where it stands, for marking: most of what a first
 *   answer took. Words are counted here as it counts them; it is asked for those texts alone that are shown.
 *
 * Classic script: the worker loads it with importScripts, on file:// a frame with a script element.
 */
(() => {
  "use strict";
  const lunr = self.lunr;

  /* WITHOUT MARKS */

  // How much a word counts when its marks agree only so far.
  const EXACT = 1;
  const TYPED_WITHOUT_MARKS = 0.95;
  const OTHER_TONE = 0.5; // kỷ ~ kỳ
  const OTHER_LETTER = 0.35; // hôi ~ hội ~ hỏi
  const BEGINNING = 0.4; // the word that is still being typed
  const MISTYPED = 0.4; // one letter too many, missing or wrong
  const ASKING = 0.12; // a word that only makes a question of the others
  const FIELDS = { title: 3, text: 1, tags: 1.5 };
  const OF_THE_PAGE = 0.5; // a section also lives from its page's title and kind,
  const OF_A_SECTION = 0.3; // a page from its best section
  const SECTION = 0.85; // a page that is about something before a section that is
  const NEIGHBOURS = 1.3; // two words in order, beside the two words alone
  const SATURATION = 1.2; // BM25: how soon more of the same stops to count
  const LENGTH = 0.6; // BM25: how much long texts pay for their length
  const WHOLE_TITLE = 1.5; // the query is the title, the title is the query
  const LEADS = 0.2; // a page whose title begins with what is asked
  const COVERAGE = 1.5; // power of the share of the query that was found
  const CUT = 0.12; // results below this share of the best one are noise
  const MOST = 100; // nobody reads on, and each is marked, copied and counted
  const POSITIONS = 4294967296; // theme: block << 20 | number of the word in it

  const LONGEST_SYLLABLE = 7; // "nghiêng"
  const UNKNOWN = 3; // what a word that stands nowhere costs beside one that does, more if it is put together

  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const MARKS = /[\u0300-\u036f]/g;

  const CODE = /^[a-z]+\d+[a-z]{0,2}$/;
  const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/u;

  const toneless = text => text.toLowerCase().normalize("NFD").replace(TONES, "").normalize("NFC");
  // Letters first, then the tone: "hoà" and "hòa" are one word in two spellings.
  const formOf = text => {
    const tones = text.toLowerCase().normalize("NFD").match(TONES);
    return toneless(text) + (tones ? tones.join("") : "");
  };
  // A code is found with and without its zeros: "dm07", "dm7".
  const folded = text => withoutMarks(text).replace(/^([a-z]+)0+(\d+[a-z]{0,2})$/, "$1$2");
  const isMarked = text => text.toLowerCase().normalize("NFD").replace(/đ/g, "d\u0300").match(MARKS) !== null;
  let separator = null;
  const wordsOf = text => {
    if (!separator || separator.source !== lunr.tokenizer.separator.source)
      separator = new RegExp(lunr.tokenizer.separator, "g");
    return String(text).split(separator).filter(Boolean);
  };

  // The editors' words, from names.yml: phrases that only ask, in their words; the single ones that ask with marks alone;
  // what is counted, folded.
  const QUESTIONS = /* ASKING */ [];
  const ONLY_WITH_MARKS = new Set(/* ONLY WITH MARKS */ []);
  const COUNTED = new Set(/* COUNTED */ []);
  // What a question wants decides which kind of page answers it, and how much more or less than others.
  const ANSWERS = /* ANSWERS */ [];

  const isSaid = (typed, meant) =>
    folded(typed) === folded(meant) && (!isMarked(typed) || formOf(typed) === formOf(meant));

  /** The words that only ask: numbers of their places in the query. */
  function askingWords(words) {
    const asking = new Set();
    const last = words.length - 1;
    words.forEach((word, i) => {
      for (const phrase of QUESTIONS) {
        if (!phrase.every((part, j) => words[i + j] !== undefined && isSaid(words[i + j], part))) continue;
        if (phrase.length === 1 && ONLY_WITH_MARKS.has(phrase[0]) && !isMarked(word)) continue;
        phrase.forEach((_, j) => asking.add(i + j));
      }
      // "mấy" asks before what is counted: "may" alone may be "máy", too.
      if (isSaid(word, "mấy") && (isMarked(word) || (i < last && COUNTED.has(folded(words[i + 1]))))) asking.add(i);
      if (isMarked(word) && isSaid(word, "thì")) asking.add(i);
    });
    // "… có … không", "… được không"
    if (last > 0 && isSaid(words[last], "không")) {
      asking.add(last);
      words.forEach((word, i) => (isSaid(word, "có") || (i === last - 1 && isSaid(word, "được"))) && asking.add(i));
    }
    return asking;
  }

  const LETTERS_TO_A_WORD = 5; // of the file: a guess on the safe side, so that the table need not grow
  let expected = 1 << 16; // places of words

  const IN_A_WORD = 1;
  const BETWEEN_WORDS = 2;
  const SEED = 0x811c9dc5 | 0; // FNV-1a, over code units
  const PRIME = 0x01000193;
  const hashOf = text => {
    let hash = SEED;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
    return hash;
  };
  /** A column of numbers that holds at least so many, with what stood in it before. */
  const roomFor = (count, column) => {
    if (count <= column.length) return column;
    const larger = new column.constructor(Math.max(count, column.length * 2));
    larger.set(column);
    return larger;
  };

  /** Words as they stand in texts, found by their letters in the text itself: a large book has a million places, and a
   * string for each would keep the device busy. The number of a spelling is that of its first fact in `facts`. */
  class Spellings {
    constructor() {
      this.count = 0;
      this.facts = new Int32Array(8 << 12); // hash, first letter, letters, number of the word, of the form, is a code
      this.letters = new Uint16Array(1 << 15);
      this.used = 0;
      this.slots = new Int32Array(1 << 14); // hash → number + 1
    }

    /** The number of the spelling that stands in a text between two places, -1 for one that is not known. */
    find(text, from, to, hash) {
      const { slots, facts, letters } = this;
      const last = slots.length - 1;
      for (let slot = (hash ^ (hash >>> 15)) & last; slots[slot] !== 0; slot = (slot + 1) & last) {
        const one = slots[slot] - 1;
        if (facts[one] !== hash || facts[one + 2] !== to - from) continue;
        let at = facts[one + 1];
        let i = from;
        while (i < to && letters[at] === text.charCodeAt(i)) {
          i++;
          at++;
        }
        if (i === to) return one;
      }
      return -1;
    }

    put(text, hash, word, form, code) {
      const one = 8 * this.count++;
      this.facts = roomFor(one + 8, this.facts);
      this.letters = roomFor(this.used + text.length, this.letters);
      this.facts.set([hash, this.used, text.length, word, form, code], one);
      for (let i = 0; i < text.length; i++) this.letters[this.used++] = text.charCodeAt(i);
      if (this.count * 2 > this.slots.length) {
        this.slots = new Int32Array(this.slots.length * 2);
        for (let other = 0; other < one; other += 8) this.place(other);
      }
      this.place(one);
      return one;
    }

    place(one) {
      const last = this.slots.length - 1;
      const hash = this.facts[one];
      let slot = (hash ^ (hash >>> 15)) & last;
      while (this.slots[slot] !== 0) slot = (slot + 1) & last;
      this.slots[slot] = one + 1;
    }
  }

  /** One index: documents are added by the theme, then it is asked. */
  class VietnameseIndex {
    constructor() {
      this.fields = [];
      this.invertedIndex = {}; // the theme looks here for Chinese words only
      this.extractors = {};
      this.reference = "location";
      this.documents = [];
      this.pages = new Map(); // address of a page → number of its own entry
      this.postings = new Map(); // folded word → its number
      this.latest = new Int32Array(1 << 12); // number of a word → its latest row, from 1
      // Each place of each word: document and field, place in it, number of the form, the row before of the same word.
      this.rows = new Int32Array(4 * expected);
      this.count = 0;
      this.forms = [];
      this.spellings = new Spellings();
      this.kinds = new Uint8Array(65536); // of each letter by its code, once it was met
      this.words = []; // by their numbers
      this.lists = new Map(); // a field that is a list, joined → its tokens
      this.naming = []; // documents with names that mean the same
      this.same = new Map(); // folded words of a name, joined → the other names
      this.longestName = 1;
      this.averages = [];
    }

    add(document, boost) {
      const number = this.documents.length;
      const reference = document[this.reference];
      const place = reference.indexOf("#");
      const page = place < 0 ? reference : reference.slice(0, place);
      if (!this.pages.has(page)) this.pages.set(page, number);
      const title = { words: 0, start: 0 }; // words without the ID before them, place of the first
      const lengths = this.fields.map((field, at) => {
        const value = document[field];
        if (typeof value === "string") return this.read(value, number * 4 + at, field === "title" ? title : null);
        const tokens = value ? this.tokensOf(field, document) : [];
        for (const [spelling, position] of tokens) this.note(spelling, number * 4 + at, position);
        return tokens.length;
      });
      const kind = (document.tags || [])[0];
      this.documents.push({
        reference, page: this.pages.get(page), boost: boost || 1, lengths, kind,
        titleWords: title.words, titleStart: title.start,
        unmarked: document, // until the theme has noted where its words stand
      });
      if (document.same || document.called) this.naming.push(document);
    }

    /** The spellings and places of a list, of which a thousand documents have the same: theirs are read once. */
    tokensOf(field, document) {
      const key = document[field].join("\n");
      let tokens = this.lists.get(key);
      if (!tokens) {
        tokens = this.tokenizer(this.extractors[field](document)).map(token => {
          const text = String(token);
          return [this.known(text, 0, text.length, hashOf(text)), token.metadata.position];
        });
        this.lists.set(key, tokens);
      }
      return tokens;
    }

    /** Note each word of a text with its place as the theme's tokenizer counts: an outermost tag with all inside it is a
     * block; block << 20 | number in it, where the outermost tags count, too. Returns how many there are.
     *
     * Most of a first answer is spent here, so what `Spellings.find` and `note` do for one word is done in place, and the
     * columns are asked for once: an eighth sooner. */
    read(text, where, title) {
      const { kinds, spellings } = this;
      const end = text.length;
      let { facts, letters, slots } = spellings;
      let { latest, count } = this;
      const rows = (this.rows = roomFor(4 * (count + end), this.rows));
      const before = count;
      let block = 0;
      let depth = 0;
      let inBlock = 0;
      let tag = -1; // where the tag begins that is being read
      let word = -1; // where the word begins
      let hash = 0;
      for (let i = 0; i <= end; i++) {
        const code = i < end ? text.charCodeAt(i) : 60;
        if (code === 60) tag = i;
        else if (tag >= 0) {
          if (code !== 62) continue;
          if (text.charCodeAt(tag + 1) === 47) {
            if (--depth === 0) {
              block++;
              inBlock = 0;
            }
          } else if (text.charCodeAt(i - 1) !== 47 && depth++ === 0) inBlock++;
          tag = -1;
          continue;
        } else if ((kinds[code] || this.kindOf(code)) === IN_A_WORD) {
          if (word < 0) {
            word = i;
            hash = SEED;
          }
          hash = Math.imul(hash ^ code, PRIME);
          continue;
        }
        if (word < 0) continue;
        let spelling = -1;
        const last = slots.length - 1;
        for (let slot = (hash ^ (hash >>> 15)) & last; slots[slot] !== 0; slot = (slot + 1) & last) {
          const one = slots[slot] - 1;
          if (facts[one] !== hash || facts[one + 2] !== i - word) continue;
          let at = facts[one + 1];
          let j = word;
          while (j < i && letters[at] === text.charCodeAt(j)) {
            j++;
            at++;
          }
          if (j < i) continue;
          spelling = one;
          break;
        }
        if (spelling < 0) {
          spelling = this.known(text, word, i, hash);
          ({ facts, letters, slots } = spellings);
          ({ latest } = this);
        }
        const position = block * 1048576 + inBlock++;
        const row = 4 * count++;
        rows[row] = where;
        rows[row + 1] = position;
        rows[row + 2] = facts[spelling + 4];
        rows[row + 3] = latest[facts[spelling + 3]];
        latest[facts[spelling + 3]] = count;
        if (title && !facts[spelling + 5] && !title.words++) title.start = position;
        word = -1;
      }
      this.count = count;
      return count - before;
    }

    /** Whether a letter parts words, by its code: the theme's separator, asked once for each letter. */
    kindOf(code) {
      const parts = new RegExp(lunr.tokenizer.separator.source).test(String.fromCharCode(code));
      return (this.kinds[code] = parts ? BETWEEN_WORDS : IN_A_WORD);
    }

    note(spelling, where, position) {
      const { facts } = this.spellings;
      const row = 4 * this.count++;
      if (row === this.rows.length) this.rows = roomFor(row + 4, this.rows);
      const { rows } = this;
      rows[row] = where;
      rows[row + 1] = position;
      rows[row + 2] = facts[spelling + 4];
      rows[row + 3] = this.latest[facts[spelling + 3]];
      this.latest[facts[spelling + 3]] = this.count;
    }

    /** The number of a spelling, of which is known from now on which word and which form it is. */
    known(text, from, to, hash) {
      const found = this.spellings.find(text, from, to, hash);
      if (found >= 0) return found;
      const own = text.slice(from, to);
      const small = own.toLowerCase();
      if (small !== own) {
        const other = this.known(small, 0, small.length, hashOf(small));
        const [word, form, code] = this.spellings.facts.subarray(other + 3, other + 6);
        return this.spellings.put(own, hash, word, form, code);
      }
      const word = folded(own);
      if (!this.postings.has(word)) {
        this.postings.set(word, this.postings.size);
        this.words.push(word);
        this.latest = roomFor(this.postings.size, this.latest);
      }
      const form = this.forms.push({ form: formOf(own), toneless: toneless(own) }) - 1;
      return this.spellings.put(own, hash, this.postings.get(word), form, CODE.test(own) ? 1 : 0);
    }

    /** The rows of a word in the order of the texts. */
    rowsOf(word) {
      const found = [];
      for (let row = this.latest[this.postings.get(word)]; row > 0; row = this.rows[4 * row - 1]) found.push(4 * row - 4);
      return found.reverse();
    }

    /** Let the theme note where the words of a document stand, which it marks in what it shows. */
    mark(number) {
      const { unmarked } = this.documents[number];
      if (!unmarked) return;
      this.documents[number].unmarked = null;
      for (const field of this.fields)
        if (unmarked[field]) this.tokenizer(this.extractors[field](unmarked));
    }

    addNames(names) {
      const all = names.map(name => this.wordsOfName(name));
      // "KT-XH" is typed "ktxh", too.
      for (const [at, words] of all.slice().entries())
        if (words.length > 1 && /[-.]/.test(names[at])) all.push([words.join("")]);
      for (const words of all)
        this.addName(words, all.filter(other => other !== words).map(other => ({ words: other, worth: 1 })));
    }

    /** The folded words of a name, most of which stand in texts that were read. */
    wordsOfName(name) {
      const { spellings, kinds } = this;
      const found = [];
      let word = -1;
      let hash = 0;
      for (let i = 0; i <= name.length; i++) {
        const code = i < name.length ? name.charCodeAt(i) : 0;
        if (i < name.length && (kinds[code] || this.kindOf(code)) === IN_A_WORD) {
          if (word < 0) {
            word = i;
            hash = SEED;
          }
          hash = Math.imul(hash ^ code, PRIME);
        } else if (word >= 0) {
          const spelling = spellings.find(name, word, i, hash);
          found.push(spelling < 0 ? folded(name.slice(word, i)) : this.words[spellings.facts[spelling + 3]]);
          word = -1;
        }
      }
      return found;
    }

    addName(words, others) {
      const key = words.join(" ");
      this.same.set(key, [...(this.same.get(key) || []), ...others]);
      this.longestName = Math.max(this.longestName, words.length);
    }

    finish() {
      for (const { same, called } of this.naming) {
        for (const names of same || []) this.addNames(names);
        // Thousands of names, of which a query needs a few: what one means is taken apart when it is typed.
        for (const [typed, meant, worth] of called || [])
          this.addName(this.wordsOfName(typed), [{ typed, meant, worth: worth || 1 }]);
      }
      this.vocabulary = [...this.postings.keys()].sort();
      this.averages = this.fields.map((_, at) =>
        this.documents.reduce((sum, { lengths }) => sum + lengths[at], 0) / (this.documents.length || 1) || 1);
      return this;
    }

    /** Places of one typed word: document → (field and position → how well it agrees). */
    places(typed, last, withMarks) {
      const found = new Map();
      const key = folded(typed);
      const form = formOf(typed);
      const plain = toneless(typed);
      const marked = withMarks || isMarked(typed);
      const quality = number => {
        const other = this.forms[number];
        if (other.form === form) return EXACT;
        if (!marked) return TYPED_WITHOUT_MARKS;
        return other.toneless === plain ? OTHER_TONE : OTHER_LETTER;
      };
      const take = (word, factor, judge) => {
        const { rows } = this;
        for (const row of this.rowsOf(word)) {
          const value = judge(rows[row + 2]) * factor;
          const document = rows[row] >> 2;
          let places = found.get(document);
          if (!places) found.set(document, (places = new Map()));
          const place = (rows[row] & 3) * POSITIONS + (rows[row + 1] >>> 0);
          if (!(places.get(place) >= value)) places.set(place, value);
        }
      };
      if (this.postings.has(key)) take(key, 1, quality);
      if (!found.size || (last && (key.length < 2 || /\d/.test(key)))) {
        const start = last ? key.replace(/^([a-z]+)0+$/, "$1") : key;
        const begins = number => marked && !this.forms[number].form.startsWith(plain) ? OTHER_LETTER : 1;
        for (const word of this.beginningWith(start)) if (word !== key) take(word, BEGINNING, begins);
      }
      if (!found.size && key.length > 3)
        for (const word of this.vocabulary) if (oneApart(word, key)) take(word, MISTYPED, () => 1);
      return found;
    }

    beginningWith(start) {
      let low = 0;
      let high = this.vocabulary.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.vocabulary[middle] < start) low = middle + 1;
        else high = middle;
      }
      const words = [];
      while (low < this.vocabulary.length && this.vocabulary[low].startsWith(start) && words.length < 60)
        words.push(this.vocabulary[low++]);
      return words;
    }

    /** Places where the words stand one after the other. */
    phrase(words) {
      if (!words.every(word => this.postings.has(word))) return new Map();
      const lists = words.map(word => this.places(word, false, false));
      const found = new Map();
      for (const [document, first] of lists[0]) {
        const rest = lists.slice(1).map(list => list.get(document));
        if (rest.some(list => !list)) continue;
        for (const [place, value] of first) {
          const values = rest.map((list, i) => list.get(place + i + 1));
          if (values.some(other => other === undefined)) continue;
          let places = found.get(document);
          if (!places) found.set(document, (places = new Map()));
          places.set(place, Math.min(value, ...values));
        }
      }
      return found;
    }

    search(text) {
      const terms = this.apart(this.termsOf(text));
      if (!terms.length) return [];
      const wanted = terms.filter(term => !term.prohibited);
      // Who types one word with marks means all as they stand: "tra" is not "trả".
      const withMarks = wanted.some(term => isMarked(term.text));
      const words = wanted.map((term, i) => ({
        ...term,
        places: this.places(term.text, i === wanted.length - 1, withMarks),
        other: new Map(), // document → places of another name, as [place, words, value]
      }));
      this.findOtherNames(words);
      const count = this.documents.length;
      const rarity = seen => Math.log(1 + (count - seen + 0.5) / (seen + 0.5));
      const asking = askingWords(words.map(word => word.text));
      for (const [i, word] of words.entries())
        word.weight = (asking.has(i) ? ASKING : 1) * rarity(sizeOfBoth(word.places, word.other));
      const total = words.reduce((sum, word) => sum + word.weight, 0) || 1;
      const asked = words.filter((_, i) => asking.has(i)).map(word => folded(word.text)).join(" ");
      const answers = asking.size < words.length ? ANSWERS.filter(([pattern]) => pattern.test(asked)) : [];

      const excluded = new Set();
      for (const term of terms.filter(term => term.prohibited))
        for (const document of this.places(term.text, false, withMarks).keys()) excluded.add(document);
      const candidates = new Set();
      for (const word of words)
        for (const list of [word.places, word.other]) for (const document of list.keys()) candidates.add(document);

      const results = [];
      const pages = new Map(); // number of a page → what each word is worth there to its sections
      for (const number of candidates) {
        if (excluded.has(number)) continue;
        if (words.some(word => word.required && !word.places.has(number) && !word.other.has(number))) continue;
        const result = this.score(number, words, total, pages);
        const { kind } = this.documents[this.documents[number].page];
        for (const [, factors] of answers) result.value *= factors[kind] || 1;
        if (result.value > 0) results.push(result);
      }
      this.creditPages(results);
      // Where marks agree, look-alikes only disturb: "hội" is not "hỏi".
      const agrees = result => result.agreement > OTHER_TONE;
      const first = bestOf(results);
      const sure = words.length > 1 ? first && agrees(first) : results.some(agrees);
      const kept = sure ? results.filter(agrees) : results;
      const least = kept.length ? bestOf(kept).value * CUT : 0;
      return kept
        .filter(result => result.value >= least)
        .sort((a, b) => b.value - a.value)
        .slice(0, MOST)
        .map(result => this.result(result, words, terms));
    }

    /** A page whose title answers is raised by what stands in its sections. */
    creditPages(results) {
      const sections = new Float64Array(this.documents.length);
      for (const { number, value } of results) {
        const { page } = this.documents[number];
        if (page !== number && value > sections[page]) sections[page] = value;
      }
      for (const result of results) result.value += OF_A_SECTION * sections[result.number];
    }

    /** The words of a query in the theme's form: "thẩm* tra*", "+thẩm", "-tra". */
    termsOf(text) {
      // The theme repeats a hyphenated word once for each of its parts.
      const parts = text.normalize("NFC").split(/\s+/).filter((part, i, all) => part && part !== all[i - 1]);
      const typed = text.split(/\s+/).filter((part, i, all) => part && part !== all[i - 1]);
      return parts.flatMap((part, i) => {
        const required = part.startsWith("+");
        const prohibited = part.startsWith("-");
        const bare = value => value.replace(/^[+-]/, "").replace(/[~^]\d+$/, "").replace(/\*$/, "");
        const keys = wordsOf(bare(typed[i]));
        return wordsOf(bare(part).replace(/^(title|text|tags):/, "")).flatMap((word, j) =>
          this.seen(word).map(text => ({
            text, key: (keys[j] || word).toLowerCase(), required, prohibited,
          })));
      });
    }

    /** What is typed without the letters that nobody sees: they may stand inside a word or between two.
     * Of all ways to join the pieces the one with the fewest words, known if possible, is taken. */
    seen(word) {
      const pieces = word.split(UNSEEN).filter(Boolean);
      if (pieces.length < 2) return pieces;
      const joined = (start, end) => pieces.slice(start, end).join("").normalize("NFC");
      const ways = [{ cost: 0 }]; // the best for the first so many pieces, and where its last word starts
      for (let end = 1; end <= pieces.length; end++)
        for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
          const known = this.isWord(folded(joined(start, end)));
          const cost = ways[start].cost + (known ? 1 : (UNKNOWN * (end - start + 1)) / 2);
          if (!ways[end] || cost < ways[end].cost) ways[end] = { cost, start };
        }
      const words = [];
      for (let end = pieces.length; end > 0; end = ways[end].start) words.unshift(joined(ways[end].start, end));
      return words;
    }

    /** Words written together are taken apart when nothing bears or begins with the whole. */
    apart(terms) {
      return terms.flatMap((term, i) => {
        const key = folded(term.text);
        if (key.length < (/\d/.test(key) ? 3 : 4) || this.postings.has(key) || this.same.has(key)) return [term];
        if (i === terms.length - 1 && this.beginningWith(key).length) return [term];
        let [, letters, digits] = folded(term.text.replace(/\d/, " $&")).match(/^([a-z]+)(?: (\d+[a-z]{0,2}))?$/) || [];
        // Texts have "09" in "09/2025", but "7" in "danh mục 7".
        if (digits && !this.postings.has(digits)) digits = digits.replace(/^0+/, "");
        if (!letters || (digits && !this.postings.has(digits) && !this.same.has(`${letters} ${digits}`))) return [term];
        const parts = this.isWord(letters) && digits ? [letters.length] : this.syllables(letters);
        if (!parts) return [term];
        let start = 0;
        const texts = parts.map(length => term.text.slice(start, (start += length)));
        return (digits ? [...texts, digits] : texts).map(part => ({ ...term, text: part }));
      });
    }

    isWord(key) {
      return this.postings.has(key) || this.same.has(key);
    }

    /** Lengths of the words of which this is made: they must be neighbours in most texts, or all be names. */
    syllables(letters) {
      let best = null;
      let most = 0;
      let budget = 60;
      const walk = (start, parts) => {
        if (start === letters.length && parts.length > 1 && budget-- > 0) {
          let at = 0;
          const words = parts.map(length => letters.slice(at, (at += length)));
          const count = this.phrase(words).size || (words.every(word => this.same.has(word)) ? 1 : 0);
          if (count > most) [best, most] = [parts, count];
        }
        if (parts.length < 5)
          for (let length = 2; length <= 7 && start + length <= letters.length; length++)
            if (this.isWord(letters.slice(start, start + length))) walk(start + length, [...parts, length]);
      };
      walk(0, []);
      return best;
    }

    /** Other names of what was typed, and words typed apart that the text writes as one ("dm 07"). */
    findOtherNames(words) {
      for (let start = 0; start < words.length; start++) {
        for (let length = Math.min(this.longestName, words.length - start); length > 0; length--) {
          const span = words.slice(start, start + length);
          const names = this.same.get(span.map(word => folded(word.text)).join(" ")) || [];
          const says = ({ text }, typed) => !isMarked(text) || formOf(text) === formOf(typed);
          for (const name of names) {
            const typed = name.typed && wordsOf(name.typed);
            if (!typed || span.every((word, i) => says(word, typed[i]))) {
              const means = name.words || wordsOf(name.meant).map(folded);
              this.noteName(span, means.length, this.phrase(means), name.worth);
            }
          }
        }
        const next = words[start + 1];
        if (next && /^\d/.test(next.text)) {
          const joined = folded(words[start].text + next.text);
          if (this.postings.has(joined)) this.noteName([words[start], next], 1, this.places(joined, false, false), 1);
        }
      }
    }

    noteName(span, length, found, worth) {
      for (const [document, places] of found)
        for (const word of span) {
          let list = word.other.get(document);
          if (!list) word.other.set(document, (list = []));
          for (const [place, value] of places) list.push([place, length, value * worth, span.length]);
        }
    }

    score(number, words, total, pages) {
      const document = this.documents[number];
      const titled = new Set();
      let ofPage = null;
      if (document.page !== number) {
        ofPage = pages.get(document.page);
        if (!ofPage) pages.set(document.page, (ofPage = this.worthOfWords(words, document.page, OF_THE_PAGE, null)));
      }
      const own = this.worthOfWords(words, number, 1, titled);
      let value = 0;
      let covered = 0;
      let agreement = 0;
      let inTitle = 0;
      let found = false;
      for (let i = 0; i < words.length; i++) {
        const { weight } = words[i];
        const here = own[i];
        const there = ofPage && ofPage[i];
        let pairs = 0;
        let best = 0;
        if (here) {
          found = true;
          for (const term of here.terms) value += term;
          for (const term of here.pairs) pairs += term;
          best = here.best;
          agreement = Math.max(agreement, best);
          if (here.inTitle) inTitle += weight;
        }
        if (there) {
          for (const term of there.terms) value += term;
          for (const term of there.pairs) pairs += term;
          best = Math.max(best, there.best);
        }
        value += NEIGHBOURS * pairs;
        covered += weight * best;
      }
      if (!found) return { number, value: 0, agreement };
      let led = 0;
      while (titled.has(document.titleStart + led)) led++;
      const title = Math.min(1, titled.size / (document.titleWords || 1)) * (inTitle / total);
      value *= Math.pow(covered / total, COVERAGE) * (1 + WHOLE_TITLE * title * title) * document.boost;
      if (document.page !== number) value *= SECTION;
      else if (led) value *= 1 + (LEADS * led) / titled.size;
      return { number, value, agreement };
    }

    /** What each word is worth in a document, undefined where it does not stand: by field, beside the word before it, and
     * how well it agrees at best. With `titled` the places of words in the title are added there; without, the document is
     * the page of a section, for which its text does not count. */
    worthOfWords(words, source, share, titled) {
      const { lengths } = this.documents[source];
      const worth = [];
      let before = null; // place → value of the word before
      for (let i = 0; i < words.length; i++) {
        const word = words[i];
        const places = word.places.get(source);
        const others = word.other.get(source);
        if (!places && !others) {
          before = null;
          continue;
        }
        // Of each field what the word adds up to, and what it does beside the word before.
        const sums = [0, 0, 0];
        const besides = [0, 0, 0];
        const after = others ? new Map(places) : places;
        let best = 0;
        if (places)
          for (const [place, quality] of places) {
            const at = fieldOf(place);
            const beside = before && before.get(place - 1);
            if (beside) besides[at] += Math.min(beside, quality);
            if (titled) {
              if (at === 0) titled.add(place);
            } else if (this.fields[at] === "text") continue;
            sums[at] += quality;
            if (quality > best) best = quality;
          }
        if (others)
          for (const [place, length, quality, span] of others) {
            const at = fieldOf(place);
            // Each word of the other name stands beside the next one by itself.
            if (span > 1) besides[at] += quality * (1 - 1 / span);
            else {
              const beside = before && before.get(place - 1);
              if (beside) besides[at] += Math.min(beside, quality);
            }
            const end = place + length - 1;
            if (!(after.get(end) >= quality)) after.set(end, quality);
            if (titled) {
              if (at === 0) for (let j = 0; j < length; j++) titled.add(place + j);
            } else if (this.fields[at] === "text") continue;
            sums[at] += quality;
            if (quality > best) best = quality;
          }
        const terms = [];
        const pairs = [];
        for (let at = 0; at < this.fields.length; at++) {
          const field = this.fields[at];
          if (!titled && field === "text") continue;
          const pays = SATURATION * (1 - LENGTH + LENGTH * (lengths[at] / this.averages[at]));
          const factor = word.weight * (FIELDS[field] || 1) * share;
          if (sums[at]) terms.push(factor * (sums[at] / (sums[at] + pays)));
          if (besides[at]) pairs.push(factor * (besides[at] / (besides[at] + pays)));
        }
        worth[i] = { terms, pairs, best, inTitle: sums[0] > 0 };
        before = after;
      }
      return worth;
    }

    /** A result as the theme reads it: places by typed word, so that it marks and counts them. */
    result({ number, value }, words, terms) {
      const { reference } = this.documents[number];
      this.mark(number);
      const blocks = new Map();
      const seen = new Map(); // place → word
      for (const word of words) {
        const places = word.places.get(number) || new Map();
        // Where the word stands as typed, its look-alikes are not marked.
        const least = 0.75 * Math.max(...places.values());
        for (const [place, quality] of places) if (quality >= least && !seen.has(place)) seen.set(place, word);
        for (const [place, length] of word.other.get(number) || [])
          for (let i = 0; i < length; i++) if (!seen.has(place + i)) seen.set(place + i, word);
      }
      for (const [place, word] of seen) {
        const [at, position] = split(place);
        if (this.fields[at] !== "text") continue;
        const block = position >>> 20;
        if (!blocks.has(block)) blocks.set(block, new Set());
        blocks.get(block).add(word);
      }
      // The theme shows the first two paragraphs with marked words: let these be the best two.
      const worth = set => [...set].reduce((sum, word) => sum + word.weight, 0);
      const shown = new Set([...blocks].sort((a, b) => worth(b[1]) - worth(a[1])).slice(0, 2).map(([block]) => block));
      const metadata = {};
      for (const word of words)
        if (word.places.has(number) || word.other.has(number)) metadata[word.key] = metadata[word.key] || {};
      for (const [place, word] of seen) {
        const [at, position] = split(place);
        const field = this.fields[at];
        if (field === "text" && !shown.has(position >>> 20)) continue;
        const fields = metadata[word.key];
        (fields[field] = fields[field] || { position: [] }).position.push(position);
      }
      // The theme multiplies by this; taken out here, so that the order is the one computed above.
      const keys = Object.keys(metadata);
      const asked = new Set(terms.filter(term => !term.prohibited).map(term => term.key));
      const matched = [...asked].filter(key => keys.some(other => other.startsWith(key))).length;
      const factor = (reference.includes("#") ? 0 : 1) + matched / asked.size;
      return { ref: reference, score: value / (1 + factor * factor), matchData: { metadata } };
    }

    query() {
      return [];
    }
  }

  /** How many keys two maps have together. */
  function sizeOfBoth(one, other) {
    let size = one.size;
    for (const key of other.keys()) if (!one.has(key)) size++;
    return size;
  }

  /** The best result, the first of several. */
  const bestOf = results => results.reduce((one, other) => (one && one.value >= other.value ? one : other), null);

  /** The number of the field in which a place is. */
  const fieldOf = place => (place < POSITIONS ? 0 : place < 2 * POSITIONS ? 1 : 2);

  const split = place => [Math.floor(place / POSITIONS), place % POSITIONS];

  /** Whether one letter put in, left out or changed makes one word the other. */
  function oneApart(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const rest = (from, other) => a.slice(i + from) === b.slice(i + other);
    return rest(1, 1) || rest(1, 0) || rest(0, 1);
  }

  // The page hands over the file of the documents as it came (search-on-demand.js); the theme goes through them twice.
  if (self.FileReaderSync) {
    const read = new WeakMap();
    self.Blob.prototype[Symbol.iterator] = function () {
      if (!read.has(this)) {
        const text = new self.FileReaderSync().readAsText(this);
        expected = Math.ceil(text.length / LETTERS_TO_A_WORD);
        read.set(this, JSON.parse(text).docs);
      }
      return read.get(this)[Symbol.iterator]();
    };
  }

  // These files are asked for while the index is on its way (search-on-demand.js), and by the theme once it is there.
  const load = self.importScripts;
  const HERE = /\/lunr\.(stemmer\.support|vi)\.min\.js$/;
  if (load) self.importScripts = (...urls) => load.apply(self, urls.filter(url => !HERE.test(url)));

  lunr.vi = function () {
    const index = new VietnameseIndex();
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.field = (name, { extractor }) => {
      index.fields.push(name);
      index.extractors[name] = extractor;
    };
    this.ref = name => (index.reference = name);
    this.add = (document, attributes) => {
      index.tokenizer = this.tokenizer;
      index.add(document, attributes && attributes.boost);
    };
    this.build = () => {
      // The language was loaded ahead, without documents: who asked for that is told before the theme says it is ready.
      if (!index.fields.length) self.postMessage({ type: "alone" });
      return index.finish();
    };
    // Every word of a query counts; English stop words ("to", "do", "an") are Vietnamese words. The label: lunr knows it.
    lunr.stopWordFilter = Object.assign(word => word, { label: "stopWordFilter" });
  };
})();
