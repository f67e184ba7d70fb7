import {existsSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {listFiles} from "./files.js";

/**
 * The libraries whose version Framework looks up at the npm registry for every build, even of an empty page, only to
 * write the names into client.js. A folder `<name>@<version>` in its cache answers the look-up without a network and
 * keeps "latest" out of the build. Nothing of them is downloaded, here or by a visitor.
 */
export const pinned: Record<string, string> = {
  "@observablehq/plot": "0.6.17",
  "@observablehq/sample-datasets": "1.0.1",
  "apache-arrow": "17.0.0",
  arquero: "8.0.3",
  d3: "7.9.0",
  "d3-dsv": "3.0.1",
  echarts: "5.6.0",
  htl: "0.3.1",
  leaflet: "1.9.4",
  lodash: "4.17.21",
  "mapbox-gl": "3.9.0",
  "parquet-wasm": "0.6.1",
  react: "19.0.0",
  "react-dom": "19.0.0",
  "topojson-client": "3.1.0"
};

/** Folder of Framework's cache under the source root. */
export const cacheFolder = (root: string): string => join(root, ".observablehq", "cache");

/** Makes the empty version folders in Framework's cache under `root`, so that a build needs no network. */
export async function makeHermetic(root: string): Promise<void> {
  for (const [name, version] of Object.entries(pinned)) {
    await mkdir(join(cacheFolder(root), "_npm", `${name}@${version}`), {recursive: true});
  }
}

/**
 * Files that a build fetched from a CDN into Framework's cache under `root`; empty after a hermetic build. Each comes
 * from an `npm:` import, an implicit library (`d3`, `Plot`, `Inputs`, `html`) or an attachment read by `.csv()`.
 */
export async function listDownloads(root: string): Promise<string[]> {
  const folders = ["_npm", "_jsr", "_duckdb"].map((name) => join(cacheFolder(root), name)).filter(existsSync);
  return (await Promise.all(folders.map(listFiles))).flat().sort();
}
