import {mkdir, rm, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import sirv from "sirv";
import config from "../../observablehq.config.js";
import {cellsDirectory, readManifest} from "../data/loaders/manifest.js";
import {readCellScores} from "../data/loaders/scores.js";
import {chooseHardCells, makeThumbnails} from "../data/loaders/thumbnails.js";
import {fontPackages} from "./fonts.js";
import {makeHermetic} from "./hermetic.js";
import {listen, readOptions} from "./serve.js";

// Preview re-runs a loader only when the loader itself changes, not its inputs: begin with an empty cache.
await rm(`${config.root}/.observablehq`, {recursive: true, force: true});
await makeHermetic(config.root);
process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";

// Framework's preview does not serve the files of dynamicPaths, which the build does: a server before it adds them.
const preview = createServer();
const framework = new URL("../../node_modules/@observablehq/framework/dist/preview.js", import.meta.url);
const {PreviewServer} = await import(framework.href);
new PreviewServer({server: preview, verbose: true});

// Thumbnails come out of a loader's archive; the preview answers for them once they are made.
const thumbnails = ".cache/thumbnails";
void (async () => {
  const rows = readManifest();
  await mkdir(thumbnails, {recursive: true});
  for (const [name, bytes] of await makeThumbnails(rows, chooseHardCells(rows, readCellScores(rows)), cellsDirectory)) {
    await writeFile(join(thumbnails, name), bytes);
  }
})().catch((error: Error) => console.error(`The thumbnails could not be made: ${error.message}`));

const dynamic = new Map<string, string>([
  ["/models/", "models"],
  ["/fonts/", fontPackages],
  ["/data/cells/", `${config.root}/data/cells`],
  ["/data/thumbnails/", thumbnails]
]);
const handlers = [...dynamic].map(([prefix, folder]) => ({prefix, handle: sirv(folder, {dev: true})}));
const server = createServer((request, response) => {
  const address = request.url!;
  const found = handlers.find(({prefix}) => address.startsWith(prefix));
  const pass = () => {
    request.url = address;
    preview.emit("request", request, response);
  };
  if (!found) return pass();
  request.url = address.slice(found.prefix.length - 1);
  found.handle(request, response, pass);
});
server.on("upgrade", (...upgrade) => preview.emit("upgrade", ...upgrade));

await listen(server, readOptions(process.argv.slice(2), process.env).port, "127.0.0.1");
const {port} = server.address() as AddressInfo;
console.log(`Preview of Malaria Detection at http://localhost:${port}/\nPress Ctrl+C to stop.`);
