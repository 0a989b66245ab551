// The draft check with what it knows: the records that the build cut for it. Page, command and tests begin here.
import { DEADLINES } from "../data/deadlines.js";
import { DRAFT_SIGNS, TEXTS } from "../data/draft-signs.js";
import { RESOLUTION_KINDS } from "../data/resolution-kinds.js";
import { SIGNS } from "../data/signs.js";
import { inStages } from "./check.js";

const data = { DRAFT_SIGNS, TEXTS, SIGNS, RESOLUTION_KINDS, DEADLINES };

/** The record of a sign, of a draft or of a programme. */
export const recordOf = (id) => DRAFT_SIGNS[id] || SIGNS[id];

/** The work in stages: see check.js. */
export const stagesOfCheck = (text, answers) => inStages(text, answers, data);

/** {read, guess, found} at once. */
export const checkDraft = (text, answers) => stagesOfCheck(text, answers).reduce((_, stage) => stage(), null);

/** What stands below each result, on paper too. */
export const FOOT = "Gợi ý cho người soạn; không thay thẩm định, thẩm tra, kiểm tra văn bản.";
