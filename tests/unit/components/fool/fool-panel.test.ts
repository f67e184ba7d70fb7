// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Answer} from "../../../../src/components/classifier/entries.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";
import {foolPanel} from "../../../../src/components/fool/fool-panel.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {metadataOf} from "../../../fixtures/network.js";

const metadata = metadataOf("student");
const seen = new Uint8ClampedArray(cellValues).fill(120);
const answer: Answer = {network: {metadata, sha256: "a"}, prediction: {probability: 0.9, seen} as Prediction};
/** The brighter a cell, the less it is parasitized. */
const judge = vi.fn(async (cells: Uint8ClampedArray[]) => cells.map((cell) => 1 - cell[0]! / 255));
const jpeg = vi.fn(async (cell: Uint8ClampedArray) => cell.map((value) => value + 50));

beforeEach(() => {
  judge.mockClear();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => vi.restoreAllMocks());

function setUp() {
  const root = foolPanel(answer, {judge, jpeg, who: "The student"});
  const slide = (label: string, value: number) => {
    const host = [...root.querySelectorAll("label")].find((one) => one.textContent!.startsWith(label))!;
    const input = host.querySelector("input")!;
    input.value = String(value);
    input.dispatchEvent(new window.Event("input", {bubbles: true}));
  };
  const says = (p: string, along: string) => vi.waitFor(() => expect(root.dataset).toMatchObject({p, along}));
  return {root, slide, says};
}

test("says what the network makes of the changed cell, and draws its answer along the slider that was moved", async () => {
  const {root, slide, says} = setUp();
  await says((1 - 120 / 255).toFixed(6), "blur");
  slide("Brightness", 0.5);
  await says((1 - 60 / 255).toFixed(6), "brightness");
  await vi.waitFor(() => expect(root.querySelector(".curve")!.getAttribute("aria-label")).toContain("Brightness (×)"));
  expect(root.querySelector(".class-name")!.textContent).toBe("Probably parasitized");
  expect(judge.mock.calls.map(([cells]) => cells.length)).toEqual([1, 8, 8, 1, 8, 8]);
  expect(root.textContent).toContain("The student answers, without the check for foreign pictures.");
});

test("of many moves the last is followed, and one press goes back to the original", async () => {
  const {root, slide, says} = setUp();
  for (const value of [0.4, 0.5, 0.6, 1.5]) slide("Brightness", value);
  await says((1 - 180 / 255).toFixed(6), "brightness");
  await vi.waitFor(() => expect(root.querySelector(".curve")!.getAttribute("aria-label")).toContain("Brightness"));
  expect(judge.mock.calls.length).toBeLessThan(9);
  [...root.querySelectorAll("button")].find(({textContent}) => textContent === "Back to the original")!.click();
  await says((1 - 120 / 255).toFixed(6), "brightness");
  expect([...root.querySelectorAll("output")].map(({textContent}) => textContent)).toEqual([
    "0 px",
    "1 ×",
    "0°",
    "0",
    "0°",
    "50 px",
    "none"
  ]);
});

test("JPEG is the browser's own, after all other changes; what cannot be computed is said", async () => {
  const {root, slide, says} = setUp();
  slide("JPEG quality", 10);
  await says((1 - 170 / 255).toFixed(6), "jpeg");
  judge.mockRejectedValueOnce(new Error("No network."));
  slide("Blur", 1);
  await vi.waitFor(() => expect(root.querySelector("[role=status]")!.textContent).toBe("No network."));
});
