import {readFileSync} from "node:fs";
import sharp from "sharp";
import {beforeAll, expect, test} from "vitest";
import {changedCell} from "../../../../models/report/changed-cell.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {modelDirectory} from "../../../../src/data/loaders/read.js";

const {robustness} = JSON.parse(readFileSync(`${modelDirectory}/report.json`, "utf8")) as {
  robustness: {change: string; level: number}[];
};
let pictures: Record<string, string>;
beforeAll(async () => {
  pictures = await changedCell(readManifest(), robustness);
});

/** The pixels of a picture and how far they are from the unchanged cell's, on average. */
async function pixelsOf(name: string) {
  const picture = sharp(Buffer.from(pictures[name]!.split(",")[1]!, "base64"));
  return picture.raw().toBuffer({resolveWithObject: true});
}
async function distance(name: string): Promise<number> {
  const [{data: one}, {data: other}] = [await pixelsOf("none:0"), await pixelsOf(name)];
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length;
}

test("every change of the report has a picture of 50 × 50", async () => {
  expect(Object.keys(pictures)).toEqual(robustness.map(({change, level}) => `${change}:${level}`));
  for (const name of Object.keys(pictures)) {
    const {info} = await pixelsOf(name);
    expect([info.width, info.height, info.channels], name).toEqual([50, 50, 3]);
  }
});

test("each change is seen, and the stronger one more", async () => {
  for (const [weak, strong] of [
    ["blur:0.5", "blur:2"],
    ["noise:0.02", "noise:0.1"],
    ["jpeg:90", "jpeg:10"],
    ["hue:15", "hue:45"],
    ["brightness:0.75", "brightness:0.5"],
    ["saturation:0.7", "saturation:0.4"],
    ["frame:0.8", "frame:0.6"],
    ["size:2", "size:0.5"]
  ]) {
    expect(await distance(strong!), strong).toBeGreaterThan(await distance(weak!));
  }
  expect(await distance("rotation:90")).toBeGreaterThan(2);
  expect(await distance("frame-filled:1")).toBeGreaterThan(10);
});

test("the file that the page reads holds these pictures", () => {
  expect(JSON.parse(readFileSync(`${modelDirectory}/changed-cell.json`, "utf8"))).toEqual(pictures);
});
