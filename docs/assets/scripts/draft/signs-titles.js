// Signs of drafts: titles.
export const TESTS = {};
