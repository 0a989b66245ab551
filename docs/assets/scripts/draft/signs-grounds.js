// Signs of drafts: grounds.
export const TESTS = {};
