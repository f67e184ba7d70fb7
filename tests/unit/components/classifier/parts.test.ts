import {describe, expect, test} from "vitest";
import {describeMap} from "../../../../src/components/classifier/describe-map.js";
import {peakOf} from "../../../../src/components/classifier/peak.js";
import {paintMap, rampColour} from "../../../../src/components/classifier/ramp.js";
import {gateNote, mapNote} from "../../../../src/components/classifier/trust-notes.js";
import {toCellMap, toCellMaps, weighingOf} from "../../../../src/components/engine/cell-map.js";
import {parseMetadata} from "../../../../src/components/engine/metadata.js";
import {shuffleWeights} from "../../../../src/components/engine/shuffle-weights.js";
import {tinyModel} from "../../../fixtures/tiny-model.js";

describe("toCellMap", () => {
  test("puts each place of a layer where it looks on the cell", () => {
    for (const [place, pixel] of [
      [0, 0],
      [12, (12 * 4 * 49) / 95],
      [22, (22 * 4 * 49) / 95]
    ] as const) {
      const coarse = new Float32Array(24 * 24);
      coarse[place * 24 + 5] = 1;
      const {x, y} = peakOf(toCellMap(coarse, 24, 4));
      expect(Math.abs(y - pixel)).toBeLessThanOrEqual(1);
      expect(Math.abs(x - (5 * 4 * 49) / 95)).toBeLessThanOrEqual(1);
    }
  });

  test("leaves an even map even", () => {
    for (const value of toCellMap(new Float32Array(144).fill(0.5), 12, 8)) expect(value).toBeCloseTo(0.5, 5);
  });
});

test("toCellMaps brings the layer's maps to the cells one by one", () => {
  const coarse = Float32Array.from({length: 2 * 24 * 24}, (_, n) => (n * 7919) % 13);
  const both = toCellMaps(coarse, 2);
  expect(both.subarray(0, 2500)).toEqual(toCellMap(coarse.subarray(0, 576), 24, 4));
  expect(both.subarray(2500)).toEqual(toCellMap(coarse.subarray(576), 24, 4));
});

test("a class is explained against the other", () => {
  expect([weighingOf(0), weighingOf(1)]).toEqual([
    [1, -1],
    [-1, 1]
  ]);
});

describe("the ramp", () => {
  test("grows brighter with each step, so that it is read without telling hues apart", () => {
    const brightness = Array.from({length: 21}, (_, n) => {
      const [red, green, blue] = rampColour(n / 20);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    for (let n = 1; n < 21; n++) expect(brightness[n]! - brightness[n - 1]!).toBeGreaterThan(2);
  });

  test("is opaque where a map is high and lets the cell through where it is nought", () => {
    const pixels = paintMap([0, 1, 2]);
    expect([pixels[3], pixels[7], pixels[11]]).toEqual([0, 255, 255]);
    expect([...pixels.slice(8, 11)]).toEqual(rampColour(1));
    expect([...paintMap([0, 0])]).toEqual(Array(8).fill(0));
    expect([...paintMap([1, Infinity])]).toEqual(Array(8).fill(0));
  });
});

describe("describeMap", () => {
  const cell = new Uint8ClampedArray(7500).fill(150);
  const at = (x: number, y: number) => Float32Array.from({length: 2500}, (_, n) => Number(n === y * 50 + x));

  test.each([
    [3, 4, "the upper left part of the cell, near its edge"],
    [25, 24, "the middle of the cell"],
    [40, 25, "the right part of the cell"],
    [25, 48, "the lower part of the cell, near its edge"]
  ])("a peak at %i, %i lies in %s", (x, y, words) => {
    expect(describeMap(at(x, y), cell, "parasitized")).toBe(
      `It speaks most for parasitized in ${words}; half of the map lies on less than 1 % of the picture.`
    );
  });

  test("says so when there is nothing", () => {
    expect(describeMap(new Float32Array(2500), cell, "parasitized")).toBe(
      "Nowhere does this cell speak for parasitized."
    );
  });
});

describe("shuffleWeights", () => {
  const model = () => {
    const files = tinyModel();
    const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
    const text = JSON.stringify(json).replaceAll('"kernel"', '"kernel/weight"').replaceAll('"bias"', '"bias/bias"');
    files.set("model.json", new TextEncoder().encode(text));
    const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(files.get("metadata.json"))));
    return {metadata, files: new Map([...files].map(([name, content]) => [name, content.buffer]))};
  };

  test("values change places within their tensor, by the seed, and what is no weight stays", () => {
    const given = model();
    const before = new Float32Array(given.files.get("weights-2of2.bin")!).slice();
    const shuffled = shuffleWeights(given, {seed: 3});
    const after = new Float32Array(shuffled.files.get("weights-2of2.bin")!);
    expect([...after.slice(0, 6)].sort()).toEqual([...before.slice(0, 6)].sort());
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

test("notes tell the measured figures, and nothing where there are none", () => {
  const trust = {
    saliency: {
      ...{
        withParasite: 479,
        patients: 24,
        onStain: {estimate: 0.8184, low: 0.78, high: 0.85},
        centre: {onStain: 0.023}
      },
      shuffled: {cascade: {}}
    },
    gate: {heldOut: {pictures: 5512, refused: 11}, foreign: {noise: {pictures: 100, refused: 99}}}
  };
  expect(mapNote(trust)).toContain("479 held-out cells of 24 patients");
  expect(mapNote(trust)).toContain("in 81.8 % (95 % interval 78.0 % to 85.0 %)");
  expect(gateNote(trust)).toContain("Of 5,512 held-out cells it refuses 11 (0.2 %)");
  expect(gateNote(trust)).toContain("(noise) at least 99.0 % of each");
  expect([mapNote(null), gateNote(null)]).toEqual(["", ""]);
});
