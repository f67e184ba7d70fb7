import {describe, expect, test} from "vitest";
import {
  addCell,
  addField,
  countField,
  emptyReview,
  markCell,
  moveField,
  networkCall,
  redo,
  removeField,
  reviewedCall,
  suspects,
  undo,
  withAnswers,
  withPixels
} from "../../../../src/components/smear/review.js";
import type {Review, SmearCell} from "../../../../src/components/smear/review.js";
import {cellAt, fieldWith, judgedAt, networks} from "./support.js";

const [A, B] = ["a".repeat(64), "b".repeat(64)];
const reviewOf = (...cells: SmearCell[]): Review => addField(emptyReview, fieldWith(cells)).review;
const countsOf = (review: Review, n = 0) => countField(review.fields[n]!);

describe("fields", () => {
  test("come in order, and one file is one field", () => {
    const first = reviewOf(cellAt(20, 20));
    const {review: both} = addField(first, fieldWith([], {name: "second", sha256: B}));
    const {review: again, earlier} = addField(both, fieldWith([], {name: "copy.jpg"}));
    expect(again).toBe(both);
    expect(earlier!.name).toBe("field.jpg");
    expect(both.fields.map(({name}) => name)).toEqual(["field.jpg", "second"]);
  });

  test("are moved and taken out, and both is undone", () => {
    const {review: both} = addField(reviewOf(cellAt(20, 20)), fieldWith([], {name: "second", sha256: B}));
    const order = ({fields}: Review) => fields.map(({sha256}) => sha256);
    const moved = moveField(both, B, -1);
    expect(order(moved)).toEqual([B, A]);
    expect(moveField(moved, B, -1)).toBe(moved);
    const removed = removeField(moved, A);
    expect(order(removed)).toEqual([B]);
    expect(order(undo(removed))).toEqual([B, A]);
    expect(order(undo(undo(removed)))).toEqual([A, B]);
    expect(order(redo(redo(undo(undo(removed)))))).toEqual([B]);
  });

  test("that were taken out and chosen anew are not there twice once that is undone", () => {
    const removed = removeField(reviewOf(cellAt(20, 20)), A);
    const anew = addField(removed, fieldWith([cellAt(20, 20)])).review;
    expect(undo(anew).fields.length).toBe(1);
  });
});

describe("what a cell is called", () => {
  test("is ResNet-34's word where it has judged, else the student's, each by its own threshold", () => {
    expect(networkCall(cellAt(0, 0), networks).label).toBeNull();
    const early = cellAt(0, 0, {probabilities: {student: 0.52}});
    expect(networkCall(early, networks)).toEqual({label: "parasitized", isClose: false});
    const both = cellAt(0, 0, {probabilities: {student: 0.52, resnet34: 0.5}});
    expect(networkCall(both, networks)).toEqual({label: "uninfected", isClose: false});
    expect(networkCall(judgedAt(0, 0, 0.62), networks)).toEqual({label: "parasitized", isClose: true});
  });

  test("is a person's, once one has looked", () => {
    const say = (mark: SmearCell["mark"]) => reviewedCall(judgedAt(0, 0, 0.9, {mark}), networks).label;
    expect([null, "parasitized", "uninfected", "no cell"].map((mark) => say(mark as SmearCell["mark"]))).toEqual([
      "parasitized",
      "parasitized",
      "uninfected",
      null
    ]);
  });
});

describe("numbers follow a review", () => {
  const start = reviewOf(judgedAt(20, 20, 0.9), judgedAt(60, 20, 0.7), judgedAt(100, 20, 0.1), cellAt(140, 20));

  test("by marks, which a second press takes off", () => {
    expect(countsOf(start)).toMatchObject({
      network: {cells: 4, infected: 2},
      reviewed: {cells: 4, infected: 2},
      waiting: 1,
      marked: 0
    });
    const rejected = markCell(start, A, 1, "uninfected");
    expect(countsOf(rejected)).toMatchObject({
      network: {cells: 4, infected: 2},
      reviewed: {cells: 4, infected: 1},
      marked: 1
    });
    expect(countsOf(markCell(rejected, A, 1, "uninfected"))).toEqual(countsOf(start));
    const none = markCell(rejected, A, 0, "no cell");
    expect(countsOf(none).reviewed).toEqual({cells: 3, infected: 0});
    expect(countsOf(markCell(start, A, 2, "parasitized")).reviewed).toEqual({cells: 4, infected: 3});
  });

  test("by cells that are added, which the networks' count leaves out", () => {
    const added = addCell(start, A, 150.5, 60);
    const cell = added.fields[0]!.cells.at(-1)!;
    expect(cell).toMatchObject({kind: "red", x: 150.5, y: 60, width: 20, height: 20, isAdded: true});
    const radii = Array.from({length: 32}, (_, n) =>
      Math.hypot(cell.outline[2 * n]! - 150.5, cell.outline[2 * n + 1]! - 60)
    );
    for (const radius of radii) expect(radius).toBeCloseTo(10, 4);
    expect(countsOf(added)).toMatchObject({network: {cells: 4, infected: 2}, reviewed: {cells: 5, infected: 2}});
    const parasite = markCell(added, A, 4, "parasitized");
    expect(countsOf(parasite).reviewed).toEqual({cells: 5, infected: 3});
    expect(undo(undo(parasite)).fields).toEqual(start.fields);
    expect(addCell(start, A, 500, 60)).toBe(start);
  });

  test("by kinds: only red cells count, until a person says that another thing is one", () => {
    const review = reviewOf(
      judgedAt(20, 20, 0.9),
      ...(["white", "platelet", "clump", "cut"] as const).map((kind, n) => cellAt(60 + 20 * n, 20, {kind}))
    );
    expect(countsOf(review).kinds).toEqual({red: 1, white: 1, platelet: 1, clump: 1, cut: 1});
    expect(countsOf(review).reviewed).toEqual({cells: 1, infected: 1});
    expect(countsOf(markCell(review, A, 2, "uninfected")).reviewed).toEqual({cells: 2, infected: 1});
    expect(countsOf(review).waiting).toBe(0);
  });

  test("and undo, redo go through them one by one, whatever the networks say meanwhile", () => {
    const marked = markCell(markCell(start, A, 0, "uninfected"), A, 3, "parasitized");
    const answered = withAnswers(marked, A, {
      name: "resnet34",
      network: networks.resnet34!,
      answers: new Map([[3, 0.8]])
    });
    const back = undo(answered);
    expect(back.fields[0]!.cells[3]).toMatchObject({mark: null, probabilities: {resnet34: 0.8}});
    expect(countsOf(undo(back)).reviewed).toEqual({cells: 4, infected: 3});
    expect(undo(undo(undo(back))).done).toEqual([]);
    expect(redo(redo(undo(back)))).toEqual(answered);
    expect(redo(answered)).toBe(answered);
    expect(markCell(back, A, 1, "no cell").undone).toEqual([]);
    expect(markCell(start, A, 9, "no cell")).toBe(start);
    expect(markCell(start, B, 0, "no cell")).toBe(start);
  });
});

describe("suspects", () => {
  test("are what is called parasitized or too close to call, the most probable first, over all fields", () => {
    const first = reviewOf(judgedAt(20, 20, 0.58), judgedAt(60, 20, 0.1), judgedAt(100, 20, 0.97));
    const {review} = addField(first, fieldWith([judgedAt(20, 20, 0.8)], {sha256: B}));
    expect(suspects(review).map(({field, cell}) => [field[0], cell])).toEqual([
      ["a", 2],
      ["b", 0],
      ["a", 0]
    ]);
    // What a person calls so is one; what a person has judged stays where it was.
    const marked = markCell(markCell(review, A, 1, "parasitized"), A, 2, "uninfected");
    expect(suspects(marked).map(({field, cell}) => [field[0], cell])).toEqual([
      ["a", 2],
      ["b", 0],
      ["a", 0],
      ["a", 1]
    ]);
  });

  test("alone keep their pixels", () => {
    const pixels = new Uint8ClampedArray(7500);
    const review = reviewOf(judgedAt(20, 20, 0.9), judgedAt(60, 20, 0.1, {pixels}), judgedAt(100, 20, 0.1));
    const kept = withPixels(review, A, [pixels, pixels, pixels]);
    expect(kept.fields[0]!.cells.map((cell) => "pixels" in cell)).toEqual([true, false, false]);
    // What is there stays where nothing new is given.
    expect(withPixels(kept, A, []).fields).toEqual(kept.fields);
  });
});
