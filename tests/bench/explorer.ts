import {readFileSync, readdirSync, statSync, writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {parseArgs} from "node:util";
import {replacePart} from "../../models/readme-part.js";
import type * as columnsModule from "../../src/components/explorer/columns.js";
import type * as explorerModule from "../../src/components/explorer/explorer.js";
import type * as cellsModule from "../../src/components/gallery/cells.js";
import type {ExplorerFacts} from "../../src/data/shapes/columns.js";
import {openSite, settle} from "../browser/harness.js";
import {datasetTable} from "./explorer-table.js";
import {serveModules} from "./page-modules.js";

// Measures the dataset page of the built site in headless Chromium: main-thread time from a step of a brush to the end
// of the frame that shows it (crossfilter, all views, style, layout and painting), the same with forty times the cells,
// and the frames of a gallery that is scrolled through.
const {values} = parseArgs({
  options: {
    directory: {type: "string", default: "dist"},
    steps: {type: "string", default: "60"},
    write: {type: "boolean", default: false}
  }
});
const data = `${values.directory}/_file/data`;
const files = Object.fromEntries(
  ["cells.arrow", "scores.arrow", "map.arrow", "explorer.json"].map((name) => {
    const [stem, ending] = name.split(".") as [string, string];
    const built = readdirSync(data).find((each) => each.startsWith(`${stem}.`) && each.endsWith(`.${ending}`));
    return [name, `/_file/data/${built!}`];
  })
);
/** What the page's modules export that is measured. */
type Explorer = Pick<typeof explorerModule & typeof columnsModule & typeof cellsModule, Measured>;
type Measured = "cellExplorer" | "filteredCells" | "readScoreColumns" | "openCells";
const steps = Number(values.steps);

const site = await openSite({directory: values.directory, webgl: false});
const {page, requests, close} = await site.open("/pages/dataset", {viewport: {width: 1280, height: 1400}});
await settle(page, {quiet: 500, timeout: 300_000});
const bytesOf = (paths: Iterable<string>) =>
  [...paths].reduce((sum, path) => sum + statSync(`${values.directory}/${path}`).size, 0);
const opened = new Set(requests.map((url) => new URL(url).pathname.replace(/^(\/pages\/\w+)$/, "$1.html")));
const firstScreenBytes = bytesOf(opened);
const thumbnailBytes = bytesOf(
  readdirSync(`${values.directory}/data/thumbnails`).map((name) => `data/thumbnails/${name}`)
);
// tsx wraps named functions in a helper of its own, which the page does not have.
await page.evaluate("globalThis.__name = (value) => value");

/** Drags a brush over each chart in turn; milliseconds a step, from the event to the task after the frame. */
const brush = (count: number) =>
  page.evaluate(async (many) => {
    const afterFrame = () =>
      new Promise<number>((resolve) => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    const times: number[] = [];
    for (const name of ["Hue", "Brightness", "Black frame", "Score of colour alone"]) {
      const charts = document.querySelectorAll<SVGElement>(`svg[data-axis="${name}"]`);
      const chart = charts[charts.length - 1]!;
      chart.setPointerCapture = () => {};
      const {left, top, width} = chart.getBoundingClientRect();
      const send = (type: string, share: number) =>
        chart.dispatchEvent(
          new PointerEvent(type, {bubbles: true, button: 0, clientX: left + share * width, clientY: top + 20})
        );
      send("pointerdown", 0.3);
      for (let step = 0; step < many; step++) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        send("pointermove", 0.3 + 0.4 * Math.abs(Math.sin(step / 9)));
        times.push((await afterFrame()) - start);
      }
      send("pointerup", 0.3);
      send("pointerdown", 0.01);
      send("pointerup", 0.01);
    }
    return times.sort((a, b) => a - b);
  }, count);

/** Scrolls the gallery at the pace of a fast wheel; milliseconds between frames. */
const scroll = () =>
  page.evaluate(async () => {
    const view = document.querySelector<HTMLElement>(".gallery-view")!;
    const frames: number[] = [];
    let last = await new Promise<number>(requestAnimationFrame);
    while (frames.length < 300) {
      view.scrollTop += 24;
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return frames.sort((a, b) => a - b);
  });

// Beside the clock, which other programs disturb: processor time of the page's main thread.
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable", {timeDomain: "threadTicks"});
const busy = async () => {
  const {metrics} = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(({name}) => name === "TaskDuration")!.value;
};
/** Brushes, and says what a step took by the clock and of the processor. */
async function measure(count: number) {
  const before = await busy();
  const times = await brush(count);
  return {times, processor: (await busy()) - before, steps: times.length};
}

const cellCount = Number((await page.getByTestId("cell-count").textContent())!.split(" ")[0]!.replaceAll(",", ""));
const small = await measure(steps);
const frames = await scroll();

// There are no pictures of the repeated cells: each sheet is the first one.
await page.route(/\/data\/thumbnails\//, (route) =>
  route.fulfill({path: `${values.directory}/data/thumbnails/sheet-000.webp`})
);

const module = await serveModules(page, {
  "explorer/explorer": ["cellExplorer", "filteredCells"],
  "explorer/columns": ["readScoreColumns"],
  "gallery/cells": ["openCells"]
});
/** The page's own modules over the cells repeated forty times. */
const rows = await page.evaluate(
  async ({module, files}) => {
    const ask = (name: string) => fetch(files[name]!);
    const bytes = async (name: string) => (await ask(name)).arrayBuffer();
    const {cellExplorer, filteredCells, readScoreColumns, openCells} = (await import(module)) as Explorer;
    const times = 40;
    const repeat = <T extends object>(columns: T) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, column]: [string, unknown]) => {
          if (!ArrayBuffer.isView(column)) return [name, column];
          const array = column as Float64Array;
          const long = new (array.constructor as Float64ArrayConstructor)(array.length * times);
          for (let i = 0; i < times; i++) long.set(array, i * array.length);
          return [name, long];
        })
      ) as T;
    const one = openCells(await bytes("cells.arrow"));
    const many = {...repeat(one), count: one.count * times};
    const scores = repeat(readScoreColumns(await bytes("scores.arrow")));
    const facts = (await (await ask("explorer.json")).json()) as ExplorerFacts;
    const {explorer: node} = cellExplorer(many, filteredCells(many, scores, facts.thresholds), {
      scores,
      facts,
      hard: {version: "0", cells: Array.from({length: many.count}, (_, i) => i)},
      folders: {cells: "/data/cells/", thumbnails: "/data/thumbnails/"},
      fetchMap: () => bytes("map.arrow"),
      fetchFeatures: () => Promise.reject(new Error("not measured")),
      fetchEvaluation: () => Promise.reject(new Error("not measured")),
      fetchScores: {}
    });
    document.querySelector(".cell-explorer")!.replaceWith(node);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return many.count;
  },
  {module, files}
);
const large = await measure(Math.min(steps, 30));

const round = (value: number) => Number(value.toFixed(2));
const summary = ({times, processor, steps: count}: Awaited<ReturnType<typeof measure>>) => ({
  median: round(times[Math.floor(times.length / 2)]!),
  percentile95: round(times[Math.floor(0.95 * (times.length - 1))]!),
  processorMean: round(processor / count)
});
const [few, many] = [summary(small), summary(large)];
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores, headless Chromium ${site.browser.version()}`,
  brushMilliseconds: {[cellCount]: few, [rows]: many},
  processorNanosecondsPerRow: round((1e6 * (many.processorMean - few.processorMean)) / (rows - cellCount)),
  scroll: {
    framesPerSecond: round(1000 / (frames.reduce((sum, time) => sum + time, 0) / frames.length)),
    longestFrameMilliseconds: round(frames.at(-1)!)
  },
  firstScreenBytes,
  thumbnailBytes
};
console.log(JSON.stringify(result, null, 2));
if (values.write) {
  writeFileSync("tests/bench/explorer.json", JSON.stringify(result, null, 2) + "\n");
  const speed = readFileSync("docs/speed.md", "utf8");
  writeFileSync(
    "docs/speed.md",
    replacePart(speed, "explorer: npm run bench:explorer", datasetTable(result), "docs/speed.md")
  );
}
await close();
await site.close();
