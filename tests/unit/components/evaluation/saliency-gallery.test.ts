import {expect, test} from "vitest";
import {saliencyFinding, saliencyGallery} from "../../../../src/components/evaluation/saliency-gallery.js";
import {answerKinds} from "../../../../src/data/shapes/saliency.js";
import type {MappedCell, SaliencyGallery} from "../../../../src/data/shapes/saliency.js";

const cell: MappedCell = {
  file: "C6_IMG_1_cell_2.png",
  disputed: true,
  chance: 0.9,
  peak: "on",
  cell: "UklGRg",
  map: "UklG"
};
const gallery: SaliencyGallery = {
  command: "npm run saliency:gallery",
  modelSha256: "",
  fold: 0,
  threshold: 0.5,
  seed: 1,
  side: 100,
  kinds: answerKinds.map((kind, i) => ({kind, cells: 50, withStain: 40, onStain: 30 - 10 * i, examples: [cell]}))
};

test("the finding says how many of the found and of the missed parasites show stain", () => {
  const stained = gallery.kinds.map((kind, i) => ({...kind, withStain: 40 - 30 * i}));
  expect(saliencyFinding({kinds: stained})).toBe(
    "80\u00a0% of the parasites it finds show stained chromatin, 20\u00a0% of those it misses"
  );
  expect(saliencyFinding({kinds: gallery.kinds.map((kind) => ({...kind, cells: 0, withStain: 0}))})).toBe("");
});

test("each kind of answer has its cells above their maps, with what they show and a way to ask again", () => {
  const shown = saliencyGallery(gallery)!;
  expect([...shown.querySelectorAll("h4")].map(({textContent}) => textContent)).toEqual([
    "Parasites found",
    "Parasites missed",
    "False alarms",
    "Uninfected cells cleared"
  ]);
  expect(shown.querySelector("section p")!.textContent).toBe(
    "40 of 50 cells show stain; on 30 of these the map peaks on it"
  );
  const [first, , last] = shown.querySelectorAll("li");
  expect(first!.querySelectorAll("img")).toHaveLength(2);
  expect(first!.textContent).toBe("90\u00a0%, on the stain, label disputed");
  expect(first!.querySelector("a")!.getAttribute("href")).toBe("./classify?cell=C6_IMG_1_cell_2.png");
  expect([first, last].map((item) => item!.querySelector("img")!.alt)).toEqual([
    "A parasitized cell",
    "An uninfected cell"
  ]);
  expect(saliencyGallery(null)).toBeNull();
});
