import {expect, test} from "vitest";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import type {DecodedPicture} from "../../../../src/components/formats/decode.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {cutCells, readField} from "../../../../src/components/smear/read-field.js";
import type {CellFinder, Stage} from "../../../../src/components/smear/read-field.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {disc, drawnField, painted} from "./drawn.js";

const file = new Blob(["a field"]);
const NOTE = "This file has 16 bits a colour, brought to 8.";
const decodes = (picture: Pick<DecodedPicture, "data" | "width" | "height">) => async () =>
  ({...picture, kind: "PNG", notes: [NOTE]}) as DecodedPicture;

function finderOf(find: CellFinder["find"]): Promise<CellFinder> {
  return Promise.resolve({find, cut: (_, {x}) => new Uint8ClampedArray(cellValues).fill(x % 256)});
}

test("a field is read, found and cut, stage by stage; only red cells are for the networks", async () => {
  const {picture, field} = drawnField();
  field.cells[3]!.kind = "white";
  const stages: [Stage, number][] = [];
  const shown: number[] = [];
  const finder = finderOf(async (_, onProgress) => {
    onProgress(0.5);
    return field;
  });
  const reading = await readField(
    file,
    {decode: decodes(picture), finder},
    {onStage: (...stage) => stages.push(stage), onPicture: ({width}) => void shown.push(width)}
  );
  expect(stages).toEqual([
    ["reading", 0],
    ["finding", 0],
    ["finding", 0.5],
    ["cutting", 0]
  ]);
  expect(shown).toEqual([600]);
  expect(reading.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(reading.cells).toEqual(field.cells);
  expect(reading.pictures.map((one) => one?.cell[0] ?? null)).toEqual(
    field.cells.map(({kind, x}) => (kind === "red" ? x % 256 : null))
  );
  // The stub's cut is all of one value: the median of densities is that of these.
  const values = reading.pictures.flatMap((one) => one?.cell[0] ?? []).filter((value) => value >= 24);
  const middle = values.sort((a, b) => b - a)[values.length >> 1]!;
  expect(reading.pictures[0]).toMatchObject({cut: true, missing: null, width: 60, height: 60});
  expect(reading.typical).toEqual([0, 1, 2].map(() => expect.closeTo(-Math.log((middle + 1) / 256), 6)));
  expect(reading.pictures.map((one) => one?.typical)).toEqual(
    reading.pictures.map((one) => (one ? reading.typical : undefined))
  );
  expect(reading.doubts).toEqual([NOTE]);
});

test("of a round view nothing dark is left to find, and what its edge cuts is cut off", async () => {
  const picture = painted(640, 480, (x, y) => (Math.hypot(x - 320, y - 240) < 200 ? 220 : 10));
  let darkest = 255;
  const finder = finderOf(async ({data}) => {
    for (const value of data) darkest = Math.min(darkest, value);
    const cells = [disc(320, 240, 60), disc(510, 240, 60), disc(20, 20, 60)];
    return {width: 640, height: 480, diameter: 60, cells};
  });
  const {cells, pictures} = await readField(file, {decode: decodes(picture), finder});
  expect(darkest).toBeGreaterThan(200);
  expect(cells.map(({kind}) => kind)).toEqual(["red", "cut"]);
  expect(pictures.map((one) => one !== null)).toEqual([true, false]);
});

test("cells of a field that was read before are cut along the outlines they have", async () => {
  const {picture, field} = drawnField();
  const cells = field.cells.slice(0, 2);
  const seen: FoundCell[] = [];
  const finder = Promise.resolve<CellFinder>({
    find: () => Promise.reject(new Error("not asked")),
    cut: (_, cell) => {
      seen.push(cell);
      return new Uint8ClampedArray(cellValues).fill(120);
    }
  });
  const typical = [0.3, 0.5, 0.45] as const;
  const stages: Stage[] = [];
  const pictures = await cutCells(
    file,
    {typical, cells},
    {decode: decodes(picture), finder},
    {onStage: (stage) => stages.push(stage)}
  );
  expect(stages).toEqual(["reading", "cutting"]);
  expect(seen).toEqual(cells);
  expect(pictures.map(({cut, width, typical: dyes}) => [cut, Math.round(width / 10), dyes])).toEqual([
    [true, 6, typical],
    [true, 6, typical]
  ]);
});

test("what cannot be decoded is refused, with the file's hash; so is all where there is no finder", async () => {
  const damaged = () => Promise.reject(new Refusal("damaged", "This PNG file is damaged."));
  const nothing = finderOf(() => Promise.reject(new Error("not asked")));
  await expect(readField(file, {decode: damaged, finder: nothing})).rejects.toMatchObject({
    code: "damaged",
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/)
  });
  const missing = Promise.reject<CellFinder>(new Error("The finder could not be loaded."));
  missing.catch(() => {});
  await expect(readField(file, {decode: decodes(drawnField().picture), finder: missing})).rejects.toThrow("The finder");
});
