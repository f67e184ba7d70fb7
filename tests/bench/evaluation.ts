import {labelSets} from "../../src/components/evaluation/data.js";
import {random} from "../../src/components/metrics/index.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {openSite, settle} from "../browser/harness.js";

// How long the evaluation page takes from a slider event until every view is redrawn, over scores for all 27,558 cells.
// Run `npm run build` first, then `npx tsx tests/bench/evaluation.ts`.

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
const group = {threshold: 0.5, figures: perSet(figures), bands: perSet({roc: band, precisionRecall: band})};
const data = {
  ...{bandDraws: 500, draws: 2000, seed: 1},
  models: [
    {
      ...{name: "resnet34", title: "synthetic scores", protocol: "patient", folds, places: null, scores},
      points: folds.map((fold) => ({fold, threshold: 0.5, temperature: 1, abstain: [0.4, 0.6], rule: ""})),
      groups: ["all", ...folds.map(String)].map((fold) => ({
        fold,
        ...group,
        ...(fold === "all" ? {threshold: null} : {})
      }))
    }
  ]
};

const site = await openSite({webgl: false});
const page = await site.browser.newPage({viewport: {width: 1280, height: 900}});
// tsx names functions by a helper that the page does not have.
await page.addInitScript("globalThis.__name = (named) => named");
await page.route("**/data/evaluation.*.json", (route) => route.fulfill({json: data}));
await page.goto(new URL("/pages/evaluation", site.url).href);
await settle(page);
await page.locator(".error-gallery").scrollIntoViewIfNeeded();
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
await site.close();

for (const [name, values] of Object.entries(times)) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  const meaning = name === "work" ? "all views and layout done" : "frame with the gallery's canvas begun";
  console.log(`${meaning}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, most ${at(1)} ms (${rounds} events)`);
}
