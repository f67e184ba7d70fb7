import {describe, expect, test} from "vitest";
import {UnfitRecord, readSmear} from "../../../../src/components/smear/read-record.js";
import {COLUMNS, smearJson, smearRows} from "../../../../src/components/smear/records.js";
import {addCell, addField, countField, emptyReview, markCell} from "../../../../src/components/smear/review.js";
import {toCsv} from "../../../../src/components/ui/csv.js";
import {cellAt, fieldWith, judgedAt, networks} from "./support.js";

const date = new Date("2026-11-29T10:00:00Z");
const [A, B] = ["a".repeat(64), "b".repeat(64)];
const first = fieldWith([judgedAt(20.25, 20, 0.9), judgedAt(60, 20, 0.1), cellAt(90, 40, {kind: "white"})], {
  name: "=first.jpg",
  doubts: ["Out of focus."]
});
const second = fieldWith([cellAt(30, 30, {probabilities: {student: 0.45}})], {sha256: B, networks: {}});
const start = addField(addField(emptyReview, first).review, second).review;
const {fields} = addCell(markCell(markCell(start, A, 0, "uninfected"), A, 1, "no cell"), A, 150, 50);

describe("the table", () => {
  test("has a row for everything found or added, with what networks and a person say", () => {
    const rows = smearRows(fields, date);
    expect(rows.map(({kind, called, close, reviewed, added}) => [kind, called, close, reviewed, added])).toEqual([
      ["red", "parasitized", false, "uninfected", false],
      ["red", "uninfected", false, "no cell", false],
      ["white", null, null, null, false],
      ["red", null, null, "uninfected", true],
      ["red", null, null, null, false]
    ]);
    expect(rows[0]).toMatchObject({
      field: "=first.jpg",
      x: 10.3,
      y: 10,
      width: 20,
      height: 20,
      p_student: 0.9,
      p_resnet34: 0.9,
      field_sha256: A,
      student_sha256: "11",
      resnet34_sha256: "22",
      version: "def",
      date: date.toISOString()
    });
    expect(rows[4]).toMatchObject({field_sha256: B, p_student: 0.45, p_resnet34: null, student_sha256: null});
    for (const row of rows) expect(Object.keys(row)).toEqual([...COLUMNS]);
  });

  test("runs no formula in a spreadsheet", () => {
    expect(toCsv(smearRows(fields, date)).split("\n")[1]).toMatch(/^'=first\.jpg,10\.3,10,/);
  });
});

test("the laboratory whose threshold held, or the field's own offset, is named in table and saved smear", () => {
  const student = {...networks.student!, offset: -0.5};
  const at = {student, resnet34: {...networks.resnet34!, laboratory: "own laboratory"}};
  const own = fieldWith([judgedAt(20, 20, 0.9), cellAt(60, 20, {probabilities: {student: 0.2}})], {networks: at});
  expect(smearRows([own], date).map(({laboratory}) => laboratory)).toEqual(["own laboratory", null]);
  expect(smearRows([own], date).map(({offset}) => offset)).toEqual([null, -0.5]);
  expect(readSmear(smearJson([own], date))[0]!.networks).toEqual(at);
});

describe("a saved smear", () => {
  test("is the same once it is opened", () => {
    const opened = readSmear(smearJson(fields, date));
    expect(opened.map(countField)).toEqual(fields.map(countField));
    const near = (all: typeof fields) =>
      all.map(({cells, ...field}) => ({...field, cells: cells.map((cell) => ({...cell, outline: 0, x: 0}))}));
    expect(near(opened)).toEqual(near(fields));
    opened.forEach(({cells}, n) =>
      cells.forEach(({outline}, place) => {
        const before = fields[n]!.cells[place]!.outline;
        expect(outline.length).toBe(before.length);
        outline.forEach((length, at) => expect(Math.abs(length - before[at]!)).toBeLessThan(0.06));
      })
    );
    expect(readSmear(smearJson(opened, date))).toEqual(opened);
  });

  test("names date, notice and form, and holds no pixels", () => {
    const cells = [judgedAt(20, 20, 0.9, {pixels: new Uint8ClampedArray(7500)})];
    const json = smearJson([fieldWith(cells)], date);
    expect(JSON.parse(json)).toMatchObject({
      version: 1,
      date: date.toISOString(),
      notice: expect.stringMatching(/^Not a/)
    });
    expect(json).not.toMatch(/pixels/);
  });

  const saved = JSON.parse(smearJson(fields, date)) as {version: number; fields: {cells: {x: unknown}[]}[]};
  const changed = (change: (copy: typeof saved) => void) => {
    const copy = structuredClone(saved);
    change(copy);
    return JSON.stringify(copy);
  };
  test.each([
    ["nothing", "", /^This file is no JSON, or was cut short\. Choose /],
    ["half of it", JSON.stringify(saved).slice(0, 500), /^This file is no JSON, or was cut short\. Choose /],
    ["null", "null", /^This JSON is no smear of this page\. Choose /],
    ["another file", '{"cells": []}', /^This JSON is no smear of this page\. Choose /],
    ["a later form", changed((copy) => (copy.version = 2)), /saved in form 2, and this page reads form 1\. Reload/],
    [
      "a broken number",
      changed((copy) => (copy.fields[0]!.cells[1]!.x = "far")),
      /damaged: fields\[0\]\.cells\[1\]\.x must be a number .*Choose another copy/
    ],
    ["a field twice", changed((copy) => copy.fields.push(copy.fields[0]!)), /one field is in it twice/]
  ])("of which %s is there gets a sentence", (_, content, sentence) => {
    expect(() => readSmear(content)).toThrow(UnfitRecord);
    expect(() => readSmear(content)).toThrow(sentence);
  });
});
