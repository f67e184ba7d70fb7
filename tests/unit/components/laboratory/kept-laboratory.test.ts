import {describe, expect, test} from "vitest";
import {
  atLaboratory,
  keepLaboratory,
  laboratoryTitle,
  percent,
  readKeptLaboratory
} from "../../../../src/components/laboratory/kept-laboratory.js";
import type {KeptLaboratory} from "../../../../src/components/laboratory/kept-laboratory.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";

const laboratory: KeptLaboratory = {
  date: "2026-11-29T10:00:00.000Z",
  cells: 40,
  rate: 0.05,
  thresholds: {student: {offset: -1.5, falseAlarms: {estimate: 0.049, low: 0.01, high: 0.13}, sha256: "a"}}
};

function memory(content: Record<string, string> = {}) {
  const texts = new Map(Object.entries(content));
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key)
  };
}

describe("a kept laboratory", () => {
  test("comes back as it was, and is gone once it is removed", () => {
    const store = memory();
    expect(readKeptLaboratory(store)).toBe(null);
    expect(keepLaboratory(store, laboratory)).toBe(true);
    expect(readKeptLaboratory(store)).toEqual(laboratory);
    keepLaboratory(store, null);
    expect(readKeptLaboratory(store)).toBe(null);
  });

  test("what cannot be read counts as none, and a browser that refuses is told", () => {
    for (const text of ["{", "[]", "3", JSON.stringify({...laboratory, rate: 7}), JSON.stringify({date: "x"})]) {
      expect(readKeptLaboratory(memory({"malaria-laboratory": text}))).toBe(null);
    }
    const full = memory();
    full.setItem = () => {
      throw new DOMException("", "QuotaExceededError");
    };
    expect(keepLaboratory(full, laboratory)).toBe(false);
    expect(keepLaboratory(undefined, laboratory)).toBe(false);
    expect(readKeptLaboratory(undefined)).toBe(null);
  });
});

describe("atLaboratory", () => {
  const answer = {
    network: {metadata: {name: "student"}, sha256: "a"},
    prediction: {probability: shiftLogit(0.6, -0.7), offset: -0.7, width: 90}
  };

  test("moves the network's own logit by the laboratory's offset in the place of the gate's, and says so", () => {
    const moved = atLaboratory(answer, laboratory);
    expect(moved.prediction.probability).toBeCloseTo(shiftLogit(0.6, -1.5), 10);
    expect(moved.prediction).toMatchObject({offset: -1.5, width: 90});
    expect((moved as {laboratory?: string}).laboratory).toBe(laboratoryTitle(laboratory));
    expect(laboratoryTitle(laboratory)).toBe(
      "own laboratory, 40 healthy cells on 2026-11-29, at most 5 % false alarms wanted"
    );
  });

  test("leaves answers of other networks and versions as they are", () => {
    const others = [
      {...answer, network: {...answer.network, sha256: "b"}},
      {...answer, network: {metadata: {name: "resnet34"}, sha256: "a"}}
    ];
    for (const other of others) expect(atLaboratory(other, laboratory)).toBe(other);
    expect(atLaboratory(answer, null)).toBe(answer);
  });
});

test("percent tells small shares from nought", () => {
  expect([0.0012, 0.049, 0.172].map(percent)).toEqual(["0.1 %", "5 %", "17 %"]);
});
