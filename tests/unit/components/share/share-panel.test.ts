// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import type {Answer} from "../../../../src/components/classifier/entries.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";
import {sharePanel} from "../../../../src/components/share/share-panel.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {metadataOf} from "../../../fixtures/network.js";

const metadata = metadataOf("resnet34");
const prediction = {probability: 0.97, seen: new Uint8ClampedArray(cellValues), outside: null, cautions: ["Dark."]};
const answer = {network: {metadata, sha256: "674e938aa"}, prediction: prediction as unknown as Prediction} as Answer;

let said: string[];
beforeEach(() => {
  said = [];
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => vi.restoreAllMocks());

/** Has the first canvas that is asked for record what is written on it. */
function recordTexts(): void {
  const context = new Proxy(
    {},
    {
      get: (_, name) =>
        name === "measureText" ? () => ({width: 10}) : (text: unknown) => void said.push(String(text)),
      set: () => true
    }
  );
  vi.mocked(HTMLCanvasElement.prototype.getContext).mockReturnValueOnce(context as never);
}

const options = {title: "Ring, easy", who: "ResNet-34", today: new Date("2026-11-29T12:00:00Z")};

test("a cell of the data set has its name, a link, and a picture with network and date", () => {
  recordTexts();
  const root = sharePanel(answer, {cell: "C1.png", ...options});
  expect([...root.querySelectorAll("button")].map(({textContent}) => textContent)).toEqual([
    "Save as PNG",
    "Copy link"
  ]);
  expect(root.querySelector("canvas")!.getAttribute("aria-label")).toBe(
    "The result as a picture: Very likely parasitized, 97\u00a0%"
  );
  expect(said).toContain("Ring, easy");
  expect(said).toContain("▲ Take care: a foreign picture.");
  expect(said).toContain("ResNet-34 674e938 · 2026-11-29 · Malaria Detection");
});

test("an own picture has neither: the page says why", () => {
  const root = sharePanel(answer, {cell: undefined, ...options});
  expect([...root.querySelectorAll("button")].map(({textContent}) => textContent)).toEqual(["Save as PNG"]);
  expect(root.textContent).toContain("stays on this device");
});
