import {expect, test} from "vitest";
import {cellOrder, disagreement, sorts, patientOrder} from "../../../../src/components/explorer/orders.js";
import {fileName} from "../../../../src/components/gallery/cells.js";
import {signedHue} from "../../../../src/data/shapes/columns.js";
import {cells} from "./support.js";

const score = Float64Array.from({length: cells.count}, (_, i) =>
  cells.fold[i] === 3 ? NaN : ((i * 7919) % 1000) / 1000
);
const ascending = (values: ArrayLike<number>) =>
  Array.from(values).every((value, i, all) => i === 0 || all[i - 1]! <= value);

test.each(sorts)("%s holds every cell once, backwards too", (sort) => {
  for (const reverse of [false, true]) {
    const order = cellOrder(cells, score, sort, {reverse});
    expect(new Set(order).size).toBe(cells.count);
  }
});

test("cells are in the order that the name promises, those not scored at the end", () => {
  expect([...cellOrder(cells, score, "patient").slice(0, 3)]).toEqual([0, 1, 2]);
  const names = Array.from(cellOrder(cells, score, "name"), (i) => fileName(cells, i));
  expect(names.every((name, i) => i === 0 || names[i - 1]! < name)).toBe(true);
  expect(ascending(cellOrder(cells, score, "hue")) === false).toBe(true);
  expect(ascending(Float64Array.from(cellOrder(cells, score, "hue"), (i) => signedHue(cells.hue[i]!)))).toBe(true);
  expect(ascending(Float64Array.from(cellOrder(cells, score, "brightness"), (i) => cells.brightness[i]!))).toBe(true);
  const scored = score.filter((value) => !Number.isNaN(value)).length;
  for (const reverse of [false, true]) {
    const order = cellOrder(cells, score, "score", {reverse});
    const values = Array.from(order.slice(0, scored), (i) => (reverse ? 1 : -1) * score[i]!);
    expect(ascending(values)).toBe(true);
    expect(Array.from(order.slice(scored)).every((i) => Number.isNaN(score[i]))).toBe(true);
  }
});

test("disagreement is 1 where the network is as wrong as can be", () => {
  expect([disagreement(0, 0), disagreement(0, 1), disagreement(1, 1), disagreement(1, 0.25)]).toEqual([1, 0, 1, 0.25]);
});

test("patients line up by their cells", () => {
  const byName = Array.from(patientOrder(cells, "name"), (i) => Number(cells.patients[i]!.slice(1)));
  expect(ascending(byName)).toBe(true);
  const counts = new Map<number, number>();
  cells.patient.forEach((code, i) => counts.set(code, (counts.get(code) ?? 0) + 1 - cells.label[i]!));
  expect(ascending(Array.from(patientOrder(cells, "cells"), (code) => -counts.get(code)!))).toBe(true);
  expect(new Set(patientOrder(cells, "disputed")).size).toBe(200);
});
