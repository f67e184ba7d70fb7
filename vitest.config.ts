import {availableParallelism} from "node:os";
import {defineConfig} from "vitest/config";
import LongestFirst from "./tests/longest-first.js";

/** Rooms whose tests have a page: jsdom's `document` and all that goes with it. */
const rooms = "ui,charts,gallery,explorer,evaluation,laboratory,site,card";
const withPage = [
  `tests/unit/components/{${rooms}}/**/*.test.ts`,
  "tests/unit/components/augment/lab/**/*.test.ts",
  "tests/unit/components/classifier/classifier.test.ts"
];
/** Rooms whose tests load TensorFlow.js, which keeps one registry of kernels for all of a process. */
const alone = [
  "tests/unit/components/{engine/**/*,finder/single-cell}.test.ts",
  "tests/unit/models/{bundle.test.ts,{count,saliency}/**/*.test.ts}"
];
const slow = "tests/**/*.slow.test.ts";

/**
 * Per cent of lines that units reach, a little below what was measured. What is low is drawn or run elsewhere: pages' views
 * by the browser's tests, the build and the tools by running them.
 */
const floors = Object.fromEntries(
  Object.entries({
    answer: 98,
    augment: 88,
    card: 95,
    charts: 92,
    classifier: 93,
    crop: 17,
    engine: 90,
    evaluation: 30,
    explorer: 29,
    finder: 96,
    fool: 86,
    gallery: 33,
    gate: 97,
    home: 80,
    image: 90,
    keep: 83,
    kernels: 95,
    laboratory: 96,
    metrics: 98,
    segment: 94,
    share: 94,
    site: 38,
    smear: 82,
    ui: 97,
    why: 55
  }).map(([room, lines]) => [`src/components/${room}/**`, {lines}])
);
Object.assign(floors, {
  "src/build/**": {lines: 62},
  "src/data/**": {lines: 59},
  "models/count/**": {lines: 46},
  "models/fields/**": {lines: 50},
  "models/gate/**": {lines: 61},
  "models/laboratories/**": {lines: 78},
  "models/report/**": {lines: 65},
  "models/saliency/**": {lines: 38}
});

/** What tests of the built site need: patience, and their turn. While one waits for its page, another may use the core. */
const site = {
  sequence: {groupOrder: 1},
  maxWorkers: availableParallelism() + 1,
  isolate: true,
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: {poll: {timeout: 30_000}}
};

/**
 * The projects of `npm test`, side by side: first what needs no built site and what builds it, then its files and its
 * behaviour in Chromium, and beside them the slow proofs, which `npm run test:slow` runs by themselves.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./tests/closing-line.ts"],
    maxWorkers: "100%",
    sequence: {sequencer: LongestFirst},
    // Files of one project share a worker and its modules: a test leaves nothing behind.
    isolate: false,
    // Only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    coverage: {
      include: ["src/**/*.ts", "models/**/*.ts"],
      exclude: ["src/components/kernels/assembly/**", "**/*.d.ts"],
      reporter: ["text-summary", "html"],
      reportsDirectory: ".cache/coverage",
      thresholds: floors
    },
    projects: [
      {
        extends: true,
        test: {name: "unit", include: ["tests/unit/**/*.test.ts"], exclude: [...withPage, ...alone, slow]}
      },
      {extends: true, test: {name: "engines", include: alone, exclude: [slow], isolate: true}},
      {
        extends: true,
        test: {
          name: "page",
          include: withPage,
          exclude: [slow],
          environment: "jsdom",
          setupFiles: "tests/unit/fine-screen.ts"
        }
      },
      {
        extends: true,
        test: {name: "checks", include: ["tests/checks/*.test.ts"], exclude: [slow], testTimeout: 900_000}
      },
      {extends: true, test: {name: "built", include: ["tests/build/**/*.test.ts"], exclude: [slow], ...site}},
      {
        extends: true,
        test: {name: "browser", include: ["tests/browser/**/*.test.ts"], exclude: [slow], ...site, isolate: false}
      },
      {extends: true, test: {name: "slow", include: [slow], ...site}}
    ]
  }
});
