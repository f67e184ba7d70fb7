import {createHash} from "node:crypto";
import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {describeCell} from "../../src/components/gate/descriptors.js";
import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {objectionTo} from "../../src/components/gate/gate.js";
import type {Check} from "../../src/components/gate/gate.js";
import {prepareCell} from "../../src/components/gate/prepare-cell.js";
import {toBatch} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {labels, readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {FOREIGN, foreignPictures} from "../../tests/fixtures/foreign-pictures.js";
import {openEngine, readBundle} from "../bundle.js";
import {readCells} from "../parity/cells.js";
import {fillTrust} from "../trust.js";
import {cellsOf} from "./cells.js";
import type {Part} from "./cells.js";
import {featuresOf} from "./features.js";
import {fitGate} from "./fit.js";

// Fits the gate on training patients, sets its limits on validation patients, and measures it on the test fold's cells
// and on foreign pictures. Writes gate.json, which the classifier loads, its entry in metadata.json, and
// gate-measured.json.
const SEED = 2020;
const FOREIGN_COUNT = 100;
const directory = path.join("models", process.argv[2] ?? "resnet34");
const manifest = readManifest();
const {testFold} = readMetadata(directory).split as {testFold: number};

const asPicture = (data: Uint8Array): RgbPicture => ({
  data: new Uint8ClampedArray(data),
  ...{width: 50, height: 50, channels: 3}
});

async function load(part: Part) {
  const places = cellsOf(manifest, testFold, part, SEED);
  const {width, values} = await featuresOf(directory, places, part);
  const bytes = await readCells(places);
  const pictures = places.map((_, n) => asPicture(bytes.subarray(n * 7500, (n + 1) * 7500)));
  const features = places.map((_, n) => values.subarray(n * width, (n + 1) * width));
  return {places, pictures, features, classes: places.map((place) => labels.indexOf(manifest[place]!.label))};
}

const [train, validation, test] = [await load("train"), await load("validation"), await load("test")];
const describe = ({pictures, features, classes}: typeof train) => {
  const all = pictures.map(({data}) => describeCell(data));
  const kept = all.flatMap((descriptors, n) => (descriptors ? [n] : []));
  return {
    descriptors: kept.map((n) => all[n] as Descriptors),
    features: kept.map((n) => features[n]!),
    classes: kept.map((n) => classes[n]!)
  };
};
const patients = new Set(train.places.map((place) => manifest[place]!.patient));
const sides = manifest.flatMap(({patient, width, height}) =>
  patients.has(patient) && width && height ? [width, height] : []
);
const gate = fitGate(describe(train), describe(validation), Math.min(...sides));

function count(objections: (Check | null)[]) {
  const refused = objections.filter((check) => check !== null);
  const checks: Partial<Record<Check, number>> = {};
  for (const check of refused) checks[check] = (checks[check] ?? 0) + 1;
  return {pictures: objections.length, refused: refused.length, checks};
}

function judge({pictures, features}: typeof train) {
  return pictures.map((picture, n) => {
    const {cell, cut} = prepareCell(picture);
    if (cut) throw new Error("A packed cell was cut out, so that its features are not those of the cell.");
    return objectionTo({cell, features: features[n]!, width: 50, height: 50}, gate)?.check ?? null;
  });
}

const engine = await openEngine(readBundle(directory));
const pool = train.pictures.slice(0, 200);
const foreign: Record<string, ReturnType<typeof count>> = {};
for (const kind of Object.keys(FOREIGN)) {
  const objections: (Check | null)[] = [];
  for (const picture of foreignPictures(kind, FOREIGN_COUNT, pool)) {
    const {cell} = prepareCell(picture);
    const size = {width: picture.width, height: picture.height};
    let objection = objectionTo({cell, features: null, ...size}, gate);
    if (!objection) {
      const {features} = await engine.predict(toBatch([cell]));
      objection = objectionTo({cell, features, ...size}, gate);
    }
    objections.push(objection?.check ?? null);
  }
  foreign[kind] = count(objections);
  console.log(`${kind}: ${foreign[kind].refused} of ${FOREIGN_COUNT} refused ${JSON.stringify(foreign[kind].checks)}`);
}
engine.dispose();

const measured = {
  command: "npm run gate",
  seed: SEED,
  fitted: {cells: train.places.length, patients: patients.size},
  validation: count(judge(validation)),
  heldOut: {patients: new Set(test.places.map((place) => manifest[place]!.patient)).size, ...count(judge(test))},
  foreign
};
console.log(JSON.stringify({validation: measured.validation, heldOut: measured.heldOut}));

const content = JSON.stringify(gate) + "\n";
writeFileSync(path.join(directory, "gate.json"), content);
writeFileSync(path.join(directory, "gate-measured.json"), JSON.stringify(measured, null, 1) + "\n");
const file = path.join(directory, "metadata.json");
const metadata = JSON.parse(readFileSync(file, "utf8")) as {files: {path: string; bytes: number; sha256: string}[]};
metadata.files = [
  ...metadata.files.filter(({path: name}) => name !== "gate.json"),
  {path: "gate.json", bytes: Buffer.byteLength(content), sha256: createHash("sha256").update(content).digest("hex")}
];
writeFileSync(file, JSON.stringify(metadata, null, 1) + "\n");
writeFileSync("README.md", fillTrust(readFileSync("README.md", "utf8"), directory));
