import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {answerOf, ask} from "../../../../models/gate/ask.js";
import {descriptorsOf} from "../../../../src/components/gate/descriptors.js";
import {parseGate} from "../../../../src/components/gate/gate-file.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";

const gate = {...parseGate(readFileSync("models/resnet34/gate.json", "utf8")), offset: -1};
const cell = new Uint8ClampedArray(await readPackedCells([0]));
const picture = {cell, descriptors: descriptorsOf(cell), missing: null, cut: false, width: 50, height: 50};
const said = {picture, isForeign: false, features: Float32Array.from(gate.features.means[0]!), probability: 0.6};

test("only what is of foreign stain is moved by the offset", () => {
  expect(answerOf(said, gate)).toMatchObject({probability: 0.6, look: {objection: null}});
  expect(answerOf({...said, isForeign: true}, gate).probability).toBeCloseTo(1 / (1 + Math.exp(1) / 1.5), 9);
});

test("a picture without a cell, or unlike all cells to the network, is refused for that", () => {
  expect(answerOf({...said, picture: {...picture, missing: "nothing"}}, gate).look.objection?.check).toBe("ground");
  const far = said.features.map((value) => value + 100);
  expect(answerOf({...said, features: far}, gate).look.objection?.check).toBe("features");
});

test("the network sees the cell as the classifier prepares it", async () => {
  const seen: Float32Array[] = [];
  const engine = {
    predict: async (batch: Float32Array) => {
      seen.push(batch);
      return {probabilities: Float32Array.of(0.25), features: said.features};
    }
  } as unknown as Parameters<typeof ask>[1]["engine"];
  const finder = {} as Parameters<typeof ask>[1]["finder"];
  const asked = await ask({data: cell, width: 50, height: 50, channels: 3}, {engine, finder, gate});
  expect(asked).toMatchObject({isForeign: false, probability: 0.25, picture: {cut: false, width: 50, height: 50}});
  expect(asked.descriptors).toEqual(picture.descriptors);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toEqual(Float32Array.from(cell, (value) => value / 255));
});
