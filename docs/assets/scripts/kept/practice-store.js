// Practice on this device: how exercises went, steps of a path that are done, self-reviews by date.
import { inside, now as nowCalled } from "./follow.js";
import { ID } from "./ids.js";
import { makeKeeper } from "./keeper.js";
import { BadDocument, DAY_KEY, FORMAT as TICKS, Reader, bare, later, mergeMaps, now, own, readExport } from "./store.js";
import { today } from "../basics/times.js";

const SCHEMA = 1;
const FORMAT = "so-tay-hdnd-tap";
// So long that all proofs of the longest self-review still fit on its one page.
export const EVIDENCE = 100;
export const ABOUT = 100;
export const MAX_REVIEWS = 30;
// How the last run of an exercise went: right at once, right after a retry, not yet, answers shown.
const RESULTS = ["right", "later", "wrong", "shown"];

const empty = () => bare({ schema: SCHEMA, role: "", exercises: bare(), paths: bare(), reviews: bare() });

class PracticeReader extends Reader {
  exercise(value) {
    const from = this.object(value);
    const known = RESULTS.includes(from.result);
    if (!known) this.dropped += 1;
    return bare({ result: known ? from.result : "wrong", at: this.time(from.at) });
  }

  path(value, id) {
    const from = this.object(value);
    return bare({
      quick: from.quick === true,
      steps: this.map(from.steps, ID.slug, 60, (one) => {
        const step = this.object(one);
        return bare({ done: step.done === true, at: this.time(step.at) });
      }, (step) => inside("steps", id, step)),
    });
  }

  answer(value) {
    const from = this.object(value);
    const point = Number.isInteger(from.point) && from.point >= 0 && from.point <= 5 ? from.point : 0;
    if (point !== from.point && from.point !== undefined) this.dropped += 1;
    return bare({
      point,
      evidence: this.text(from.evidence, EVIDENCE),
      text: this.text(from.text, 400),
      at: this.time(from.at),
    });
  }

  review(value, id) {
    const from = this.object(value);
    return bare({
      about: this.text(from.about, ABOUT),
      answers: this.map(from.answers, ID.slug, 80, (one) => this.answer(one), (statement) => inside("statements", id, statement)),
    });
  }

  practice(value) {
    const made = empty();
    if (value.role !== undefined && value.role !== "") {
      if (typeof value.role === "string" && value.role.length <= 40 && ID.slug.test(value.role)) made.role = nowCalled("roles", value.role);
      else this.dropped += 1;
    }
    made.exercises = this.map(value.exercises, ID.exercises, 400, (one) => this.exercise(one), (id) => nowCalled("exercises", id));
    made.paths = this.map(value.paths, ID.milestones, 40, (one, id) => this.path(one, id), (id) => nowCalled("milestones", id), mergePaths);
    made.reviews = this.map(value.reviews, ID.reviews, 10, (days, id) =>
      this.map(days, DAY_KEY, MAX_REVIEWS, (one) => this.review(one, id)), (id) => nowCalled("reviews", id), mergeDays);
    return made;
  }
}

function read(value) {
  if (!value || typeof value !== "object" || Array.isArray(value) || !Number.isInteger(value.schema) || value.schema < 1) {
    throw new BadDocument("không phải dữ liệu luyện tập của sổ tay");
  }
  if (value.schema > SCHEMA) throw new BadDocument("do bản mới hơn của sổ tay ghi; mở bản mới rồi dùng");
  const reader = new PracticeReader();
  const document = reader.practice(value);
  return { document, dropped: reader.dropped };
}

const mergePaths = (a, b) => bare({ quick: a.quick, steps: mergeMaps(a.steps, b.steps, later) });
const mergeDays = (a, b) => mergeMaps(a, b, (x, y) => bare({ about: x.about || y.about, answers: mergeMaps(x.answers, y.answers, later) }));

/** Put `from` into `into`; the later change of each thing wins, nothing is removed. */
function merge(into, from) {
  into.role = into.role || from.role;
  mergeMaps(into.exercises, from.exercises, later);
  mergeMaps(into.paths, from.paths, mergePaths);
  mergeMaps(into.reviews, from.reviews, mergeDays);
  return into;
}

const readFileText = (text) => readExport(text, read, (format) => {
  if (format === TICKS) return "đây là tệp lưu của phiếu rà soát; mở tệp này ở trang của phiếu";
  return format === FORMAT ? "" : "không phải tệp luyện tập của sổ tay";
});

const keeper = makeKeeper({ ...window.hdnd.places.practice, schema: SCHEMA, empty, read, merge });
export const current = keeper.current;
export const update = keeper.update;
export const listen = keeper.listen;
export const replaceAll = keeper.replaceAll;

/** What the panels of ui.js need to show, save and open this document. */
export const kept = {
  ...keeper,
  merge,
  readFileText,
  copyOf: (document) => read(JSON.parse(JSON.stringify(document))).document,
  fileText: (document) => `${JSON.stringify({ format: FORMAT, exported: now(), document }, null, 1)}\n`,
  fileName: () => `so-tay-hdnd-luyen-tap-${today()}.json`,
  count: ({ exercises, paths, reviews }) => [
    `${Object.keys(exercises).length} bài luyện`,
    `${Object.keys(paths).length} lộ trình`,
    `${Object.values(reviews).reduce((sum, days) => sum + Object.keys(days).length, 0)} lần tự rà soát`,
  ].join(", "),
};

export const RESULT_WORDS = {
  right: "đúng ngay lần đầu",
  later: "đúng khi thử lại",
  wrong: "đang làm dở",
  shown: "đã xem trả lời",
};
/** What is worth another look: everything begun that was not right at once. */
export const again = (document, id) => own(document.exercises, id) && document.exercises[id].result !== "right";

export function setExercise(id, result) {
  update((document) => {
    document.exercises[id] = bare({ result, at: now() });
  });
}

export const pathOf = (document, id) => (own(document.paths, id) ? document.paths[id] : bare({ quick: false, steps: bare() }));
function changePath(id, change) {
  update((document) => {
    if (!own(document.paths, id)) document.paths[id] = pathOf(document, id);
    change(document.paths[id]);
  });
}
export const setStep = (id, step, done) => changePath(id, (path) => {
  path.steps[step] = bare({ done, at: now() });
});
export const setQuick = (id, quick) => changePath(id, (path) => {
  path.quick = quick;
});
export const stepsDone = (document, id, keys) => {
  const { steps } = pathOf(document, id);
  return keys.filter((key) => own(steps, key) && steps[key].done).length;
};
export const isDone = (document, id, key) => stepsDone(document, id, [key]) === 1;

export const daysOf = (document, id) => (own(document.reviews, id) ? Object.keys(document.reviews[id]).sort() : []);
export const reviewOf = (document, id, day) => (own(document.reviews, id) && own(document.reviews[id], day) ? document.reviews[id][day] : null);
export const answerOf = (review, statement) => (review && own(review.answers, statement) ? review.answers[statement] : bare({ point: 0, evidence: "" }));

/** Change the review of a day, made if it is missing; false when there are too many. */
export function changeReview(id, day, change) {
  return update((document) => {
    if (!own(document.reviews, id)) document.reviews[id] = bare();
    const days = document.reviews[id];
    if (!own(days, day)) {
      if (Object.keys(days).length >= MAX_REVIEWS) return false;
      days[day] = bare({ about: "", answers: bare() });
    }
    change(days[day]);
    return true;
  });
}
export const setAnswer = (review, statement, fields) => {
  const before = answerOf(review, statement);
  review.answers[statement] = new PracticeReader().answer({ ...before, ...fields, at: now() });
};
export const cleanAbout = (text) => new Reader().text(text, ABOUT);
