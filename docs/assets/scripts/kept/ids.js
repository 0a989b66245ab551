// Forms of IDs, by kind of record. Written by `make schemas` from the record types; not to be changed here.
export const ID = {
  checklists: /^DM([0-9]{2}|[1-9][0-9]{2})$/,
  exercises: /^TH([0-9]{2}|[1-9][0-9]{2})$/,
  milestones: /^MC[1-9][0-9]?$/,
  reviews: /^TR-(HDND|DAI-BIEU)$/,
  deadlines: /^han(-[a-z0-9]+)+$/,
  slug: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  rules: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
};
// What was renamed, by kind, and sheets that were withdrawn: a build writes them in from moved.yml.
export const MOVED = {};
export const GONE = {};
