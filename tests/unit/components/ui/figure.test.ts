import {expect, test, vi} from "vitest";
import {figure} from "../../../../src/components/ui/figure.js";
import {watchSaves} from "../../saved-files.js";

const chart = () => {
  const host = document.createElement("div");
  host.innerHTML = '<svg width="10" height="10"><rect fill="red" width="4" height="4"></rect></svg>';
  return host;
};
const options = {caption: "Cells by label.", table: [{label: "parasitized", cells: 3}], download: "cells"};

/** Presses a button of a figure and gives what would have been saved. */
async function save(node: HTMLElement, name: string) {
  const {files} = watchSaves();
  [...node.querySelectorAll("button")].find((button) => button.textContent === name)!.click();
  await vi.waitFor(() => expect(files.length).toBe(1));
  return files[0]!;
}

test("caption, table and buttons are there", () => {
  const node = figure(chart(), options);
  expect(node.querySelector("figcaption")!.textContent).toBe("Cells by label.");
  expect(node.querySelector("details table")!.textContent).toContain("parasitized");
});

test("the CSV holds the table", async () => {
  expect(await save(figure(chart(), options), "Save CSV")).toEqual({
    name: "cells.csv",
    text: "\ufefflabel,cells\nparasitized,3\n"
  });
});

test("the SVG is a file of its own", async () => {
  const {name, text} = await save(figure(chart(), options), "Save SVG");
  expect(name).toBe("cells.svg");
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(new DOMParser().parseFromString(text, "image/svg+xml").querySelector("rect")).not.toBeNull();
});
