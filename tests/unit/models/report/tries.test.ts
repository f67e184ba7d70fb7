import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {describe, expect, it} from "vitest";
import {fillTries, readTries} from "../../../../models/report/tries.js";

const reached = (validAccuracy: number) => ({validLoss: 0.2, validAccuracy, validAuc: 0.99});
const one = {
  title: "no-smoothing",
  fold: 0,
  recipe: {validationCells: 2204, epochs: 2, frozenEpochs: 1, size: 64},
  oneView: reached(0.95),
  eightViews: reached(0.96)
};

describe("tries", () => {
  it("stand in models/README.md as their files have them, all on the validation patients of fold 0", () => {
    const tries = readTries();
    const text = readFileSync("models/README.md", "utf8");
    expect(fillTries(text, tries)).toBe(text);
    for (const {fold, recipe} of tries) expect([fold, recipe.validationCells]).toEqual([0, 2204]);
  });

  it("are one line each, in place of what stood there", () => {
    const marked = "a\n<!-- tries: npm run report -->\nstale\n<!-- end of tries -->\nb";
    const filled = fillTries(marked, [one]);
    expect(filled).toContain("| no-smoothing | 64 | 1 + 2 | 0.9500 | 0.9900 | 0.2000 | 0.9600 | 0.9900 |");
    expect(filled).not.toContain("stale");
    expect(fillTries(filled, [one])).toBe(filled);
    expect(() => fillTries("no markers", [one])).toThrow("models/README.md must hold");
  });

  it("without a figure are named", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "tries-"));
    writeFileSync(path.join(directory, "bad.json"), JSON.stringify({...one, eightViews: {validLoss: 1}}));
    expect(() => readTries(directory)).toThrow("bad.json: eightViews.validAccuracy must be a number.");
  });
});
