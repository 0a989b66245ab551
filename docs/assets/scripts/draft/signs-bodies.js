// Signs of drafts: bodies.
export const TESTS = {};
