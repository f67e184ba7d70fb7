// Drops a folder of any size on the built Classify page in Chromium and says how long it took, how much memory, and how far the
// table is from the shipped scores and from those of `npm run score` on the same folder:
//   npm run bench:drop -- <folder, such as the NIH set's cell_images> [--scores scores.csv] [--out table.csv] [--site dist] [--isolated]
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {csvFormat} from "d3-dsv";
import {openSite} from "../browser/harness.js";

// The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
Object.assign(globalThis, {require: createRequire(import.meta.url)});
const {compareWithScores, compareWithShipped, dropFolder} = await import("../browser/whole-set.js");
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    scores: {type: "string"},
    out: {type: "string"},
    site: {type: "string", default: "dist"},
    isolated: {type: "boolean", default: false}
  }
});
const [folder] = positionals;
if (!folder) {
  console.error("Say which folder to drop: npm run bench:drop -- <folder> [--scores scores.csv]");
  process.exit(2);
}
const site = await openSite({directory: resolve(values.site), isolated: values.isolated, webgl: false});
const {rows, status, seconds, megabytes, faults} = await dropFolder(site, resolve(folder), (said) =>
  process.stdout.write(`\r${said.padEnd(110)}`)
);
await site.close();
const scores = values.scores && compareWithScores(rows, readFileSync(values.scores, "utf8"));
if (values.out) writeFileSync(values.out, csvFormat(rows));
console.log(`\n${status}`);
console.log(
  JSON.stringify(
    {
      files: rows.length,
      seconds: Math.round(seconds),
      megabytes: Math.round(megabytes),
      faults,
      shipped: compareWithShipped(rows),
      ...(scores && {scores: {...scores.distances, unlike: scores.unlike.length, first: scores.unlike.slice(0, 5)}})
    },
    null,
    1
  )
);
