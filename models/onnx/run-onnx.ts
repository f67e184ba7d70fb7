import {cellValues} from "../../src/data/shapes/cells.js";

/** What is used of ONNX Runtime. */
interface Runtime {
  InferenceSession: {
    create: (model: Uint8Array) => Promise<{run: (feeds: object) => Promise<Record<string, {data: Float32Array}>>}>;
  };
  Tensor: new (type: "float32", data: Float32Array, shape: number[]) => object;
}

/** Gives P(parasitized) [n] of cells [n, 50, 50, 3], RGB 0…1. */
export type ScoreCells = (cells: Float32Array) => Promise<Float32Array>;

/**
 * Opens an ONNX file in ONNX Runtime's WebAssembly build, in Node.
 * @throws Error that says what to install, if the benchmark's packages are not there
 */
export async function openOnnx(model: Uint8Array): Promise<ScoreCells> {
  const name = "onnxruntime-web";
  const {InferenceSession, Tensor} = await import(name).then(
    (runtime: unknown) => runtime as Runtime,
    () => {
      throw new Error("ONNX Runtime is not installed: npm run install:all.");
    }
  );
  const session = await InferenceSession.create(model);
  return async (cells) => {
    const {probabilities} = await session.run({
      cells: new Tensor("float32", cells, [cells.length / cellValues, 50, 50, 3])
    });
    return probabilities!.data.filter((_, n) => n % 2 === 0);
  };
}
