import {readFileSync, readdirSync} from "node:fs";
import {parse} from "csv-parse/sync";

// What the data set says of the sample cells beside this file; all are of the fold that the shipped model never saw.
const manifest: Record<string, string>[] = parse(readFileSync("src/data/cells/manifest.csv"), {columns: true});
const files = new Set(readdirSync("src/data/samples/classify").filter((file) => file.endsWith(".png")));
const samples = manifest
  .filter(({file}) => files.has(file!))
  .map(({file, label, disputed, patient, fold}) => ({file, label, disputed: disputed === "1", patient, fold}));

if (samples.length !== files.size) throw new Error("A sample cell is not in src/data/cells/manifest.csv.");
if (samples.some(({fold}) => fold !== "0")) throw new Error("A sample cell is not in fold 0, the held-out fold.");
process.stdout.write(JSON.stringify(samples));
