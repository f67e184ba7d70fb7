import {readFile} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {build} from "esbuild";
import type {OfflinePlan} from "../components/site/offline-plan.js";
import {sha256} from "../data/pack/digest.js";
import {scriptTarget} from "./browsers.js";
import {checksumFile} from "./checksums.js";
import {listFiles} from "./files.js";
import {isHashed} from "./headers.js";
import {integrity, workerFile} from "./seal.js";

/** The part of the classifier that a file belongs to: a network's name, "kernels" or "tensorflow". */
function partOf(url: string): string | undefined {
  const [, network] = /^models\/(\w+)\/(?:(?:metadata|model|gate)\.json$|weights-)/.exec(url) ?? [];
  if (network) return network;
  if (/^_file\/components\/kernels\//.test(url)) return "kernels";
  return /^(_file\/data\/wasm|_node\/@tensorflow)\//.test(url) ? "tensorflow" : undefined;
}

/** Sheets, networks, and the decoders of formats that few files have. */
const whenUsed =
  /^(data|models|_node\/(@cornerstonejs|fast-png|fflate|geotiff|iobuffer|jpeg-js|libheif-js|lerc|pako|zstddec)[@/])|^_import\/components\/formats\/(all-pixels|heic|jpeg-2000|png|tiff)/;

/**
 * Sorts the files of the built site in `directory`: the shell, kept from the first visit on, is what the pages are made
 * of; the sheets, the network, TensorFlow.js and the libraries of rarer formats are kept once they were used.
 */
export async function planOffline(directory: string, version: string): Promise<OfflinePlan> {
  const plan: OfflinePlan = {version, shell: [], used: {}, classifier: {}};
  for (const file of await listFiles(directory)) {
    const url = relative(directory, file).split(sep).join("/");
    if (url === workerFile || url === checksumFile || /\.(br|gz)$/.test(url)) continue;
    const content = await readFile(file);
    const part = partOf(url);
    if (part || whenUsed.test(url)) plan.used[url] = sha256(content);
    else plan.shell.push({url, revision: isHashed(url) ? null : sha256(content), integrity: integrity(content)});
    if (part) (plan.classifier[part] ??= []).push(url);
  }
  return plan;
}

/** Bundles the service worker with its plan into the built site in `directory`. */
export async function writeWorker(directory: string, plan: OfflinePlan): Promise<void> {
  await build({
    entryPoints: ["src/components/site/service-worker.ts"],
    outfile: join(directory, workerFile),
    bundle: true,
    minify: true,
    format: "iife",
    target: scriptTarget,
    legalComments: "none",
    define: {OFFLINE_PLAN: JSON.stringify(plan), "process.env.NODE_ENV": '"production"'}
  });
}
