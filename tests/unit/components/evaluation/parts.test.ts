import {readFileSync} from "node:fs";
import {describe, expect, it, test} from "vitest";
import {
  binOfShare,
  foldPart,
  nameFamily,
  partsOf,
  reliabilityPart
} from "../../../../src/components/evaluation/parts.js";
import {prepare} from "../../../../src/components/evaluation/prepare.js";
import {openCells} from "../../../../src/components/gallery/cells.js";
import {calibrationCurve} from "../../../../src/components/metrics/index.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {makeCells, makeModel} from "./fixture.js";

const manifest = readManifest();

describe("nameFamily", () => {
  it("drops case, patient, microscope and the spelling's vagaries", () => {
    expect(nameFamily("C68P29N_ThinF_IMG_20150819_134112")).toBe("nthinf");
    expect(nameFamily("C5NThinF_IMG_20150609_122020")).toBe("nthinf");
    expect(nameFamily("C37BP2_thinF_IMG_20150620_131258a")).toBe("thinf");
    expect(nameFamily("C167P128ReThinF_IMG_20151201_105707")).toBe("rethinf");
    expect(nameFamily("C47P8thin_Original_Motic_IMG_20150714_101337")).toBe("thinoriginal");
    expect(nameFamily("C47P8thinOriginalOlympusCX21_IMG_20150714_094841")).toBe("thinoriginal");
    expect(nameFamily("C116P77ThinF_IMG_20150930_170000")).toBe("thinf");
  });

  it("knows six families in the set", () => {
    const families = new Set(manifest.map(({photograph}) => nameFamily(photograph)));
    expect([...families].sort()).toEqual(["nthinf", "rethinf", "thinf", "thinforiginal", "thinoriginal"]);
  });
});

test("the cells of every subgroup are as many as the report counts", () => {
  const cells = openCells(packCells(manifest).slice().buffer);
  const model = makeModel(cells);
  const prepared = prepare(cells, model, {fold: "all", labels: "original"});
  const {subgroups} = JSON.parse(readFileSync("models/resnet34/report.json", "utf8")) as {
    subgroups: {factor: string; group: string; cells: number}[];
  };
  expect(subgroups.length).toBeGreaterThan(20);
  const inPart = partsOf(cells);
  const counts = subgroups.map(({factor, group}) => {
    const isIn = inPart(`${factor}: ${group}`, prepared, model.folds);
    return [...prepared.places.keys()].filter(isIn).length;
  });
  expect(counts).toEqual(subgroups.map((part) => part.cells));
});

test("a fold and a bar of the reliability diagram hold what they count", () => {
  const cells = makeCells();
  const model = makeModel(cells);
  const prepared = prepare(cells, model, {fold: "all", labels: "original"});
  const rows = [...prepared.places.keys()];
  const inPart = (name: string) => rows.filter(partsOf(cells)(name, prepared, model.folds));
  expect(inPart(foldPart(2)).map((row) => cells.fold[prepared.places[row]!])).toEqual(Array(120).fill(2));
  const bins = calibrationCurve(prepared.calibrated, prepared.labels, {bins: 15});
  expect(bins.map((_, bin) => inPart(reliabilityPart("after", bin)).length)).toEqual(bins.map(({count}) => count));
  expect([0, 1 / 15, 0.5, 1].map(binOfShare)).toEqual([0, 0, 7, 14]);
  expect(inPart("hue: no such group")).toEqual([]);
});
