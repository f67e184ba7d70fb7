import {basename} from "node:path";
import {BaseSequencer} from "vitest/node";
import type {TestSpecification} from "vitest/node";

/** Files that take a minute and more, the longest first. */
export const longest = [
  "lint",
  "build",
  "training",
  "processes.slow",
  "backends.slow",
  "shipped.slow",
  "report.slow",
  "site.slow",
  "reproducible.slow",
  "smear-bad-input.slow",
  "policy.slow",
  "site",
  "evaluation",
  "smear-many.slow",
  "explain",
  "smear-hand",
  "server.slow",
  "firefox.slow",
  "classify",
  "dataset",
  "smear",
  "shipped",
  "formats.slow"
];
const placeOf = ({moduleId}: TestSpecification) => {
  const place = longest.indexOf(basename(moduleId, ".test.ts"));
  return place < 0 ? longest.length : place;
};

/** Within a group of projects what takes longest begins first, so that no core waits for it alone at the end. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const groupOf = ({project}: TestSpecification) => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}
