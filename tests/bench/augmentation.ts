import {writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {parseArgs} from "node:util";
import {openSite, settle} from "../browser/harness.js";
import {serveModules} from "./page-modules.js";

// Measures the augmentation page of the built site in headless Chromium: how long one 460→224 augmentation takes on the
// main thread, and how often the grid of twelve draws is redrawn while a slider is dragged.
const {values} = parseArgs({
  options: {
    directory: {type: "string", default: "dist"},
    seconds: {type: "string", default: "4"},
    write: {type: "boolean", default: false}
  }
});
const site = await openSite({directory: values.directory});
const {page, close} = await site.open("/pages/augmentation", {viewport: {width: 1280, height: 900}});
await settle(page, {quiet: 500});

const module = await serveModules(page, {"augment/augment": ["augment"]});
const single = await page.evaluate(async (path) => {
  const {augment} = (await import(path)) as {
    augment: (picture: object, draw: object, options: object) => unknown;
  };
  const side = 460;
  const picture = {
    data: Float32Array.from({length: side * side * 3}, (_, i) => ((i * 37) % 251) / 250),
    width: side,
    height: side
  };
  const draw = {
    flip: true,
    degrees: 7.5,
    zoom: 1.07,
    zoomCenter: [0.3, 0.8],
    warpX: 0.12,
    warpY: -0.08,
    brightness: 0.58,
    contrast: 1.15
  };
  const times = Array.from({length: 60}, () => {
    const start = performance.now();
    augment(picture, draw, {size: 224});
    return performance.now() - start;
  });
  return times.slice(10).sort((a, b) => a - b);
}, module);

const drag = await page.evaluate(
  async (milliseconds) => {
    const slider = [...document.querySelectorAll<HTMLInputElement>("input[type=range]")].find((input) =>
      input.closest("label")?.textContent?.includes("max_rotate")
    )!;
    const speed = document.querySelector('[data-testid="speed"]')!;
    const redraws: number[] = [];
    new MutationObserver(() => redraws.push(performance.now())).observe(speed, {
      childList: true,
      characterData: true,
      subtree: true
    });
    const frames: number[] = [];
    const start = performance.now();
    const [low, high] = [Number(slider.min), Number(slider.max)];
    while (performance.now() - start < milliseconds) {
      frames.push(await new Promise<number>(requestAnimationFrame));
      slider.value = String(low + ((high - low) * (1 + Math.sin(frames.length / 15))) / 2);
      slider.dispatchEvent(new Event("input", {bubbles: true}));
    }
    const seconds = (performance.now() - start) / 1000;
    return {frames: frames.length / seconds, redraws: redraws.length / seconds};
  },
  1000 * Number(values.seconds)
);

const round = (value: number) => Number(value.toFixed(1));
const quantile = (share: number) => round(single[Math.floor(share * (single.length - 1))]!);
const result = {
  machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores, headless Chromium ${site.browser.version()}`,
  augmentationMilliseconds: {median: quantile(0.5), percentile95: quantile(0.95)},
  dragging: {gridsPerSecond: round(drag.redraws), framesPerSecond: round(drag.frames)}
};
console.log(JSON.stringify(result, null, 2));
if (values.write) writeFileSync("tests/bench/augmentation.json", JSON.stringify(result, null, 2) + "\n");
await close();
await site.close();
