import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {openEngine, openKernelEngine, readBundle} from "../../../../models/bundle.js";
import {cellsOf} from "../../../../models/draw-cells.js";
import {EXPLAINED, attribution, toCellMaps, weighingOf} from "../../../../src/components/engine/attribution.js";
import type {ModelFiles} from "../../../../src/components/engine/download.js";
import {readArtifacts} from "../../../../src/components/engine/download.js";
import {layNetwork, startKernels} from "../../../../src/components/engine/kernel-engine.js";
import type * as tf from "../../../../src/components/engine/tf.js";
import {toBatch} from "../../../../src/components/image/cell-input.js";
import {planOf} from "../../../../src/components/kernels/plan.js";
import {readWeights} from "../../../../src/components/kernels/read-weights.js";
import {random} from "../../../../src/components/metrics/index.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";
import {inDoubles} from "../../../fixtures/double-network.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

const HELD_OUT = 6;
let heldOut: Uint8ClampedArray[];
beforeAll(async () => {
  const places = cellsOf(readManifest(), 0, "test", 7);
  const bytes = await readPackedCells(
    Array.from({length: HELD_OUT}, (_, n) => places[Math.floor((n * places.length) / HELD_OUT)]!)
  );
  heldOut = Array.from(
    {length: HELD_OUT},
    (_, n) => new Uint8ClampedArray(bytes.subarray(n * cellValues, (n + 1) * cellValues))
  );
});

const furthest = (one: Float32Array, other: Float32Array) =>
  one.reduce((most, value, n) => Math.max(most, Math.abs(value - other[n]!)), 0);
const highest = (map: Float32Array) => map.reduce((most, value) => Math.max(most, value), 0);

/** The quarters of a picture, by whether a place lies left and in the upper half. */
const QUARTERS = [true, false].flatMap((left) =>
  [true, false].map((upper) => (isLeft: boolean, isUpper: boolean) => isLeft === left && isUpper === upper)
);
const STEP = 0.0003;

/** The layer that explains, and what follows it, in TensorFlow.js: as if its values were put in by hand. */
async function openLayer(model: ModelFiles) {
  (await openEngine(model)).dispose();
  const tf = await import("../../../../src/components/engine/tf.js");
  const artifacts = await readArtifacts(model);
  const graph = await tf.loadGraphModel({load: async () => artifacts});
  const side = (values: number) => Math.sqrt(values / channels);
  let channels = 0;
  const read = (run: () => tf.Tensor) => tf.tidy(() => run().dataSync() as Float32Array);
  return {
    valuesOf: (batch: Float32Array) =>
      read(() => {
        const layer = graph.execute({cells: tf.tensor4d(batch, [1, 50, 50, 3])}, "layer1") as tf.Tensor4D;
        channels = layer.shape[3];
        return layer;
      }),
    /** The first logit less the second. */
    difference(values: Float32Array): number {
      const [first, second] = read(() => {
        const width = side(values.length);
        return graph.execute({layer1: tf.tensor4d(values, [1, width, width, channels])}, "logits") as tf.Tensor;
      });
      return first! - second!;
    },
    dispose: () => graph.dispose()
  };
}

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

  test("its maps tell what small steps in the values of the layer that explains change, quarter by quarter", async () => {
    const [own, layer] = [await openKernelEngine(model), await openLayer(model)];
    const cells = toBatch(heldOut);
    const [together, against] = [await own.explain(cells, 0), await own.explain(cells, 1)];
    const compiled = await WebAssembly.compile(readFileSync("src/components/kernels/kernels.wasm"));
    const {network} = await layNetwork(model, startKernels(compiled, 1).start);
    let [largest, disagree] = [0, 0];
    for (const [n, cell] of heldOut.entries()) {
      const batch = toBatch([cell]);
      const {gradient, maps, side, channels} = network.gradient(batch, weighingOf(0));
      const scale = Math.max(...maps);
      layer.valuesOf(batch).forEach((value, m) => (disagree = Math.max(disagree, Math.abs(value - maps[m]!) / scale)));
      const changes = QUARTERS.map((isIn) => {
        const inside = (m: number) => isIn(Math.floor(m / channels) % side < side / 2, m / channels / side < side / 2);
        const stepped = (share: number) =>
          layer.difference(maps.map((value, m) => value * (inside(m) ? 1 + share : 1)));
        const told = gradient.reduce((sum, value, m) => sum + (inside(m) ? value * maps[m]! : 0), 0);
        return {told, found: (stepped(STEP) - stepped(-STEP)) / (2 * STEP)};
      });
      const size = Math.max(...changes.map(({found}) => Math.abs(found)));
      expect(size).toBeGreaterThan(0.01);
      for (const {told, found} of changes) largest = Math.max(largest, Math.abs(told - found) / size);
      const part = (all: Float32Array) => all.slice(n * cellPixels, (n + 1) * cellPixels);
      const shown = [
        [0, together],
        [1, against]
      ] as const;
      for (const [output, all] of shown) {
        const map = await own.explain(batch, output);
        expect(furthest(part(all), map) / highest(map)).toBeLessThan(1e-4);
        const coarse = network.gradient(batch, weighingOf(output)).gradient;
        expect(furthest(map, toCellMaps(attribution(coarse, maps, channels), 1)) / highest(map)).toBeLessThan(1e-4);
      }
      expect(furthest(part(together), part(against))).toBeGreaterThan(0.1 * highest(part(together)));
    }
    console.log(`Maps of ${name}: at most ${(100 * largest).toFixed(2)} % from what small steps change`);
    expect(disagree).toBeLessThan(1e-4);
    // In 32 bits a step has to be so large that ReLUs turn on the way, which a gradient does not know of; the test below
    // takes smaller ones in 64 bits.
    expect(largest).toBeLessThan(0.05);
    layer.dispose();
    own.dispose();
  });

  test("its gradient is what very small steps change in 64 bits, quarter by quarter", async () => {
    const compiled = await WebAssembly.compile(readFileSync("src/components/kernels/kernels.wasm"));
    const {network, nodes} = await layNetwork(model, startKernels(compiled, 1).start);
    const {weightSpecs, weightData} = await readArtifacts(model);
    const follow = inDoubles(planOf(nodes), readWeights(weightSpecs!, weightData as ArrayBuffer), EXPLAINED);
    const {gradient, maps, side, channels} = network.gradient(toBatch([heldOut[0]!]), weighingOf(0));
    const difference = (values: Float64Array) => {
      const [first, second] = follow(values, channels);
      return first! - second!;
    };
    const before = difference(Float64Array.from(maps));
    const changes = QUARTERS.map((isIn) => {
      const inside = (m: number) => isIn(Math.floor(m / channels) % side < side / 2, m / channels / side < side / 2);
      const moved = Float64Array.from(maps, (value, m) => value * (inside(m) ? 1 + 1e-7 : 1));
      const told = gradient.reduce((sum, value, m) => sum + (inside(m) ? value * maps[m]! : 0), 0);
      return {told, found: (difference(moved) - before) / 1e-7};
    });
    const size = Math.max(...changes.map(({found}) => Math.abs(found)));
    const largest = Math.max(...changes.map(({told, found}) => Math.abs(told - found) / size));
    console.log(`Gradient of ${name}: at most ${largest.toExponential(1)} from what very small steps change`);
    expect(size).toBeGreaterThan(0.01);
    expect(largest).toBeLessThan(1e-4);
  });
});

test("a small network of random weights is explained as small steps do", async () => {
  for (const seed of [1, 2, 3]) {
    const model = {files: tinyResnet(seed, [8, 16])};
    const layer = await openLayer(model);
    layer.valuesOf(toBatch(heldOut.slice(0, 1)));
    const compiled = await WebAssembly.compile(readFileSync("src/components/kernels/kernels.wasm"));
    const {network} = await layNetwork(model, startKernels(compiled, 1).start);
    const {gradient, maps} = network.gradient(toBatch(heldOut.slice(0, 1)), weighingOf(1));
    // Where a ReLU gave 0, the way up and the way down differ, and no map hangs on it.
    const steps = [...maps.keys()].filter((place) => maps[place]! > 0.02 && place % 7 === 0);
    expect(steps.length).toBeGreaterThan(10);
    const found = steps.map((place) => {
      const stepped = (step: number) => layer.difference(maps.map((value, m) => (m === place ? value + step : value)));
      return -(stepped(0.01) - stepped(-0.01)) / 0.02;
    });
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.01);
    steps.forEach((place, n) => expect(gradient[place]).toBeCloseTo(found[n]!, 2));
    layer.dispose();
  }
});

test("a network with channels that the kernels cannot take is refused", async () => {
  await expect(openKernelEngine({files: tinyResnet()})).rejects.toThrow("multiples of eight");
});
