import {readFileSync} from "node:fs";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openFinderHere, readUnlisted} from "../../../../models/bundle.js";
import type {MapEngine} from "../../../../src/components/engine/map-engine.js";
import {CHANNELS} from "../../../../src/components/finder/decode.js";
import {contrastOf, toNetworkPicture} from "../../../../src/components/finder/network-picture.js";
import type {Finder} from "../../../../src/components/finder/open-finder.js";
import {parseFinder} from "../../../../src/components/finder/start-finder.js";
import {laidField, usualSize} from "../../../fixtures/laid-field.js";

const {selfTest} = parseFinder(JSON.parse(readFileSync("models/finder/metadata.json", "utf8")));
let finder: Finder;
let engine: MapEngine;

beforeAll(async () => {
  finder = await openFinderHere("models/finder");
  const {loadMapEngine} = await import("../../../../src/components/engine/map-engine.js");
  engine = await loadMapEngine(readUnlisted("models/finder"), "wasm");
});

afterAll(() => {
  finder.dispose();
  engine.dispose();
});

const knownPicture = () => {
  const data = new Uint8Array(Buffer.from(selfTest.rgb, "base64"));
  return {data, width: selfTest.side, height: selfTest.side, channels: 3 as const};
};

test("the shipped finder's maps are PyTorch's", async () => {
  const picture = knownPicture();
  const maps = await engine.run(toNetworkPicture(picture, contrastOf(picture)));
  expect(maps).toHaveLength((selfTest.side / 2) ** 2 * CHANNELS);
  selfTest.maps.forEach((value, n) => expect(maps[selfTest.place * CHANNELS + n]).toBeCloseTo(value, 3));
});

test("takes pictures of any size and keeps no tensor", async () => {
  const tf = await import("../../../../src/components/engine/tf.js");
  const before = tf.memory().numTensors;
  for (const [width, height] of [
    [64, 16],
    [16, 160]
  ] as const) {
    const maps = await engine.run({data: new Float32Array(width * height * 3).fill(1), width, height});
    expect(maps).toHaveLength((width / 2) * (height / 2) * CHANNELS);
    expect(maps.every(Number.isFinite)).toBe(true);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test("finds the cells of the known picture, and none on an empty glass", async () => {
  const {cells} = await finder.find(knownPicture());
  // Most of its few cells are cut off by its edges.
  const kinds = cells.map(({kind}) => kind);
  expect(kinds.filter((kind) => kind === "cut" || kind === "red").length).toBeGreaterThanOrEqual(4);
  expect(kinds).toContain("red");
  const empty = {data: new Uint8Array(240 * 160 * 3).fill(228), width: 240, height: 160, channels: 3 as const};
  expect((await finder.find(empty)).cells).toEqual([]);
});

test.each([30, 60, 100, 160])(
  "cells of %i pixels across are found and counted, and their size is told",
  async (size) => {
    const count = 60;
    const [width, height] = [Math.round(13.5 * size), Math.round(8.4 * size)];
    const field = await laidField(count, {width, height, share: size / usualSize, apart: true});
    const {data, info} = await sharp(field).raw().toBuffer({resolveWithObject: true});
    const found = await finder.find({data: new Uint8Array(data), width: info.width, height: info.height, channels: 3});
    const red = found.cells.filter(({kind}) => kind === "red");
    expect(Math.abs(red.length - count)).toBeLessThanOrEqual(0.02 * count);
    // What is laid is the ellipse a pixel within each cell's box.
    const told = found.diameter / (size - 2);
    expect(told).toBeGreaterThan(0.95);
    expect(told).toBeLessThan(1.05);
  }
);
