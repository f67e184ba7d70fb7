import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import {csvFormat} from "d3-dsv";
import {descriptorsOf} from "../../src/components/gate/descriptors.js";
import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {judgeFeatures, lookAt} from "../../src/components/gate/gate.js";
import type {Check, Gate, Look} from "../../src/components/gate/gate.js";
import {toBatch} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {dyesOf} from "../../src/components/image/stain.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {sha256} from "../../src/data/pack/digest.js";
import {cellSide, cellValues, labels} from "../../src/data/shapes/cells.js";
import {openFinderHere, openKernelEngine, readBundle} from "../bundle.js";
import {cellsOf} from "../draw-cells.js";
import type {Part} from "../draw-cells.js";
import {LABORATORIES, isHeldOut, readLaboratory} from "../laboratories/cells.js";
import type {LaboratoryCell} from "../laboratories/cells.js";
import {writeFailures} from "../laboratories/failures.js";
import {fillTrust} from "../trust.js";
import {answerOf, ask, see} from "./ask.js";
import type {Asked} from "./ask.js";
import {groundFigures} from "./bright-ground.js";
import {featuresOf} from "./features.js";
import {ROOM, fitGate, fitOffset} from "./fit.js";
import {FOREIGN, foreignPictures} from "./foreign-pictures.js";
import {countNoRedCells, noRedCells} from "./no-red-cells.js";
import {outlineFigures} from "./outlines.js";
import type {OutlineFigures} from "./outlines.js";
import {ROOMS, fillRooms} from "./room.js";
import type {TriedRoom} from "./room.js";

// Fits the gate: on training patients, its cautions' limits on validation patients, its refusals' on other laboratories'
// cells; measures it on the test fold's cells, on foreign pictures and on every laboratory. Writes gate.json, which the
// classifier loads, its entry in metadata.json, gate-measured.json, and laboratories.csv with what becomes of each cell by
// this gate and by one that was fitted without its laboratory ("unmet").
const SEED = 2020;
const FOREIGN_COUNT = 200;
/** Most cells of a laboratory's label. */
const MOST = 300;
/** One of so many held-out cells is laid on a ground. */
const GROUND_EVERY = 10;
/** Most white cells, and most platelets, of a laboratory. */
const MOST_NO_RED = 60;
/** Share of a laboratory's healthy cells of foreign stain that may be called parasitized. */
const FALSE_ALARMS = 0.06;

const {values: options, positionals} = parseArgs({
  options: {laboratories: {type: "string"}},
  allowPositionals: true
});
if (!options.laboratories) {
  console.error(
    "Give --laboratories DIR, the folder with the other laboratories' archives: models/README.md lists them."
  );
  process.exit(1);
}
const directory = path.join("models", positionals[0] ?? "resnet34");
const manifest = readManifest();
const {split, threshold} = readMetadata(directory);
const {testFold} = split as {testFold: number};
const [positive, negative] = labels;
const engine = await openKernelEngine(readBundle(directory));
const finder = await openFinderHere("models/finder");

const asPicture = (data: Uint8Array): RgbPicture => ({
  data: new Uint8ClampedArray(data),
  width: cellSide,
  height: cellSide,
  channels: 3
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
    dyes: kept.map((n) => dyesOf(pictures[n]!.data)!),
    features: kept.map((n) => features[n]!),
    classes: kept.map((n) => classes[n]!)
  };
};
const patients = new Set(train.places.map((place) => manifest[place]!.patient));
const sides = manifest.flatMap(({patient, width, height}) =>
  patients.has(patient) && width && height ? [width, height] : []
);
const home = [describe(train), describe(validation)] as const;
const smallest = Math.min(...sides);

// The stain's limits hang on no other laboratory, so the gate of the set alone says which cells are foreign.
const gateAtHome = fitGate(...home, {smallest, elsewhere: []});

type AskedCell = Asked & {cell: LaboratoryCell};

const laboratories: Record<string, AskedCell[]> = {};
const outlines: OutlineFigures[] = [];
for (const name of Object.keys(LABORATORIES)) {
  const cells = await readLaboratory(options.laboratories, name, MOST);
  laboratories[name] = [];
  for (const cell of cells) {
    laboratories[name].push({cell, ...(await ask(cell.picture, {engine, finder, gate: gateAtHome}))});
  }
  outlines.push(...[await outlineFigures(name, cells, finder)].filter((one) => one !== null));
  console.log(`${name}: ${cells.length} cells`);
}

const mayTeach = (asked: readonly AskedCell[]) => asked.filter(({cell}) => !isHeldOut(cell.group));

/** The gate that these laboratories' cells, but for their held-out groups, ask for. */
function gateOf(fittedOn: readonly (readonly AskedCell[])[], room = ROOM): Gate {
  const taught = fittedOn.map(mayTeach);
  const elsewhere = taught.map((asked) => {
    const kept = asked.filter(({descriptors, dyes, picture}) => descriptors && dyes && !picture.missing);
    return {
      descriptors: kept.map(({descriptors}) => descriptors!),
      dyes: kept.map(({dyes}) => dyes!),
      features: kept.map(({features}) => features)
    };
  });
  const healthy = taught.map((asked) =>
    asked.filter(({cell, isForeign}) => isForeign && cell.label === "healthy").map(({probability}) => probability)
  );
  const offset = fitOffset(healthy, threshold ?? 0.5, FALSE_ALARMS);
  return {...fitGate(...home, {smallest, elsewhere, room}), offset};
}

/** The gate that all laboratories but one ask for. */
const gateWithout = (left: readonly AskedCell[], room = ROOM) =>
  gateOf(
    Object.values(laboratories).filter((other) => other !== left),
    room
  );

const rooms = ROOMS.map((room): TriedRoom => {
  const refused = Object.entries(laboratories).map(([name, asked]) => {
    const unmet = gateWithout(asked, room);
    const judged = mayTeach(asked).map((said) => answerOf(said, unmet).look);
    return [name, Number((judged.filter(({objection}) => objection).length / judged.length).toFixed(4))];
  });
  return {...room, refused: Object.fromEntries(refused) as TriedRoom["refused"]};
});
console.table(rooms.map(({refused, ...room}) => ({...room, ...refused})));

const gate = gateOf(Object.values(laboratories));
console.log(`Foreign stains' logits are moved by ${gate.offset}`);

function count(looks: Look[]) {
  const checks: Partial<Record<Check, number>> = {};
  for (const {objection} of looks) if (objection) checks[objection.check] = (checks[objection.check] ?? 0) + 1;
  const refused = looks.filter(({objection}) => objection).length;
  const cautioned = looks.filter(({objection, cautions}) => !objection && cautions.length).length;
  return {pictures: looks.length, refused, cautioned, checks};
}

/** What the gate says of a picture; the network is asked only where its features are not given and matter. */
async function judge(picture: RgbPicture, given?: Float32Array): Promise<Look> {
  const prepared = await see(picture, finder);
  const look = lookAt(prepared, gate);
  if (look.objection) return look;
  const known = given && look.seen === prepared.cell && !prepared.cut ? given : null;
  return judgeFeatures(look, known ?? (await engine.predict(toBatch([look.seen]))).features, gate);
}

async function judgeAll({pictures, features}: Pick<typeof train, "pictures" | "features">) {
  const looks: Look[] = [];
  for (const [n, picture] of pictures.entries()) looks.push(await judge(picture, features[n]));
  return count(looks);
}

const known = {validation: await judgeAll(validation), heldOut: await judgeAll(test)};
console.log(JSON.stringify(known));
const pool = train.pictures.slice(0, 200);
const foreign: Record<string, ReturnType<typeof count>> = {};
for (const kind of Object.keys(FOREIGN)) {
  foreign[kind] = await judgeAll({pictures: foreignPictures(kind, FOREIGN_COUNT, pool), features: []});
  console.log(`${kind}: ${foreign[kind].refused} of ${FOREIGN_COUNT} refused ${JSON.stringify(foreign[kind].checks)}`);
}
const grounds = await groundFigures(
  test.pictures.filter((_, n) => n % GROUND_EVERY === 0),
  {
    threshold: threshold ?? 0.5,
    async judge(picture) {
      const {look, probability} = answerOf(await ask(picture, {engine, finder, gate}), gate);
      return look.objection ? null : probability;
    }
  }
);
console.log(`On made-up grounds: ${JSON.stringify(grounds)}`);
const noRed = await countNoRedCells(noRedCells(options.laboratories, MOST_NO_RED), (picture) => judge(picture));
console.table(noRed);
engine.dispose();

const rows = Object.entries(laboratories).flatMap(([name, asked]) => {
  const unmet = gateWithout(asked);
  return asked.map(({cell, ...said}) => ({
    laboratory: name,
    image: path.basename(cell.image),
    x: cell.x,
    y: cell.y,
    group: path.basename(cell.group),
    heldOut: Number(isHeldOut(cell.group)),
    label: cell.label === "infected" ? positive : negative,
    ...columnsOf(said, gate),
    ...Object.fromEntries(Object.entries(columnsOf(said, unmet)).map(([column, value]) => [`${column} unmet`, value]))
  }));
});

function columnsOf(asked: Asked, by: Gate) {
  const {look, probability} = answerOf(asked, by);
  return {
    probability: probability.toFixed(6),
    refused: look.objection?.check ?? "",
    cautions: look.objection ? "" : look.cautions.map(({check}) => check).join(" ")
  };
}

writeFileSync(path.join(directory, "laboratories.csv"), `${csvFormat(rows)}\n`);
if (threshold !== null) await writeFailures(directory, options.laboratories, {threshold, most: MOST});

const measured = {
  command: `npm run gate -- ${path.basename(directory)} --laboratories DIR`,
  seed: SEED,
  fitted: {cells: train.places.length, patients: patients.size},
  validation: known.validation,
  heldOut: {patients: new Set(test.places.map((place) => manifest[place]!.patient)).size, ...known.heldOut},
  foreign,
  grounds,
  noRed,
  outlines,
  rooms
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
if (metadata.name === "resnet34") {
  writeFileSync("README.md", fillTrust(readFileSync("README.md", "utf8"), directory));
  writeFileSync("models/README.md", fillRooms(readFileSync("models/README.md", "utf8"), rooms));
}
