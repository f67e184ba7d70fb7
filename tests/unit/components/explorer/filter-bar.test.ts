import {expect, test, vi} from "vitest";
import {axesOf} from "../../../../src/components/explorer/axes.js";
import type {Current} from "../../../../src/components/explorer/current.js";
import {csvName, figureRows, filterBar} from "../../../../src/components/explorer/filter-bar.js";
import {everything} from "../../../../src/components/explorer/selection.js";
import type {Selection} from "../../../../src/components/explorer/selection.js";
import {fileName} from "../../../../src/components/gallery/cells.js";
import type {Row} from "../../../../src/components/ui/csv.js";
import {watchSaves} from "../../saved-files.js";
import {cells} from "./support.js";

const score = new Float64Array(cells.count).fill(0.25);
const scores = {network: score, colour: new Float64Array(cells.count).fill(NaN)};
const axes = Object.fromEntries(Object.entries(axesOf(cells, scores)).map(([name, {axis}]) => [name, axis])) as never;
const currentOf = (change: Partial<Selection>, shown: number[], picked: number[] | null = null) =>
  ({
    selection: {...everything, ...change},
    shown: Uint32Array.from(shown),
    picked: picked && Uint32Array.from(picked),
    map: "unasked"
  }) as unknown as Current;

function make(fetchColumns: () => Promise<(cell: number) => Row>) {
  const say = vi.fn();
  const bar = filterBar(cells, {scores, axes, choose: vi.fn(), unpick: vi.fn(), fetchColumns, say});
  bar.update(currentOf({label: "parasitized"}, [3, 5]), true);
  return {bar, say, save: bar.node.querySelector<HTMLElement>(".download")!};
}

test("a file of cells is named for its page and the filters that hold", () => {
  const name = (change: Partial<Selection>, picked: number[] | null = null) =>
    csvName(currentOf(change, [], picked), axes);
  expect(name({})).toBe("dataset-all-cells");
  expect(name({disputed: "yes", hue: {low: -20, high: Infinity}})).toBe("dataset-disputed-hue-from-20");
  expect(name({patient: ["C1", "C7"]}, [1])).toBe("dataset-c1-c7-picked");
});

test("the filters that hold are buttons that name them, numbers below 0 with a true minus", () => {
  const {bar} = make(() => Promise.reject(new Error("unasked")));
  bar.update(currentOf({label: "parasitized", hue: {low: -24, high: 4}}, [3]), true);
  const chips = [...bar.node.querySelectorAll(".chip")].map(({textContent}) => textContent);
  expect(chips).toEqual(["parasitized ×", "hue from −24 below 4 ×"]);
});

test("rows hold what is known; what is not is left empty", () => {
  const [row] = figureRows(cells, scores, Uint32Array.of(3));
  expect(row).toMatchObject({file: fileName(cells, 3), p_parasitized: 0.25, p_parasitized_colour: null});
});

test("the cells are saved with what the networks say", async () => {
  const {save, say} = make(() => Promise.resolve((cell) => ({"student: score": cell / 10})));
  const {files} = watchSaves();
  save.click();
  await vi.waitFor(() => expect(files).toHaveLength(1));
  expect(files[0]!.name).toBe("dataset-parasitized.csv");
  const [head, ...rows] = files[0]!.text.trim().split("\n");
  expect(head).toContain("p_parasitized_colour,student: score");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/,0\.25,,0\.3$/);
  expect(say).toHaveBeenLastCalledWith("");
});

test("where the scores do not load, the page says so and nothing is saved", async () => {
  const {save, say} = make(() => Promise.reject(new Error("offline")));
  const {files} = watchSaves();
  save.click();
  await vi.waitFor(() => expect(say).toHaveBeenCalledOnce());
  expect(say.mock.calls[0]![0]).toContain("Check the connection and save again.");
  expect(files).toEqual([]);
});
