import {expect, it} from "vitest";
import {augment, itemResize, stain, toFloats, toRgba} from "../../../../../src/components/augment/index.js";
import {drawAll} from "../../../../../src/components/augment/lab/current.js";
import type {Tile} from "../../../../../src/components/augment/lab/protocol.js";
import {packedCell, renderer} from "../../../../../src/components/augment/lab/render.js";
import {settingsTable} from "../../../../../src/components/augment/lab/settings.js";
import {toCell} from "../../../../../src/components/image/cell-input.js";
import {readQuery} from "../../../../../src/components/ui/url-state.js";
import {small} from "../support.js";

const floats = small(40, 52);
const cell = {...floats, data: Uint8Array.from(floats.data, (value) => Math.round(value * 255))};

function render(query: string) {
  const {values, problems} = readQuery(settingsTable, query);
  expect(problems).toEqual([]);
  const drawn = drawAll(values);
  const {tiles, details} = renderer(cell)({settings: values, drawn, quick: false});
  return {tiles, ...details!, drawn};
}

it("shows true pixels of the augmented cell: every second row and column of 224", () => {
  const {tiles, drawn} = render("?seed=7");
  expect(tiles).toHaveLength(12);
  for (const i of [0, 11]) {
    const item = toFloats(itemResize(cell, {place: drawn.places[i]}));
    const full = toRgba(augment(item, drawn.draws[i]!, {size: 224}));
    const tile = tiles[i]!;
    expect([tile.width, tile.height]).toEqual([112, 112]);
    for (const [x, y] of [
      [0, 0],
      [40, 77],
      [111, 111]
    ] as const) {
      const [at, from] = [(y * 112 + x) * 4, (2 * y * 224 + 2 * x) * 4];
      expect([...tile.rgba.subarray(at, at + 4)]).toEqual([...full.subarray(from, from + 4)]);
    }
  }
});

it("tells the pipeline of either kind of transforms in order", () => {
  expect(render("?draw=3").stages.map(({title}) => title)).toEqual([
    "Original",
    "Resize(460)",
    "Geometry",
    "size=224",
    "Lighting",
    "Normalised"
  ]);
  expect(render("?transforms=notebook").stages.map(({title}) => title)).toEqual([
    "Original",
    "Resize(256)",
    "CenterCrop(224)",
    "Rotation, flips",
    "Normalised"
  ]);
});

it("shows what this network was trained on: cells of 50 × 50, brought to 96 at once, their stain varied", () => {
  const {tiles, stages, drawn} = render("?transforms=trained&size=96&pStain=1&maxHue=0.4&maxGain=0.2&padMode=zeros");
  expect(stages.map(({title}) => title)).toEqual([
    ...["Original", "50 × 50", "Geometry", "size=96", "Lighting", "Stain", "Normalised"]
  ]);
  expect(stages[1]!.note).toContain("each pixel shown as 4 × 4");
  const packed = packedCell(cell);
  const opencv = toCell({...cell, channels: 3});
  expect(Math.max(...packed.data.map((value, i) => Math.abs(value - opencv[i]!)))).toBeLessThanOrEqual(1);
  const item = toFloats(packed);
  const lit = augment(item, drawn.draws[3]!, {size: 96, padMode: "zeros"});
  expect([tiles[3]!.width, tiles[3]!.height]).toEqual([96, 96]);
  expect(tiles[3]!.rgba).toEqual(toRgba(stain(lit, drawn.stains[3]!)));
  expect(drawn.stains[3]!.hue).toBeDefined();
});

it("shows both ends of each parameter that has a range, and the same twice where the range is a point", () => {
  const same = (ends: [Tile, Tile]) => ends[0].rgba.every((value, i) => value === ends[1].rgba[i]);
  const {ends} = render("?maxWarp=0&maxHue=0.4");
  expect(Object.keys(ends).sort()).toEqual(
    [
      "doFlip",
      "flipVert",
      "maxGain",
      "maxHue",
      "maxLighting",
      "maxRotate",
      "maxSaturation",
      "maxWarp",
      "maxZoom",
      "minZoom"
    ].sort()
  );
  expect(
    Object.entries(ends)
      .filter(([, pair]) => !same(pair))
      .map(([key]) => key)
  ).toEqual(expect.arrayContaining(["doFlip", "maxRotate", "maxZoom", "maxLighting", "maxHue"]));
  for (const key of ["maxWarp", "minZoom", "maxGain"] as const) expect(same(ends[key]!), key).toBe(true);
  expect(render("?transforms=notebook").ends).toEqual({});
});

it("names the crop of presizing, and says how tiles are scaled", () => {
  const {stages} = render("?minScale=0.75");
  expect(stages[3]!.note).toMatch(/The crop: \d+ pixels wide/);
  expect(stages[0]!.note).toContain("each pixel shown as 4 × 4");
  expect(stages[1]!.note).toContain("every second pixel shown");
  expect(render("?size=448").tiles[0]!.width).toBe(112);
});

it("makes only the grid while a slider is dragged", () => {
  const {values} = readQuery(settingsTable, "");
  const job = {settings: values, drawn: drawAll(values)};
  const make = renderer(cell);
  const quick = make({...job, quick: true});
  expect(quick.details).toBeUndefined();
  expect(quick.tiles).toEqual(make({...job, quick: false}).tiles);
});
