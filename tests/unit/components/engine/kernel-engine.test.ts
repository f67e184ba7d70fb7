import {beforeAll, describe, expect, test} from "vitest";
import {openEngine, openKernelEngine, readBundle} from "../../../../models/bundle.js";
import {cellsOf} from "../../../../models/gate/cells.js";
import {toBatch} from "../../../../src/components/image/cell-input.js";
import {random} from "../../../../src/components/metrics/index.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

const HELD_OUT = 12;
let heldOut: Uint8ClampedArray[];
beforeAll(async () => {
  const places = cellsOf(readManifest(), 0, "test", 7);
  const bytes = await readPackedCells(
    Array.from({length: HELD_OUT}, (_, n) => places[Math.floor((n * places.length) / HELD_OUT)]!)
  );
  heldOut = Array.from({length: HELD_OUT}, (_, n) => new Uint8ClampedArray(bytes.subarray(n * 7500, (n + 1) * 7500)));
});

const furthest = (one: Float32Array, other: Float32Array) =>
  one.reduce((most, value, n) => Math.max(most, Math.abs(value - other[n]!)), 0);
const highest = (map: Float32Array) => map.reduce((most, value) => Math.max(most, value), 0);

describe.each(["resnet34", "student"])("the shipped %s on the kernels", {timeout: 180_000}, (name) => {
  const model = readBundle(`models/${name}`);
  const {selfTest} = model.metadata;

  test("gives PyTorch's probabilities and TensorFlow.js's features, whatever the batch's size", async () => {
    const uniform = random(5);
    const cells: Uint8ClampedArray[] = Array.from({length: 11}, (_, n) =>
      Uint8ClampedArray.from(selfTest[n % 2]!.rgb, (value) => value * (0.8 + 0.4 * uniform()))
    );
    cells[9] = selfTest[0]!.rgb;
    cells[10] = selfTest[1]!.rgb;
    const own = await openKernelEngine(model);
    const {probabilities, features} = await own.predict(toBatch(cells));
    expect(probabilities[18]).toBeCloseTo(selfTest[0]!.p, 4);
    expect(probabilities[20]).toBeCloseTo(selfTest[1]!.p, 4);
    const [alone] = (await own.predict(toBatch([cells[3]!]))).probabilities;
    expect(alone).toBeCloseTo(probabilities[6]!, 5);
    const other = await openEngine(model);
    const expected = await other.predict(toBatch(cells));
    expected.probabilities.forEach((p, n) => expect(Math.abs(p - probabilities[n]!)).toBeLessThan(1e-4));
    expected.features!.forEach((value, n) => expect(Math.abs(value - features![n]!)).toBeLessThan(1e-3));
    for (const engine of [own, other]) engine.dispose();
  });

  test("gives TensorFlow.js's maps of held-out cells, alone and together", async () => {
    const [own, other] = [await openKernelEngine(model), await openEngine(model)];
    const together = await own.explain(toBatch(heldOut), 0);
    const against = await own.explain(toBatch(heldOut), 1);
    let largest = 0;
    for (const [n, cell] of heldOut.entries()) {
      const batch = toBatch([cell]);
      const part = (maps: Float32Array) => maps.slice(n * 2500, (n + 1) * 2500);
      const expected = [await other.explain(batch, 0), await other.explain(batch, 1)] as const;
      const scale = Math.max(...expected.map(highest));
      expect(furthest(expected[0], expected[1])).toBeGreaterThan(0.1 * scale);
      for (const [found, map] of [
        [await own.explain(batch, 0), expected[0]],
        [part(together), expected[0]],
        [part(against), expected[1]]
      ] as const) {
        largest = Math.max(largest, furthest(found, map) / highest(map));
      }
    }
    console.log(`Maps of ${name}: at most ${largest.toExponential(1)} of the peak from TensorFlow.js's`);
    expect(largest).toBeLessThan(1e-4);
    for (const engine of [own, other]) engine.dispose();
  });
});

test("a small network of random weights is explained as by TensorFlow.js", async () => {
  for (const seed of [1, 2, 3]) {
    const model = {metadata: null!, files: tinyResnet(seed, [8, 16])};
    const [own, other] = [await openKernelEngine(model), await openEngine(model)];
    const batch = toBatch(heldOut);
    const [map, expected] = [await own.explain(batch, 1), await other.explain(batch, 1)];
    expect(highest(expected)).toBeGreaterThan(0);
    expect(furthest(map, expected) / highest(expected)).toBeLessThan(1e-5);
    for (const engine of [own, other]) engine.dispose();
  }
});

test("a network with channels that the kernels cannot take is refused", async () => {
  await expect(openKernelEngine({metadata: null!, files: tinyResnet()})).rejects.toThrow("multiples of eight");
});
