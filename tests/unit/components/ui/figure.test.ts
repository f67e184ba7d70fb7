import {expect, test, vi} from "vitest";
import {figure} from "../../../../src/components/ui/figure.js";
import {watchSaves} from "../../saved-files.js";

const chart = () => {
  const host = document.createElement("div");
  host.innerHTML = '<svg width="10" height="10"><rect fill="red" width="4" height="4"></rect></svg>';
  return host;
};
const options = {
  name: "Labels",
  finding: "All are parasitized",
  caption: "Cells by label.",
  table: [{label: "parasitized", cells: 3}],
  download: "cells"
};

/** Presses a button of a figure and gives what would have been saved. */
async function save(node: HTMLElement, name: string) {
  const {files} = watchSaves();
  [...node.querySelectorAll("button")].find((button) => button.getAttribute("aria-label") === name)!.click();
  await vi.waitFor(() => expect(files.length).toBe(1));
  return files[0]!;
}

test("name and finding stand above, caption, table and buttons below", () => {
  const node = figure(chart(), options);
  expect(node.querySelector(".figure-name")!.textContent).toBe("Labels");
  expect(node.querySelector("h3")!.textContent).toBe("All are parasitized");
  expect([...node.querySelectorAll("button")].map((button) => [button.title, button.textContent])).toEqual([
    ["Save CSV", "CSV"],
    ["Save SVG", "SVG"],
    ["Save PNG", "PNG"]
  ]);
  expect(node.querySelector("figcaption")!.textContent).toBe("Cells by label.");
  expect(node.querySelector("details table")!.textContent).toContain("parasitized");
});

test("without a name and a finding, nothing stands above", () => {
  const {caption, table, download} = options;
  const node = figure(chart(), {caption, table, download});
  expect(node.querySelector(".figure-head, h3")).toBeNull();
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
