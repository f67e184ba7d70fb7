import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {TOLERANCE, distanceFromTensorFlow} from "../../../../models/onnx/compare.js";
import {onnxModel} from "../../../../models/onnx/onnx-model.js";
import {openOnnx} from "../../../../models/onnx/run-onnx.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {sha256} from "../../../../src/data/pack/digest.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";

// `tsx models/onnx/cli.ts` has compared both networks on 1,000 cells, which metadata.json tells of: minutes of work.
test.each([
  {name: "student", cells: 300},
  {name: "resnet34", cells: 20}
])(
  "$name as ONNX gives what TensorFlow.js gives, and is the file that metadata.json tells of",
  async ({name, cells}) => {
    const content = onnxModel(`models/${name}`);
    const {split, onnx} = JSON.parse(readFileSync(`models/${name}/metadata.json`, "utf8")) as {
      split: {testFold: number};
      onnx: {bytes: number; sha256: string; cells: number; maxDifference: number};
    };
    expect(onnx).toMatchObject({bytes: content.length, sha256: sha256(content), cells: 1000});
    expect(onnx.maxDifference).toBeLessThan(TOLERANCE);
    const held = readManifest().flatMap(({fold}, place) => (fold === split.testFold ? [place] : []));
    const places = Array.from({length: cells}, (_, n) => held[Math.floor((n * held.length) / cells)]!);
    expect(await distanceFromTensorFlow(`models/${name}`, content, places)).toBeLessThan(TOLERANCE);
  }
);

test("a batch may have any number of cells", async () => {
  const score = await openOnnx(onnxModel("models/student"));
  const cells = Float32Array.from({length: 3 * cellValues}, (_, n) => (n % 255) / 255);
  const [one, three] = [await score(cells.slice(0, cellValues)), await score(cells)];
  expect([one.length, three.length]).toEqual([1, 3]);
  expect(three[0]).toBeCloseTo(one[0]!, 5);
});
