import {expect, test} from "vitest";
import {STRIDE} from "../../../../src/components/finder/decode.js";
import {findCells} from "../../../../src/components/finder/find-cells.js";
import type {RunNetwork} from "../../../../src/components/finder/find-cells.js";
import type {NetworkPicture} from "../../../../src/components/finder/network-picture.js";
import {mapsOfDiscs} from "../../../fixtures/disc-maps.js";
import type {Disc} from "../../../fixtures/disc-maps.js";

/**
 * The dark discs of a picture, from the runs of dark pixels through them: only those between 15 and 45 pixels across, which
 * the network sees well.
 */
function discsIn({data, width, height}: NetworkPicture): Disc[] {
  const [columns, rows] = [width / STRIDE, height / STRIDE];
  const discs: Disc[] = [];
  const isDark = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[(y * width + x) * 3]! < 0.5;
  const run = (x: number, y: number, dx: number, dy: number) => {
    let length = 0;
    while (isDark(x + dx * (length + 1), y + dy * (length + 1))) length++;
    return length + 0.5;
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [column * STRIDE, row * STRIDE];
      if (!isDark(x, y)) continue;
      const [right, left, down, up] = [run(x, y, 1, 0), run(x, y, -1, 0), run(x, y, 0, 1), run(x, y, 0, -1)];
      const radius = (right + left + down + up) / 4;
      const diagonals = [run(x, y, 1, 1), run(x, y, -1, 1), run(x, y, 1, -1), run(x, y, -1, -1)];
      if (Math.max(...diagonals) * Math.SQRT2 > 1.3 * radius) continue;
      if ([-3, 0, 3].some((step) => data[(y * width + x + step) * 3]! > 0.15)) continue;
      if (radius < 7.5 || radius > 22.5 || Math.abs(right - left) > 2 || Math.abs(down - up) > 2) continue;
      const unevenness = Math.abs(right - left) + Math.abs(down - up);
      discs.push({x: x + 0.5, y: y + 0.5, radius, nearness: 0.99 - 0.05 * unevenness});
    }
  }
  return discs;
}

/** Stands in for the network. */
const measureDiscs: RunNetwork = async (input) => mapsOfDiscs(discsIn(input), halfOf(input)).data;

const halfOf = ({width, height}: NetworkPicture) => ({width: width / STRIDE, height: height / STRIDE});

function fieldOf(width: number, height: number, radius: number, centres: [x: number, y: number][]) {
  const data = new Uint8ClampedArray(width * height * 3).fill(230);
  for (const [x, y] of centres) {
    for (let v = Math.floor(y - radius); v <= y + radius; v++) {
      for (let u = Math.floor(x - radius); u <= x + radius; u++) {
        if (u < 0 || v < 0 || u >= width || v >= height || Math.hypot(u + 0.5 - x, v + 0.5 - y) > radius) continue;
        data.fill(90, (v * width + u) * 3, (v * width + u) * 3 + 3);
      }
    }
  }
  return {data, width, height, channels: 3 as const};
}

const grid = (columns: number, rows: number, step: number): [number, number][] =>
  Array.from({length: columns * rows}, (_, n) => [
    ((n % columns) + 0.5) * step,
    (Math.floor(n / columns) + 0.5) * step
  ]);

test.each([
  [30, 8, 6],
  [60, 8, 6],
  [100, 6, 5],
  [160, 5, 4]
])("finds all cells of %i pixels across, in pixels of the picture", async (diameter, columns, rows) => {
  const step = Math.round(diameter * 1.7);
  const centres = grid(columns, rows, step);
  const picture = fieldOf(columns * step, rows * step, diameter / 2, centres);
  const {cells, diameter: told, width, height} = await findCells(picture, measureDiscs);
  expect([width, height]).toEqual([picture.width, picture.height]);
  expect(cells).toHaveLength(centres.length);
  expect(told / diameter).toBeGreaterThan(0.9);
  expect(told / diameter).toBeLessThan(1.1);
  for (const [x, y] of centres) {
    const nearest = cells.find((cell) => Math.hypot(cell.x - x, cell.y - y) < 0.1 * diameter);
    expect(nearest, `at ${x}, ${y}`).toMatchObject({kind: "red"});
    expect(nearest!.width / diameter).toBeGreaterThan(0.88);
    expect(nearest!.width / diameter).toBeLessThan(1.12);
  }
});

test("what the edge cuts off is told so, and its outline ends at the edge", async () => {
  const picture = fieldOf(570, 380, 28, [...grid(6, 4, 95), [1, 190]]);
  const {cells} = await findCells(picture, async (input) => {
    const scale = input.width / 570;
    const isAtScale = scale >= 0.4 && scale <= 0.7;
    const cut: Disc[] = isAtScale ? [{x: 0.5, y: 190 * scale, radius: 28 * scale}] : [];
    const whole = discsIn(input).filter(({x}) => x > 28 * scale);
    return mapsOfDiscs([...whole, ...cut], halfOf(input)).data;
  });
  const cut = cells.filter(({kind}) => kind === "cut");
  expect(cut).toHaveLength(1);
  expect(Math.min(...cut[0]!.outline)).toBe(0);
});

test("a large picture is looked at piece by piece, and no cell is found twice or lost between pieces", async () => {
  const centres = grid(40, 30, 50);
  const picture = fieldOf(2000, 1500, 14, centres);
  const sides: number[] = [];
  const {cells} = await findCells(picture, (input) => {
    sides.push(Math.max(input.width, input.height));
    return measureDiscs(input);
  });
  expect(cells).toHaveLength(centres.length);
  expect(Math.max(...sides)).toBeLessThan(900);
});

test("nothing is found on an empty glass, and a cancelled search ends", async () => {
  const empty = fieldOf(300, 200, 10, []);
  await expect(findCells(empty, measureDiscs)).resolves.toMatchObject({cells: [], diameter: Number.NaN});
  await expect(findCells(empty, measureDiscs, {signal: AbortSignal.abort()})).rejects.toThrow("abort");
});

test("says how far it is", async () => {
  const shares: number[] = [];
  await findCells(fieldOf(300, 200, 15, grid(5, 3, 60)), measureDiscs, {onProgress: (share) => shares.push(share)});
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort()).toEqual(shares);
});
