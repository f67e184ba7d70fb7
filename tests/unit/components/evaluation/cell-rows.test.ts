import {expect, test} from "vitest";
import {cellRows, cellsFileName} from "../../../../src/components/evaluation/cell-rows.js";
import {evaluationTable} from "../../../../src/components/evaluation/selection.js";
import {fileName} from "../../../../src/components/gallery/cells.js";
import {networkColumns, networkOf} from "../../../../src/components/gallery/network-columns.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const resnet = {...makeModel(cells), sha256: "abc"};
const student = makeModel(cells, {name: "student", folds: [0, 1], seed: 2});
const networks = [networkOf(cells, resnet, resnet), networkOf(cells, student, student)];

test("scores lie at the places of their cells, and each cell has its fold's point", () => {
  const [, network] = networks;
  const scored = [...cells.fold.keys()].filter((place) => cells.fold[place]! < 2);
  expect(scored.map((place) => network!.scores[place])).toEqual(student.scores);
  expect(network!.scores.filter((score) => Number.isNaN(score))).toHaveLength(cells.count - scored.length);
  for (const place of [scored[0]!, scored.at(-1)!]) expect(network!.pointOf(place).fold).toBe(cells.fold[place]);
});

test("a row holds both readers' labels and each network's score, threshold, answer and hash", () => {
  const disputed = cells.disputed.findIndex((flag, place) => flag === 1 && cells.fold[place]! < 2);
  const [row] = cellRows(cells, [disputed], {columns: networkColumns, networks, threshold: null});
  const [label, other] = cells.label[disputed] === 0 ? ["parasitized", "uninfected"] : ["uninfected", "parasitized"];
  const fold = cells.fold[disputed]!;
  const own = resnet.points[fold]!.threshold;
  const score = networks[0]!.scores[disputed]!;
  expect(row).toMatchObject({
    file: fileName(cells, disputed),
    fold,
    label,
    "second reading": other,
    "resnet34: score": score,
    "resnet34: threshold": own,
    "resnet34: answer": score >= own ? "parasitized" : "uninfected",
    "resnet34: sha256 of metadata.json": "abc",
    "student: score": networks[1]!.scores[disputed],
    "student: sha256 of metadata.json": null
  });
});

test("a moved threshold is the first network's alone; a cell that was not scored has none", () => {
  const place = cells.fold.indexOf(4);
  const [row] = cellRows(cells, [place], {columns: networkColumns, networks, threshold: 0.99});
  expect(row).toMatchObject({"resnet34: threshold": 0.99, "student: score": null, "student: threshold": null});
  const tested = cells.fold.indexOf(1);
  const [both] = cellRows(cells, [tested], {columns: networkColumns, networks, threshold: 0.99});
  expect(both!["student: threshold"]).toBe(student.points[1]!.threshold);
});

test("the file is named after the page and what is shown", () => {
  const {values} = readQuery(evaluationTable(makeData([resnet]), cells), "?kind=wrong&patient=C5&fold=2");
  expect(cellsFileName({selection: values})).toBe("evaluation-wrong-patient-c5-resnet34-fold-2-original");
});
