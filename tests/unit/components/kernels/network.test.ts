import {beforeAll, describe, expect, test} from "vitest";
import {openEngine, readBundle} from "../../../../models/bundle.js";
import {loadKernelEngine} from "../../../../src/components/classifier/kernel-engine.js";
import {toBatch} from "../../../../src/components/image/cell-input.js";
import {random} from "../../../../src/components/metrics/index.js";
import {compileKernels} from "../../../../src/data/loaders/compile-kernels.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

let binary: Uint8Array<ArrayBuffer>;
const refuse = () => Promise.reject(new Error("not asked for"));
beforeAll(async () => {
  binary = await compileKernels();
});

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
    const own = await loadKernelEngine(model, {backend: "wasm"}, {binary, loadOther: refuse});
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

  test("asks the other engine for maps, once it is wanted", async () => {
    let loaded = 0;
    const map = Float32Array.of(1, 2);
    const loadOther = async () => {
      loaded++;
      return {backend: "wasm" as const, predict: refuse, explain: async () => map, dispose: () => void (loaded = -1)};
    };
    const engine = await loadKernelEngine(model, {backend: "wasm"}, {binary, loadOther});
    expect(loaded).toBe(0);
    expect(await engine.explain(toBatch([selfTest[0]!.rgb]), 0)).toBe(map);
    await engine.explain(toBatch([selfTest[0]!.rgb]), 0);
    expect(loaded).toBe(1);
    engine.dispose();
    await Promise.resolve();
    await Promise.resolve();
    expect(loaded).toBe(-1);
  });
});

test("a network with channels that the kernels cannot take is refused", async () => {
  const model = {metadata: null!, files: tinyResnet()};
  await expect(loadKernelEngine(model, {backend: "wasm"}, {binary, loadOther: refuse})).rejects.toThrow(
    "multiples of eight"
  );
});
