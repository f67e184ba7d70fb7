import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
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
  /** Processor time of the page with its workers, from its start. */
  processorSeconds: number;
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
  const spent = await spentByPages(site);
  await close();
  return {rows, status, seconds, ...spent, faults};
}

async function spentByPages({browser}: Site): Promise<Pick<FolderDrop, "megabytes" | "processorSeconds">> {
  const session = await browser.newBrowserCDPSession();
  const {processInfo} = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({type}) => type === "renderer");
  const peaks = pages.map(({id}) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? "0");
  return {
    megabytes: Math.max(...peaks.map(Number)) / 1000,
    processorSeconds: pages.reduce((sum, {cpuTime}) => sum + cpuTime, 0)
  };
}

/** A network, its column of the page's table, and that of `npm run score`. */
const NETWORKS = [
  {name: "resnet34", column: "p_parasitized", scored: "p_resnet34"},
  {name: "student", column: "p_parasitized_early", scored: "p_student"}
] as const;

/** How far a drop's probabilities of one network are from others of the same files. */
export interface Distance {
  compared: number;
  furthest: number;
  /** The file that is furthest. */
  file: string;
}

/** Of each network by its name. */
export type Distances = Record<(typeof NETWORKS)[number]["name"], Distance>;

/**
 * Compares the rows of a drop with the table of `npm run score`, file by file.
 * @returns how far the probabilities are, and the paths of files of which one table has another content, another class or
 * none, or that one lacks
 */
export function compareWithScores(rows: FolderDrop["rows"], scores: string): {distances: Distances; unlike: string[]} {
  const others = new Map(csvParse(scores).map((row) => [row.path!, row]));
  const unlike = rows.filter((row) => {
    const other = others.get(row.path!);
    return (
      !other ||
      row.sha256 !== other.sha256 ||
      row.called !== other.called ||
      NETWORKS.some(({column, scored}) => !row[column] !== !other[scored])
    );
  });
  const known = new Set(rows.map(({path}) => path));
  return {
    distances: distancesOf(rows, (row, {scored}) => others.get(row.path!)?.[scored]),
    unlike: [...unlike.map(({path}) => path!), ...[...others.keys()].filter((path) => !known.has(path))]
  };
}

/**
 * Compares the rows of a drop with the shipped scores of the same networks, of their own fold and its validation patients: but
 * for cells whose stain was brought to the set's, and those that were cut out anew, which are other pixels.
 */
export function compareWithShipped(rows: FolderDrop["rows"]): Distances {
  const shipped = Object.fromEntries(NETWORKS.map(({name}) => [name, shippedScores(name)]));
  const own = rows.filter(({threshold_offset: offset, cut_out: cut}) => Number(offset) === 0 && cut !== "true");
  return distancesOf(own, ({file}, {name}) => shipped[name]!.get(file!));
}

function shippedScores(name: string): Map<string, string> {
  const rows = ["predictions", "validation"].flatMap((table) =>
    csvParse(readFileSync(`models/${name}/${table}.csv`, "utf8")).filter(({fold}) => fold === "0")
  );
  return new Map(rows.map(({file, p_parasitized: p}) => [file!, p!]));
}

function distancesOf(
  rows: FolderDrop["rows"],
  other: (row: FolderDrop["rows"][number], network: (typeof NETWORKS)[number]) => string | undefined
): Distances {
  const entries = NETWORKS.map((network) => {
    const distance: Distance = {compared: 0, furthest: 0, file: ""};
    for (const row of rows) {
      const [p, q] = [row[network.column], other(row, network)];
      if (!p || !q) continue;
      distance.compared += 1;
      const far = Math.abs(Number(p) - Number(q));
      if (far > distance.furthest) Object.assign(distance, {furthest: far, file: row.file});
    }
    return [network.name, distance];
  });
  return Object.fromEntries(entries) as Distances;
}
