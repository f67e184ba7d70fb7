import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {openClassify, saveAs, state} from "./classify-page.js";
import type {Site} from "./harness.js";

// A folder of any size dropped on the page with the shipped networks, and its table beside other scores.

/** What a drop of a folder came to. */
export interface FolderDrop {
  rows: Record<string, string>[];
  /** What the page says of all files at the end. */
  status: string;
  seconds: number;
  /** Largest resident memory of the page with its workers, in megabytes. */
  megabytes: number;
  faults: string[];
}

/** Drops a folder from the desktop and waits until all of it is done. @param onProgress told what the page says meanwhile */
export async function dropFolder(
  site: Site,
  folder: string,
  onProgress: (status: string) => void = () => {}
): Promise<FolderDrop> {
  const {page, faults, close} = await openClassify(site, {model: null, network: "both"});
  await state(page, "ready");
  const session = await page.context().newCDPSession(page);
  const start = performance.now();
  const data = {items: [], files: [folder], dragOperationsMask: 1};
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {type, x: 300, y: 300, data});
  }
  const pause = page.getByRole("button", {name: "Pause"});
  await pause.waitFor({timeout: 300_000});
  while (await pause.isVisible()) {
    await page.waitForTimeout(1000);
    const [status, left] = ["batch-status", "batch-left"].map((id) => page.getByTestId(id).textContent());
    onProgress(`${await status} ${await left}`);
  }
  const seconds = (performance.now() - start) / 1000;
  const status = (await page.getByTestId("batch-status").textContent())!;
  const rows = [...csvParse(await saveAs(page, "CSV"))];
  const megabytes = await peakMemory(site);
  await close();
  return {rows, status, seconds, megabytes, faults};
}

async function peakMemory({browser}: Site): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const {processInfo} = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo
    .filter(({type}) => type === "renderer")
    .map(({id}) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? "0");
  return Math.max(...peaks.map(Number)) / 1000;
}

/** How far a drop's rows are from others of the same files: what `npm run score` wrote, and the shipped scores. */
export interface Comparison {
  compared: number;
  furthest: number;
  /** Files of which one has an answer and the other has none. */
  unlike: string[];
}

/** Compares the rows of a drop with the table of `npm run score`, file by file. */
export function compareWithScores(rows: FolderDrop["rows"], scores: string): Comparison {
  const others = new Map(csvParse(scores).map((row) => [row.path!, row]));
  const pairs = rows.map((row) => [row, others.get(row.path!)] as const);
  const unlike = pairs.filter(
    ([row, other]) => !other || !row.p_parasitized !== !other.p_resnet34 || row.sha256 !== other.sha256
  );
  const differences = pairs.flatMap(([row, other]) =>
    row.p_parasitized && other?.p_resnet34 ? [Math.abs(Number(row.p_parasitized) - Number(other.p_resnet34))] : []
  );
  return {compared: differences.length, furthest: largest(differences), unlike: unlike.map(([{path}]) => path!)};
}

/** Compares the rows of a drop, but for stains that were brought to the set's, with the shipped scores of the same network: of its own fold and its validation patients. */
export function compareWithShipped(rows: FolderDrop["rows"]): Omit<Comparison, "unlike"> {
  const manifest = readManifest();
  const {cell, score, fold} = readPredictions(manifest, "models/resnet34");
  const shipped = new Map(
    cell.flatMap((place, n) => (fold[n] === 0 ? [[manifest[place]!.file, score[n]!] as const] : []))
  );
  for (const row of csvParse(readFileSync("models/resnet34/validation.csv", "utf8"))) {
    if (row.fold === "0") shipped.set(row.file!, Number(row.p_parasitized));
  }
  const differences = rows.flatMap(({file, p_parasitized: p, threshold_offset: offset}) =>
    p && Number(offset) === 0 && shipped.has(file!) ? [Math.abs(Number(p) - shipped.get(file!)!)] : []
  );
  return {compared: differences.length, furthest: largest(differences)};
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
