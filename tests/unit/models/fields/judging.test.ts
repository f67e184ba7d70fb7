import {expect, test, vi} from "vitest";
import type {Box} from "../../../../models/fields/fields.js";
import {judgeField, judgingOf, labelledCells} from "../../../../models/fields/judging.js";
import type {Classifier} from "../../../../src/components/classifier/client.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";
import type {Finder} from "../../../../src/components/finder/open-finder.js";

const cell = (left: number, kind: FoundCell["kind"] = "red"): FoundCell => ({
  kind,
  x: left + 10,
  y: 10,
  width: 20,
  height: 20,
  certainty: 1,
  outline: new Float32Array()
});
const box = (left: number, label: Box["label"]): Box => ({left, top: 0, right: left + 20, bottom: 20, label});

test("only whole single red cells are judged, by both networks", async () => {
  const judgeFound = vi.fn(async (name: string, pictures: unknown[]) =>
    pictures.map((_, n) => ({probability: (name === "student" ? 0.1 : 0.2) + n / 10, offset: 0, doubts: []}))
  );
  const finder = {cut: () => new Uint8ClampedArray(7500)} as unknown as Finder;
  const field = {width: 100, height: 100, diameter: 20, cells: [cell(0), cell(30, "white"), cell(60)]};
  const picture = {data: new Uint8Array(30000), width: 100, height: 100, channels: 3 as const};
  const parts = {
    finder,
    classifier: {judgeFound} as unknown as Classifier,
    references: {student: {threshold: 0.5, healthyScore: 0.1}, resnet34: {threshold: 0.5, healthyScore: 0.05}}
  };
  const judged = await judgeField(picture, field, parts);
  // Two cells only: they move each other by little.
  expect(judged).toEqual([
    {student: expect.closeTo(0.0988, 4), resnet34: expect.closeTo(0.1894, 4)},
    null,
    {student: expect.closeTo(0.1979, 4), resnet34: expect.closeTo(0.2859, 4)}
  ]);
  expect(await judgeField(picture, {...field, cells: []}, parts)).toEqual([]);
  expect(judgeFound).toHaveBeenCalledTimes(2);
});

test("labels are those of the boxes that were found at an overlap of a half", () => {
  const judged = [{student: 0.1, resnet34: 0.9}, null, {student: 0.4, resnet34: 0.3}];
  const boxes = [box(1, "infected"), box(31, "healthy"), box(75, "healthy"), box(60, "unknown")];
  expect(labelledCells([cell(0), cell(30), cell(60)], judged, boxes)).toEqual([
    {student: 0.1, resnet34: 0.9, isInfected: true}
  ]);
});

test("judging is told by its area, at the threshold and at few false alarms", () => {
  const cells = [
    ...Array.from({length: 100}, (_, n) => ({student: n / 200, resnet34: 0, isInfected: false})),
    ...[0.9, 0.8, 0.3].map((student) => ({student, resnet34: 0, isInfected: true}))
  ];
  const figures = judgingOf(cells, "student", 0.25);
  expect(figures).toMatchObject({infected: 3, healthy: 100, specificity: 0.5, sensitivity: 1});
  expect(figures.auc).toBeCloseTo((100 + 100 + 60.5) / 300, 6);
  expect(figures.sensitivityAt1Percent).toBeCloseTo(2 / 3, 6);
  expect(judgingOf(cells.slice(0, 100), "student", 0.25)).toMatchObject({auc: null, specificity: 0.5});
});
