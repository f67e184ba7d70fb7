import {readFileSync, writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {random} from "../../src/components/metrics/index.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {labelSets} from "../../src/data/shapes/evaluation.js";
import {openSite, scriptBytes, settle} from "../browser/harness.js";
import {replaceTable} from "./evaluation-table.js";
import type {EvaluationBench, Spread} from "./evaluation-table.js";

// How long the evaluation page takes from a slider event until every view is redrawn, over scores for all 27,558 cells;
// and of the training and the evaluation page, bytes of JavaScript and time to the largest contentful paint.
// Run `npm run build` first, then `npx tsx tests/bench/evaluation.ts`; with `--write` it writes tests/bench/evaluation.json
// and the tables of docs/speed.md. On a quiet computer.

const rounds = 200;
const manifest = readManifest();
const uniform = random(1);
const scores = manifest.map(({label}) => {
  const lean = label === "parasitized" ? 3 : -3;
  return Number((1 / (1 + Math.exp(-lean - 8 * (uniform() - 0.5)))).toFixed(6));
});
const names = ["accuracy", "sensitivity", "specificity", "rocArea", "matthewsCorrelation"];
const figures = Object.fromEntries(names.map((name) => [name, {estimate: 0.9, low: 0.8, high: 0.95}]));
const band = {low: Array<number>(41).fill(0.5), high: Array<number>(41).fill(0.9)};
const perSet = <T>(value: T) => Object.fromEntries(labelSets.map((set) => [set, value]));
const folds = [0, 1, 2, 3, 4];
const groups = ["all", ...folds.map(String)];
const data = {
  bandDraws: 500,
  draws: 2000,
  seed: 1,
  models: [
    {
      name: "resnet34",
      title: "synthetic scores",
      sha256: null,
      protocol: "patient",
      folds,
      patients: 200,
      met: 0,
      cells: perSet(scores.length),
      subgroups: [],
      robustness: [],
      laboratories: [],
      roc: perSet([]),
      discordant: perSet({shared: 0, onlyFirst: 0, onlySecond: 0}),
      points: folds.map((fold) => ({fold, threshold: 0.5, temperature: 1, abstain: [0.4, 0.6], rule: ""})),
      groups: groups.map((fold) => ({fold, threshold: fold === "all" ? null : 0.5, figures: perSet(figures)}))
    }
  ]
};
const bands = Object.fromEntries(groups.map((fold) => [fold, perSet({roc: band, precisionRecall: band})]));

const site = await openSite({webgl: false});
const page = await site.browser.newPage({viewport: {width: 1280, height: 900}});
// tsx names functions by a helper that the page does not have.
await page.addInitScript("globalThis.__name = (named) => named");
await page.route("**/data/evaluation.*.json", (route) => route.fulfill({json: data}));
await page.route("**/data/scores/*.json", (route) => route.fulfill({json: {places: null, scores, bands}}));
await page.goto(new URL("/pages/evaluation?kind=trouble", site.url).href);
await settle(page, {quiet: 500});
await page.waitForTimeout(2000);

const times = await page.evaluate(async (count) => {
  const slider = document.querySelector<HTMLInputElement>(".threshold input")!;
  const frame = () => new Promise(requestAnimationFrame);
  const work: number[] = [];
  const shown: number[] = [];
  for (let i = 0; i < count; i++) {
    await frame();
    slider.value = String(0.3 + 0.4 * Math.abs(Math.sin(i)));
    const start = performance.now();
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    // Asking for a size makes the browser finish style and layout now.
    void document.body.offsetHeight;
    work.push(performance.now() - start);
    await frame();
    shown.push(performance.now() - start);
  }
  return {work, shown};
}, rounds);
await page.close();

const visits = 5;
const pages: EvaluationBench["pages"] = [];
for (const path of ["/pages/training", "/pages/evaluation"]) {
  const paints: number[] = [];
  let bytes = 0;
  for (let i = 0; i < visits; i++) {
    const visit = await site.open(path);
    await settle(visit.page, {quiet: 500});
    paints.push(
      await visit.page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
              type: "largest-contentful-paint",
              buffered: true
            });
          })
      )
    );
    bytes = await scriptBytes(visit.requests);
    await visit.close();
  }
  const largestPaint = Math.round(paints.sort((a, b) => a - b)[Math.floor(visits / 2)]!);
  pages.push({path, scriptBytes: bytes, largestPaint, visits});
}
const version = site.browser.version();
await site.close();

/** Median, 95th percentile and most, to a tenth of a millisecond. */
function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1));
  return {median: at(0.5), percentile95: at(0.95), most: at(1)};
}

const bench: EvaluationBench = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores, headless Chromium ${version}`,
  cells: scores.length,
  events: rounds,
  redrawn: spread(times.work),
  framed: spread(times.shown),
  pages
};
console.log(JSON.stringify(bench, null, 2));
if (process.argv.includes("--write")) {
  writeFileSync("tests/bench/evaluation.json", `${JSON.stringify(bench, null, 2)}\n`);
  writeFileSync("docs/speed.md", replaceTable(readFileSync("docs/speed.md", "utf8"), bench));
}
