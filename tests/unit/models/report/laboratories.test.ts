import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {fillLaboratories, laboratoriesOf} from "../../../../models/report/laboratories.js";
import type {LaboratoryFigures} from "../../../../src/data/shapes/report.js";

const HEADER =
  "laboratory,image,x,y,group,heldOut,label,probability,refused,cautions,probability unmet,refused unmet,cautions unmet";

function written(rows: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "laboratories-report-"));
  writeFileSync(join(directory, "laboratories.csv"), [HEADER, ...rows].join("\n"));
  return directory;
}

const point = {threshold: 0.5, abstain: [0.35, 0.65] as [number, number]};

const row = (laboratory: string, n: number, held: number, label: string, p: number, refused = "", cautions = "") =>
  `${laboratory},a.png,1,${n},field ${n},${held},${label},${p},${refused},${cautions},${p / 2},${n === 7 ? "texture" : ""},stain`;

describe("laboratoriesOf", () => {
  test("counts the held-out groups of a laboratory that takes part in fitting, and all of one that does not", () => {
    const rows = ["chula", "bbbc041"].flatMap((name) => [
      ...Array.from({length: 6}, (_, n) =>
        row(name, n, 1, "uninfected", 0.1, n === 0 ? "ground" : "", n === 1 ? "stain" : "")
      ),
      row(name, 6, 1, "uninfected", 0.9),
      row(name, 7, 0, "uninfected", 0.9)
    ]);
    rows.push(row("bbbc041", 8, 0, "parasitized", 0.95), row("bbbc041", 9, 0, "parasitized", 0.3));
    const [chula, bbbc] = laboratoriesOf(written(rows), point, {draws: 50, seed: 1});
    expect(chula).toMatchObject({laboratory: "Chula RBC-12", cells: 7, parasitized: 0, patients: 7, teaches: true});
    // Of the six that were answered.
    expect(chula!.figures.specificity.estimate).toBeCloseTo(5 / 6, 6);
    expect(chula!.sensitivityAt1Percent).toEqual({estimate: NaN, low: NaN, high: NaN});
    const shares = [chula!.answered, chula!.cautioned, chula!.refused];
    expect(shares.map(({estimate}) => Math.round(7 * estimate))).toEqual([5, 1, 1]);
    for (const {estimate, low, high} of shares) {
      expect(low).toBeLessThan(estimate);
      expect(high).toBeGreaterThan(estimate);
    }
    expect(bbbc).toMatchObject({cells: 10, parasitized: 2, teaches: false});
    expect(bbbc!.figures.sensitivity.estimate).toBeCloseTo(0.5, 6);
    // The one at .3 has no caution; by a gate that never met it, it has.
    expect([bbbc!.silentMisses, bbbc!.unmet.silentMisses, chula!.silentMisses]).toEqual([1, 0, 0]);
    expect(bbbc!.sensitivityAt1Percent).toMatchObject({estimate: 0.5, low: 0, high: 1});
    // 12 of the 14 pairs of a parasitized and a healthy cell that were answered are in order: 7 of the higher one, 5 of the lower.
    expect(bbbc!.figures.rocArea.estimate).toBeCloseTo(12 / 14, 6);
    // A gate that never met it: all cells count, and one more is refused.
    const unmet = {cells: 8, patients: 8, refused: {estimate: 1 / 8}, cautioned: {estimate: 7 / 8}};
    expect(chula!.unmet).toMatchObject({...unmet, answered: {estimate: 0, low: NaN, high: NaN}});
    expect(chula!.unmet.figures.specificity.estimate).toBe(1);
    expect(bbbc!.unmet.figures.sensitivity.estimate).toBe(0);
  });

  test("is empty without scores, and names what is wrong with them", () => {
    expect(laboratoriesOf(mkdtempSync(join(tmpdir(), "none-")), point, {draws: 1, seed: 1})).toEqual([]);
    expect(() => laboratoriesOf(written([row("chula", 1, 1, "sick", 0.1)]), point, {draws: 1, seed: 1})).toThrow(
      "row 2"
    );
    expect(() => laboratoriesOf(written([row("mars", 1, 1, "uninfected", 0.1)]), point, {draws: 1, seed: 1})).toThrow(
      "mars"
    );
  });
});

test("models/README.md says what the shipped report does", () => {
  const text = readFileSync("models/README.md", "utf8");
  const {laboratories} = JSON.parse(readFileSync("models/resnet34/report.json", "utf8")) as {
    laboratories: LaboratoryFigures[];
  };
  expect(laboratories.length).toBeGreaterThan(1);
  expect(fillLaboratories(text, laboratories)).toBe(text);
  expect(() => fillLaboratories("no markers", laboratories)).toThrow("models/README.md must hold");
});
