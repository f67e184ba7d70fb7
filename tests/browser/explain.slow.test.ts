import {afterAll, beforeAll, expect, test} from "vitest";
import {CELL, pixelsOf} from "../fixtures/pictures.js";
import {PATIENCE, choosePictures, expectQuickMaps, mapOf, openShipped} from "./explained-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// Maps by what computes elsewhere than on the kernels, which takes seconds a cell.

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

test.each(["webgl", "cpu"])(
  "maps on %s are those on WebAssembly, ask for nothing, hang on the weights, and leave the page quick",
  {timeout: PATIENCE},
  async (backend) => {
    const {page, close} = await openShipped(site, "wasm");
    await choosePictures(page, [["first.png", await pixelsOf(CELL)]]);
    const wanted = await mapOf(page, "first.png");
    await close();
    const map = await expectQuickMaps(site, backend, ["first.png"]);
    expect(map.length).toBe(wanted.length);
    const furthest = Math.max(...wanted.map((value, n) => Math.abs(value - map[n]!)));
    console.log(`Map on ${backend}: at most ${furthest} of the peak away from WebAssembly's`);
    expect(furthest).toBeLessThan(0.01);
  }
);
