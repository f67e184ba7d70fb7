import {afterEach, expect, test, vi} from "vitest";
import {flipFinding, flipGallery, flipRows} from "../../../../src/components/evaluation/flip-gallery.js";
import {flips} from "./flips-fixture.js";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    disconnect() {}
  }
);
afterEach(() => document.body.replaceChildren());

test("the finding counts the flips of the first and the last epoch, and those on disputed labels", () => {
  expect(flipFinding(flips)).toBe(
    "Epoch 2 flips 3 of 40 answers, epoch 3 flips 1; 25\u00a0% of all flips are on disputed labels"
  );
  expect(flipFinding({epochs: [], cells: 40})).toBe("");
});

test("a row of the numbers is a flip", () => {
  expect(flipRows(flips).map((row) => [row.epoch, row.flipped, row.disputed, row["P before"], row["P after"]])).toEqual(
    [
      [2, "to right", "no", 0.9, 0.2],
      [2, "to right", "no", 0.6, 0.4],
      [2, "to wrong", "yes", 0.8, 0.3],
      [3, "to wrong", "no", 0.2, 0.7]
    ]
  );
});

test("an epoch shows its cells by side, each cut from its slot of the sheet in its proportions, with a way to it", () => {
  const gallery = flipGallery(flips, {sheet: "sheet.webp", choose: () => {}});
  document.body.append(gallery.node);
  gallery.show(2);
  const heads = () => [...gallery.node.querySelectorAll("h4")].map(({textContent}) => textContent);
  expect(heads()).toEqual(["2 flipped to right, the 1 that moved furthest", "1 flipped to wrong"]);
  const links = () => [...gallery.node.querySelectorAll("li a")];
  expect(links().map((link) => link.getAttribute("href"))).toEqual(["./dataset?cell=17", "./dataset?cell=0"]);
  const [first, second] = [...gallery.node.querySelectorAll("li svg")];
  const read = (svg: Element, ...names: string[]) => names.map((name) => svg.getAttribute(name));
  expect(read(first!, "viewBox", "width", "height")).toEqual(["50 50 50 50", "72", "36"]);
  expect(read(second!, "viewBox", "width", "height")).toEqual(["0 0 50 50", "72", "72"]);
  expect(read(first!.querySelector("image")!, "href", "width", "height")).toEqual(["sheet.webp", "800", "100"]);
  expect(links()[1]!.getAttribute("aria-label")).toContain("A parasitized cell, its label disputed");
  expect(links()[1]!.parentElement!.textContent).toContain("0.80 → 0.30, disputed");
  gallery.show(3);
  expect(heads()).toEqual(["0 flipped to right", "1 flipped to wrong"]);
  gallery.dispose();
});

test("slider and bars choose an epoch", () => {
  const chosen: number[] = [];
  const gallery = flipGallery(flips, {sheet: "sheet.webp", choose: (epoch) => chosen.push(epoch)});
  document.body.append(gallery.node);
  gallery.show(2);
  const slider = gallery.node.querySelector<HTMLInputElement>("input[type=range]")!;
  expect([slider.min, slider.max, slider.value]).toEqual(["2", "3", "2"]);
  slider.value = "3";
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  bar.setAttribute("data-epoch", "2");
  gallery.node.querySelector("figure")!.append(bar);
  bar.dispatchEvent(new Event("click", {bubbles: true}));
  gallery.node.querySelector("figcaption")!.dispatchEvent(new Event("click", {bubbles: true}));
  expect(chosen).toEqual([3, 2]);
  gallery.dispose();
});
