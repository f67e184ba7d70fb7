import {expect, test} from "vitest";
import {readWeights} from "../../../../src/components/kernels/read-weights.js";

test("reads floats, integers and weights on 8 and 16 bits", async () => {
  const parts = [Float32Array.of(1.5, -2), Int32Array.of(7), Uint8Array.of(0, 255), Uint16Array.of(3)];
  const bytes = await new Blob(parts).arrayBuffer();
  const quantized = (dtype: "uint8" | "uint16") => ({dtype, scale: 0.5, min: -1});
  const weights = readWeights(
    [
      {name: "a", shape: [2], dtype: "float32"},
      {name: "b", shape: [], dtype: "int32"},
      {name: "c", shape: [1, 2], dtype: "float32", quantization: quantized("uint8")},
      {name: "d", shape: [1], dtype: "float32", quantization: quantized("uint16")}
    ],
    bytes
  );
  expect([...weights].map(([name, {values}]) => [name, [...values()]])).toEqual([
    ["a", [1.5, -2]],
    ["b", [7]],
    ["c", [-1, 126.5]],
    ["d", [0.5]]
  ]);
  expect(() => readWeights([{name: "a", shape: [9], dtype: "float32"}], bytes)).toThrow("fewer weights");
  expect(() => readWeights([{name: "a", shape: [1], dtype: "string"}], bytes)).toThrow("not known");
});
