import {expect, test} from "vitest";
import {
  bestCut,
  axisFinding,
  kindsFinding,
  mapFinding,
  stripFinding,
  viewHead
} from "../../../../src/components/explorer/view-findings.js";

const axis = {title: "Hue", unit: "°", value: (place: number) => Number((100 * place).toFixed(0))};

test("the best cut, by hand", () => {
  // Parasitized 8, 1, 1, 0 and uninfected 0, 2, 3, 5: cut after the first bar, 8 + 10 of 20 are right.
  expect(bestCut([8, 0, 1, 2, 1, 3, 0, 5])).toEqual({place: 0.25, right: 0.9});
  // The other way round: uninfected below.
  expect(bestCut([0, 8, 2, 1, 3, 1, 5, 0])).toEqual({place: 0.25, right: 0.9});
});

test("a histogram says how well its figure tells the labels apart, or that it can't", () => {
  expect(axisFinding(axis, [8, 0, 1, 2, 1, 3, 0, 5])).toBe("A cut at 25° gets 90.0\u00a0% of the labels right");
  expect(axisFinding(axis, [5, 5, 5, 5])).toBe("No cut on hue tells the labels apart");
  expect(axisFinding(axis, [5, 0, 5, 0])).toBe("All that are left are parasitized");
  expect(axisFinding(axis, [0, 5, 0, 5])).toBe("All that are left are uninfected");
  expect(axisFinding(axis, [0, 0])).toBe("No cell is left");
});

test("how few patients give half of the cells", () => {
  // 60 of 100 parasitized cells are of two patients.
  expect(stripFinding([40, 1, 20, 0, 20, 0, 20, 9, 0, 50])).toBe("2 of 4 patients give half of the parasitized cells");
  expect(stripFinding([0, 10, 0, 30, 0, 0])).toBe("1 of 2 patients give half of the uninfected cells");
  expect(stripFinding([7, 0, 0, 3])).toBe("All parasitized cells that are left are one patient’s");
  expect(stripFinding([0, 0])).toBe("No cell is left");
});

test("the disputed share of each label", () => {
  expect(kindsFinding([95, 90, 5, 10])).toBe(
    "5.0\u00a0% of the parasitized labels and 10.0\u00a0% of the uninfected labels are disputed"
  );
  expect(kindsFinding([0, 90, 0, 10])).toBe("10.0\u00a0% of the uninfected labels are disputed");
  expect(kindsFinding([0, 0, 0, 0])).toBe("No cell is left");
});

test("the map's finding, and nothing where there is no map", () => {
  expect(mapFinding(0.951)).toBe("95.1\u00a0% of the cells lie next to one of the same label");
  expect(mapFinding(null)).toBe("");
});

test("a head has the plain name above the finding", () => {
  const {node, say} = viewHead("Brightness");
  say("It is blue");
  expect([...node.children].map(({className, textContent}) => [className, textContent!.trim()])).toEqual([
    ["figure-name", "Brightness"],
    ["figure-finding", "It is blue"]
  ]);
});
