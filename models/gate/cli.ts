import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {descriptorsOf} from "../../src/components/gate/descriptors.js";
import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {objectionTo} from "../../src/components/gate/gate.js";
import type {Check} from "../../src/components/gate/gate.js";
import {prepareCell} from "../../src/components/gate/prepare-cell.js";
import {toBatch} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {sha256} from "../../src/data/pack/digest.js";
import {cellSide, cellValues, labels} from "../../src/data/shapes/cells.js";
import {openEngine, readBundle} from "../bundle.js";
import {cellsOf} from "../draw-cells.js";
import type {Part} from "../draw-cells.js";
import {fillTrust} from "../trust.js";
import {featuresOf} from "./features.js";
import {fitGate} from "./fit.js";
import {FOREIGN, foreignPictures} from "./foreign-pictures.js";

// Fits the gate on training patients, sets its limits on validation patients, and measures it on the test fold's cells
// and on foreign pictures. Writes gate.json, which the classifier loads, its entry in metadata.json, and
// gate-measured.json.
const SEED = 2020;
const FOREIGN_COUNT = 200;
const directory = path.join("models", process.argv[2] ?? "resnet34");
const manifest = readManifest();
const {testFold} = readMetadata(directory).split as {testFold: number};

const asPicture = (data: Uint8Array): RgbPicture => ({
  data: new Uint8ClampedArray(data),
  ...{width: cellSide, height: cellSide, channels: 3}
});

async function load(part: Part) {
  const places = cellsOf(manifest, testFold, part, SEED);
  const {width, values} = await featuresOf(directory, places, part);
  const bytes = await readPackedCells(places);
  const pictures = places.map((_, n) => asPicture(bytes.subarray(n * cellValues, (n + 1) * cellValues)));
  const features = places.map((_, n) => values.subarray(n * width, (n + 1) * width));
  return {places, pictures, features, classes: places.map((place) => labels.indexOf(manifest[place]!.label))};
}

const [train, validation, test] = [await load("train"), await load("validation"), await load("test")];
const describe = ({pictures, features, classes}: typeof train) => {
  const all = pictures.map(({data}) => descriptorsOf(data));
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

const engine = await openEngine(readBundle(directory));

/** The check that a picture fails; its features are only asked for where they are not given and matter. */
async function judge(picture: RgbPicture, given?: Float32Array): Promise<Check | null> {
  const {cell, cut, descriptors} = prepareCell(picture);
  const facts = {descriptors, width: picture.width, height: picture.height};
  const plain = objectionTo({...facts, features: null}, gate);
  if (plain) return plain.check;
  const features = given && !cut ? given : (await engine.predict(toBatch([cell]))).features;
  return objectionTo({...facts, features}, gate)?.check ?? null;
}

async function judgeAll({pictures, features}: Pick<typeof train, "pictures" | "features">) {
  const checks: (Check | null)[] = [];
  for (const [n, picture] of pictures.entries()) checks.push(await judge(picture, features[n]));
  return count(checks);
}

const known = {validation: await judgeAll(validation), heldOut: await judgeAll(test)};
console.log(JSON.stringify(known));
const pool = train.pictures.slice(0, 200);
const foreign: Record<string, ReturnType<typeof count>> = {};
for (const kind of Object.keys(FOREIGN)) {
  foreign[kind] = await judgeAll({pictures: foreignPictures(kind, FOREIGN_COUNT, pool), features: []});
  console.log(`${kind}: ${foreign[kind].refused} of ${FOREIGN_COUNT} refused ${JSON.stringify(foreign[kind].checks)}`);
}
engine.dispose();

const measured = {
  command: "npm run gate",
  seed: SEED,
  fitted: {cells: train.places.length, patients: patients.size},
  validation: known.validation,
  heldOut: {patients: new Set(test.places.map((place) => manifest[place]!.patient)).size, ...known.heldOut},
  foreign
};

const content = JSON.stringify(gate) + "\n";
writeFileSync(path.join(directory, "gate.json"), content);
writeFileSync(path.join(directory, "gate-measured.json"), JSON.stringify(measured, null, 1) + "\n");
const file = path.join(directory, "metadata.json");
const metadata = JSON.parse(readFileSync(file, "utf8")) as {
  name: string;
  files: {path: string; bytes: number; sha256: string}[];
};
metadata.files = [
  ...metadata.files.filter(({path: name}) => name !== "gate.json"),
  {path: "gate.json", bytes: Buffer.byteLength(content), sha256: sha256(content)}
];
writeFileSync(file, JSON.stringify(metadata, null, 1) + "\n");
if (metadata.name === "resnet34") writeFileSync("README.md", fillTrust(readFileSync("README.md", "utf8"), directory));
