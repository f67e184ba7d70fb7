import {describe, expect, it} from "vitest";
import {
  augment,
  augmentNotebook,
  cut,
  denormalise,
  drawBatch,
  drawCrop,
  drawNotebook,
  itemResize,
  normalise,
  notebookResize,
  pilResize,
  toFloats
} from "../../../../src/components/augment/index.js";
import type {AugmentOptions, AugTransformsOptions, Draw, Picture} from "../../../../src/components/augment/index.js";
import {small} from "./support.js";

const image = small(4, 4);

/** Expects a RangeError whose message begins with the name of the parameter. */
const refuses = (name: string, call: () => unknown) => {
  expect(call).toThrow(RangeError);
  expect(call).toThrow(new RegExp(`^${name.replace(/[[\].²+]/g, "\\$&")} `));
};

describe("a draw out of range", () => {
  it.each<[string, Draw]>([
    ["dihedral", {dihedral: 8}],
    ["dihedral", {dihedral: 1.5}],
    ["dihedral", {dihedral: -1}],
    ["degrees", {degrees: NaN}],
    ["degrees", {degrees: 361}],
    ["degrees", {degrees: "10" as unknown as number}],
    ["zoom", {zoom: 0}],
    ["zoom", {zoom: -1}],
    ["zoom", {zoom: Infinity}],
    ["zoom", {zoom: NaN}],
    ["zoomCenter[0]", {zoomCenter: [1.1, 0]}],
    ["zoomCenter[1]", {zoomCenter: [0, NaN]}],
    ["warpX", {warpX: 1}],
    ["warpX", {warpX: NaN}],
    ["warpY", {warpY: -1}],
    ["warpX² + warpY²", {warpX: 0.8, warpY: 0.8}],
    ["brightness", {brightness: 0}],
    ["brightness", {brightness: 1}],
    ["brightness", {brightness: NaN}],
    ["contrast", {contrast: 0}],
    ["contrast", {contrast: Infinity}],
    ["crop.width", {crop: {top: 0, left: 0, width: 5, height: 4}}],
    ["crop.height", {crop: {top: 0, left: 0, width: 4, height: 0}}],
    ["crop.left", {crop: {top: 0, left: 1, width: 4, height: 4}}],
    ["crop.top", {crop: {top: NaN, left: 0, width: 4, height: 4}}]
  ])("names %s in %o", (name, draw) => refuses(name, () => augment(image, draw)));
});

describe("an option out of range", () => {
  it.each<[string, AugmentOptions]>([
    ["size", {size: 0}],
    ["size", {size: NaN}],
    ["size", {size: 2.5}],
    ["step", {step: 0}],
    ["mode", {mode: "cubic" as "bicubic"}],
    ["padMode", {padMode: "reflect" as "reflection"}]
  ])("names %s in %o", (name, options) => refuses(name, () => augment(image, {}, options)));

  it.each<[string, AugTransformsOptions]>([
    ["mult", {mult: -1}],
    ["mult", {mult: NaN}],
    ["maxRotate", {maxRotate: -1}],
    ["maxRotate", {maxRotate: 200, mult: 2}],
    ["minZoom", {minZoom: 0}],
    ["maxZoom", {maxZoom: 0.9}],
    ["maxZoom", {maxZoom: Infinity}],
    ["maxLighting", {maxLighting: 1}],
    ["maxLighting", {maxLighting: 0.5, mult: 2}],
    ["maxWarp", {maxWarp: 0.9}],
    ["maxWarp", {maxWarp: NaN}],
    ["pAffine", {pAffine: 1.01}],
    ["pLighting", {pLighting: -0.01}],
    ["minScale", {minScale: 0}],
    ["minScale", {minScale: 1.5}],
    ["width", {minScale: 0.5, input: {width: 0, height: 4}}]
  ])("names %s in %o", (name, options) => refuses(name, () => drawBatch(Math.random, 1, options)));

  it("names the rest", () => {
    refuses("count", () => drawBatch(Math.random, 0));
    refuses("height", () => drawCrop(Math.random, {width: 4, height: NaN}, 1));
    refuses("maxRotate", () => drawNotebook(Math.random, NaN));
    const bytes = {data: new Uint8Array(48), width: 4, height: 4};
    refuses("degrees", () => augmentNotebook(bytes, {degrees: NaN}));
    refuses("size", () => itemResize(bytes, {size: 0}));
    refuses("method", () => itemResize(bytes, {method: "cover" as "crop"}));
    refuses("padMode", () => itemResize(bytes, {padMode: "reflect" as "border"}));
    refuses("place[0]", () => itemResize(bytes, {place: [NaN, 0]}));
    refuses("place[1]", () => itemResize(bytes, {place: [0, 2]}));
    refuses("width", () => pilResize(bytes, 0, 4));
    refuses("height", () => pilResize(bytes, 4, NaN));
  });
});

describe("a picture of the wrong shape or with values out of range", () => {
  const broken: [string, Picture][] = [
    ["width", {data: new Float32Array(0), width: 0, height: 4}],
    ["height", {data: new Float32Array(0), width: 4, height: 0}],
    ["width", {...image, width: NaN}],
    ["height", {...image, height: 2.5}],
    ["data", {...image, data: image.data.subarray(1)}],
    ["data", {...image, width: 5}]
  ];
  it.each(broken)("names %s", (name, picture) => {
    refuses(name, () => augment(picture));
    refuses(name, () => normalise(picture));
    refuses(name, () => denormalise(picture));
    const bytes = {...picture, data: new Uint8Array(picture.data.length)};
    refuses(name, () => toFloats(bytes));
    refuses(name, () => pilResize(bytes, 2, 2));
    refuses(name, () => itemResize(bytes));
    refuses(name, () => notebookResize(bytes));
    refuses(name, () => augmentNotebook(bytes, {}));
  });

  it.each([NaN, -0.1, 1.001, Infinity])("names the value %d", (value) => {
    const data = image.data.slice();
    data[7] = value;
    refuses("data[7]", () => augment({...image, data}));
  });

  it("cuts only inside", () => refuses("crop.left", () => cut(image, {top: 0, left: 3, width: 2, height: 2})));
});
