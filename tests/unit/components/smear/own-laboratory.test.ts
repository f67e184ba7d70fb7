import {expect, test} from "vitest";
import type {Network} from "../../../../src/components/classifier/entries.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";
import {ownLaboratory} from "../../../../src/components/smear/own-laboratory.js";
import {falseAlarms, mixedChances} from "../../../../src/components/smear/worth.js";
import {networks} from "./support.js";

const network = (name: "student" | "resnet34") =>
  ({metadata: {...networks[name], name}, sha256: networks[name]!.sha256}) as unknown as Network;
const laboratory = {
  date: "2026-11-29T10:00:00.000Z",
  cells: 39,
  rate: 0.05,
  thresholds: {student: {offset: -1.5, falseAlarms: {estimate: 2 / 40, low: 0.01, high: 0.13}, sha256: "11"}}
};
const answers = [{probability: 0.7, offset: -0.5, doubts: []}];

test("answers are moved to the laboratory's threshold, in the place of what their stain had moved them by", () => {
  const own = ownLaboratory(laboratory);
  expect(own.move(network("student"), answers)).toEqual([expect.closeTo(shiftLogit(0.7, -1), 12)]);
  expect(own.titleFor(network("student"))).toMatch(/^own laboratory, 39 healthy cells on 2026-11-29/);
  expect(own.known!.title).toBe(own.titleFor(network("student")));
});

test("a network, or a version of it, whose threshold was not placed keeps its own", () => {
  const own = ownLaboratory(laboratory);
  for (const other of [network("resnet34"), {...network("student"), sha256: "other"}]) {
    expect(own.titleFor(other)).toBeUndefined();
    expect(own.move(other, answers)).toEqual([0.7]);
  }
  expect(ownLaboratory(null).known).toBeNull();
  expect(ownLaboratory(null).titleFor(network("student"))).toBeUndefined();
});

test("its healthy cells tell the false alarms to expect: of 1,000 the share that placing the threshold promised", () => {
  const {healthy, sensitivity} = ownLaboratory(laboratory).known!.measured.student!;
  expect(falseAlarms(mixedChances(1000, healthy)).expected).toBeCloseTo(1000 * (2 / 40), 6);
  expect(sensitivity).toBeNull();
});
