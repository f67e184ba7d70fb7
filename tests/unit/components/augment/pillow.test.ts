import {describe, expect, it} from "vitest";
import {augmentNotebook, itemResize, notebookResize} from "../../../../src/components/augment/index.js";
import type {ItemResizeOptions, NotebookDraw} from "../../../../src/components/augment/index.js";
import {bytes, golden} from "./support.js";

interface Case {
  width: number;
  height: number;
  image: string;
  result: string;
}
const {cases} = golden<{
  cases: {
    resized: (Case & {options: ItemResizeOptions})[];
    rotated: (Case & {draw: NotebookDraw})[];
    notebook: {width: number; height: number; sum: number; row100: string; column31: string}[];
  };
}>("pillow-cases");

describe("byte for byte as Pillow", () => {
  it.each(cases.resized.map((value) => [value.options, value] as const))(
    "Resize %o",
    (options, {image, result, ...size}) => {
      expect([...itemResize({...size, data: bytes(image)}, options).data]).toEqual([...bytes(result)]);
    }
  );

  it.each(cases.rotated.map((value) => [value.draw, value] as const))(
    "rotation %o",
    (draw, {image, result, ...size}) => {
      expect([...augmentNotebook({...size, data: bytes(image)}, draw).data]).toEqual([...bytes(result)]);
    }
  );

  it.each(cases.notebook)("Resize 256 and CenterCrop 224 of $width × $height", ({width, height, sum, ...lines}) => {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < data.length; ++i) {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      data[i] = (x * x + 7 * y + 31 * (i % 3)) % 256;
    }
    const result = notebookResize({data, width, height}).data;
    expect([...result].reduce((a, b) => a + b)).toBe(sum);
    expect([...result.subarray(100 * 224 * 3, 101 * 224 * 3)]).toEqual([...bytes(lines.row100)]);
    const column = Array.from({length: 224 * 3}, (_, i) => result[(Math.floor(i / 3) * 224 + 31) * 3 + (i % 3)]!);
    expect(column).toEqual([...bytes(lines.column31)]);
  });
});
