import {JSDOM} from "jsdom";
import {afterEach, expect, test, vi} from "vitest";
import {figure} from "../../../../src/components/ui/figure.js";

const {document} = new JSDOM("<!doctype html><style>:root { --ink: #123456; }</style>").window;
const chart = () => {
  const host = document.createElement("div");
  host.innerHTML = '<svg width="10" height="10"><rect fill="red" width="4" height="4"></rect></svg>';
  return host;
};
const options = {caption: "Cells by label.", table: [{label: "parasitized", cells: 3}], download: "cells", document};

afterEach(() => vi.restoreAllMocks());

/** Presses a button of a figure and gives what would have been saved. */
async function save(node: HTMLElement, name: string): Promise<{file: string; text: string}> {
  const blobs: Blob[] = [];
  const files: string[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => (blobs.push(blob as Blob), "blob:x"));
  vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});
  const prototype = document.defaultView!.HTMLAnchorElement.prototype;
  vi.spyOn(prototype, "click").mockImplementation(function (this: HTMLElement) {
    files.push(this.getAttribute("download")!);
  });
  [...node.querySelectorAll("button")].find((button) => button.textContent === name)!.click();
  return {file: files[0]!, text: await blobs[0]!.text()};
}

test("caption, table and buttons are there", () => {
  const node = figure(chart(), options);
  expect(node.querySelector("figcaption")!.textContent).toBe("Cells by label.");
  expect(node.querySelector("details table")!.textContent).toContain("parasitized");
});

test("the CSV holds the table", async () => {
  expect(await save(figure(chart(), options), "Save CSV")).toEqual({
    file: "cells.csv",
    text: "label,cells\nparasitized,3\n"
  });
});

test("the SVG is a file of its own", async () => {
  const {file, text} = await save(figure(chart(), options), "Save SVG");
  expect(file).toBe("cells.svg");
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(
    new document.defaultView!.DOMParser().parseFromString(text, "image/svg+xml").querySelector("rect")
  ).not.toBeNull();
});
