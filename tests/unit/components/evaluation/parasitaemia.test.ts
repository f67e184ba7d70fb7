import {expect, test, vi} from "vitest";
import {
  parasitaemiaFigures,
  parasitaemiaFinding,
  parasitaemiaOf
} from "../../../../src/components/evaluation/parasitaemia.js";
import {fieldLaboratory as laboratory} from "../../../fixtures/field-laboratory.js";

let fit: (width: number) => void = () => {};
vi.stubGlobal(
  "ResizeObserver",
  class {
    constructor(callback: (entries: {contentRect: {width: number}}[]) => void) {
      fit = (width) => callback([{contentRect: {width}}]);
    }
    observe() {}
    disconnect() {}
  }
);

test("parasitaemia is of fields with cells, and its bias is said in points", () => {
  expect(parasitaemiaOf(laboratory)).toEqual([
    {name: "a", truth: 0.02, told: 0.1},
    {name: "b", truth: 0.1, told: 0.12}
  ]);
  expect(parasitaemiaFinding(laboratory)).toBe(
    "Left alone, the networks call 5.0 points too many of a field's cells parasitized"
  );
});

test("a figure for each laboratory that has infected cells, and nothing where none has", () => {
  const healthy = {...laboratory};
  delete healthy.parasitaemia;
  const node = parasitaemiaFigures({finder: "", laboratories: [healthy, laboratory]})!;
  expect(node.querySelectorAll("figure")).toHaveLength(1);
  fit(400);
  expect(node.querySelectorAll("circle")).toHaveLength(2);
  expect(node.textContent).toContain("the networks call 5.0 points too many");
  expect(parasitaemiaFigures({finder: "", laboratories: [healthy]})).toBeNull();
  expect(parasitaemiaFigures(null)).toBeNull();
});
