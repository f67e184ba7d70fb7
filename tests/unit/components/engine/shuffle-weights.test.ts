import {describe, expect, test} from "vitest";
import {parseMetadata} from "../../../../src/components/engine/metadata.js";
import {shuffleWeights} from "../../../../src/components/engine/shuffle-weights.js";
import {tinyModel} from "../../../fixtures/tiny-model.js";

describe("shuffleWeights", () => {
  const model = () => {
    const files = tinyModel();
    const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(files.get("metadata.json"))));
    return {metadata, files: new Map([...files].map(([name, content]) => [name, content.buffer]))};
  };

  test("values change places within their tensor, by the seed, and what is no weight stays", () => {
    const given = model();
    const before = new Float32Array(given.files.get("weights-2of2.bin")!).slice();
    const shuffled = shuffleWeights(given, {seed: 3});
    const after = new Float32Array(shuffled.files.get("weights-2of2.bin")!);
    expect([...after.slice(0, 16)].sort()).toEqual([...before.slice(0, 16)].sort());
    expect([...after]).not.toEqual([...before]);
    expect([...new Float32Array(given.files.get("weights-2of2.bin")!)]).toEqual([...before]);
    expect([...new Int32Array(shuffled.files.get("weights-1of2.bin")!)]).toEqual([96, 96, 1, 2]);
    const again = new Float32Array(shuffleWeights(given, {seed: 3}).files.get("weights-2of2.bin")!);
    expect([...again]).toEqual([...after]);
  });

  test("only the layers that are named", () => {
    const given = model();
    const after = new Float32Array(shuffleWeights(given, {seed: 3, layers: ["layer4"]}).files.get("weights-2of2.bin")!);
    expect([...after]).toEqual([...new Float32Array(given.files.get("weights-2of2.bin")!)]);
  });
});
