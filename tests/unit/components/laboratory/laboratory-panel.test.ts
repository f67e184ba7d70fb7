import {beforeEach, describe, expect, test, vi} from "vitest";
import type {KeptLaboratory} from "../../../../src/components/laboratory/kept-laboratory.js";
import {laboratoryPanel} from "../../../../src/components/laboratory/laboratory-panel.js";
import type {AnswerOfNetwork} from "../../../../src/components/laboratory/laboratory-panel.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";

const cell = new Uint8ClampedArray(7500).map((_, n) => [190, 130, 150][n % 3]!);
const answer = (name: string, probability: number): AnswerOfNetwork => ({
  network: {metadata: {name, threshold: 0.45}, sha256: "a"},
  prediction: {probability: shiftLogit(probability, -1.2), offset: -1.2, cell}
});
const pictures = (count: number) => Array.from({length: count}, (_, n) => new File([], `healthy_${n}.png`));

describe("laboratoryPanel", () => {
  const changes: (KeptLaboratory | null)[] = [];
  let ask: (file: File) => Promise<readonly AnswerOfNetwork[]>;
  beforeEach(() => {
    changes.length = 0;
    ask = async ({name}) => {
      const p = 0.1 + 0.01 * Number(/\d+/.exec(name)![0]);
      return [answer("student", p), answer("resnet34", p / 2)];
    };
  });

  function open(given: {isKept?: boolean; laboratory?: KeptLaboratory} = {}) {
    const panel = laboratoryPanel({
      laboratory: given.laboratory ?? null,
      titleOf: ({network}) => (network.metadata.name === "student" ? "the student" : "ResNet-34"),
      ask: (file) => ask(file),
      onChange(laboratory) {
        changes.push(laboratory);
        return given.isKept ?? true;
      }
    });
    const input = panel.querySelector<HTMLInputElement>("input[type=file]")!;
    const status = panel.querySelector("[data-testid=laboratory]")!;
    const choose = async (files: File[]) => {
      Object.defineProperty(input, "files", {value: files, configurable: true});
      Object.defineProperty(input, "value", {value: "", writable: true, configurable: true});
      input.dispatchEvent(new Event("change"));
      await vi.waitFor(() => expect(status.textContent).not.toMatch(/^Judging/));
    };
    return {panel, status, choose, remove: panel.querySelector<HTMLButtonElement>(":scope > button")!};
  }

  test("places each network's threshold by its own scores, without the gate's offset, and says what that is worth", async () => {
    const {status, choose, remove} = open();
    expect(remove.hidden).toBe(true);
    await choose(pictures(40));
    expect(changes).toHaveLength(1);
    const {cells, rate, thresholds} = changes[0]!;
    expect([cells, rate, Object.keys(thresholds)]).toEqual([40, 0.05, ["student", "resnet34"]]);
    // Of 40 scores .10 … .49 the 39th, .48, is the last that stays below.
    expect(shiftLogit(0.48, thresholds.student!.offset)).toBeCloseTo(0.45, 5);
    expect(shiftLogit(0.24, thresholds.resnet34!.offset)).toBeCloseTo(0.45, 5);
    expect(status.textContent).toContain("Set by 40 of your healthy cells on");
    expect(status.textContent).toContain(
      "ResNet-34 will call about 5 % of your healthy cells parasitized (95 % interval"
    );
    expect(remove.hidden).toBe(false);
    remove.click();
    expect(changes.at(-1)).toBe(null);
    expect(status.textContent).toBe("The model's own threshold holds again for the files you choose from now on.");
  });

  test("too few, or cells that are none: a sentence, and what held before still holds", async () => {
    const {status, choose} = open();
    await choose(pictures(12));
    expect(status.textContent).toContain("These are 12 pictures; it takes at least 20.");
    ask = async ({name}) => (name.endsWith("0.png") ? [answer("student", 0.1)] : Promise.reject(new Error("refused")));
    await choose(pictures(60));
    expect(status.textContent).toContain("6 of these 60 pictures could be used");
    ask = async ({name}) => [answer("student", name === "healthy_3.png" ? 0.9999 : 0.1)];
    await choose(pictures(20));
    expect(status.textContent).toContain("score as parasites do, not as healthy cells: healthy_3.png.");
    expect(changes).toEqual([]);
  });

  test("where the browser keeps nothing it says so", async () => {
    const {status, choose} = open({isKept: false});
    await choose(pictures(20));
    expect(status.textContent).toContain("This browser keeps nothing here");
  });
});
