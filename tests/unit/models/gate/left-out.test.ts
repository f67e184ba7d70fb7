import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {fillLeftOut, leftOutFigures} from "../../../../models/gate/left-out.js";
import type {AskedCell, LeftOutFigures} from "../../../../models/gate/left-out.js";
import {descriptorsOf} from "../../../../src/components/gate/descriptors.js";
import {parseGate} from "../../../../src/components/gate/gate-file.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";

const shipped = parseGate(readFileSync("models/resnet34/gate.json", "utf8"));
const pixels = new Uint8ClampedArray(await readPackedCells([0]));

/** The first packed cell, which the gate answers. */
function asked(rest: Partial<AskedCell> & {missing?: "nothing"}): AskedCell {
  const {missing = null, ...own} = rest;
  const picture = {cell: pixels, descriptors: descriptorsOf(pixels), missing, cut: false, width: 120, height: 120};
  return {
    picture,
    features: shipped.features.means[0]!,
    isParasitized: true,
    isForeign: false,
    probability: 0.6,
    ...own
  };
}

test("cells are called with the offset of a gate that never met them, and refused ones count beside", () => {
  const cells = [
    asked({}),
    asked({probability: 0.2}),
    asked({missing: "nothing"}),
    asked({isForeign: true}),
    asked({isForeign: true, isParasitized: false}),
    asked({isParasitized: false})
  ];
  const figures = leftOutFigures("Elsewhere", cells, {gate: {...shipped, offset: -2}, threshold: 0.5});
  expect(figures).toEqual({
    laboratory: "Elsewhere",
    cells: 6,
    refused: 1,
    offset: -2,
    sensitivity: 0.3333,
    specificity: 0.5
  });
});

test("a class that a laboratory lacks has no figure, and what is unlike all cells to the network is refused", () => {
  const far = shipped.features.means[0]!.map((value) => value + 100);
  const figures = leftOutFigures("Elsewhere", [asked({}), asked({features: far})], {gate: shipped, threshold: 0.5});
  expect(figures).toMatchObject({refused: 1, sensitivity: 1, specificity: null});
});

test("stands in models/README.md as the gate's file has it", () => {
  const text = readFileSync("models/README.md", "utf8");
  const {leftOut} = JSON.parse(readFileSync("models/resnet34/gate-measured.json", "utf8")) as {
    leftOut: LeftOutFigures[];
  };
  expect(leftOut.length).toBeGreaterThan(1);
  expect(fillLeftOut(text, leftOut)).toBe(text);
  expect(() => fillLeftOut("no markers", leftOut)).toThrow("models/README.md must hold");
});
