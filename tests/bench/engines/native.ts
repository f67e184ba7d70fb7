import type {ChildProcess} from "node:child_process";
import {createInterface} from "node:readline";
import type * as Ort from "onnxruntime-web";
import {cellValues} from "../../../src/data/shapes/cells.js";
import type {Contender} from "./contender.js";
import {startPython} from "./python.js";

/** PyTorch on the same weights, without a browser; Debian's python3-torch. */
export function pytorch({
  model,
  cells,
  threads,
  batch
}: {
  model: string;
  cells: string;
  threads: number;
  batch: number;
}): Contender & {version: () => string} {
  let python: ChildProcess | undefined;
  let lines: AsyncIterator<string>;
  let version = "";
  const read = async () => {
    const {value, done} = await lines.next();
    if (done) throw new Error("PyTorch stopped.");
    return JSON.parse(value as string) as {version: string; milliseconds: number; p: number};
  };
  return {
    id: `pytorch-${threads}`,
    label: `PyTorch, native, ${threadsOf(threads)}`,
    batch,
    cells: 512,
    version: () => version,
    async open() {
      python = startPython("native.py", [model, cells], ["pipe", "pipe", "inherit"]);
      lines = createInterface({input: python.stdout!})[Symbol.asyncIterator]();
      return read().then(
        (answer) => {
          version = answer.version;
          return null;
        },
        (error: Error) => error.message
      );
    },
    async measure(count, size) {
      python!.stdin!.write(`${threads} ${count} ${size}\n`);
      return read();
    },
    async close() {
      python?.kill();
    }
  };
}

/** ONNX Runtime's own build for Node, if it is installed: `npm install --no-save onnxruntime-node@1.30.0`. */
export function onnxNative({
  onnx,
  pixels,
  threads,
  batch
}: {
  onnx: Uint8Array;
  pixels: Uint8Array;
  threads: number;
  batch: number;
}): Contender & {version: () => string | undefined} {
  const cells = Float32Array.from(pixels, (value) => value / 255);
  let score: (batch: Float32Array) => Promise<number>;
  let version: string | undefined;
  return {
    id: `onnx-node-${threads}`,
    label: `ONNX Runtime, native, ${threadsOf(threads)}`,
    batch,
    cells: 512,
    version: () => version,
    async open() {
      const name = "onnxruntime-node";
      try {
        const ort = (await import(name)) as typeof Ort;
        version = ort.env.versions.node;
        const session = await ort.InferenceSession.create(onnx, {intraOpNumThreads: threads});
        score = async (part) => {
          const {probabilities} = await session.run({
            cells: new ort.Tensor("float32", part, [part.length / cellValues, 50, 50, 3])
          });
          return (probabilities!.data as Float32Array)[0]!;
        };
        return null;
      } catch (error) {
        return (error as Error).message.split("\n")[0]!;
      }
    },
    async measure(count, size) {
      let p = NaN;
      const start = performance.now();
      for (let from = 0; from < count; from += size) {
        const first = await score(cells.subarray(from * cellValues, Math.min(count, from + size) * cellValues));
        if (from === 0) p = first;
      }
      return {milliseconds: performance.now() - start, p};
    },
    async close() {}
  };
}

const threadsOf = (count: number) => (count === 1 ? "1 thread" : `${count} threads`);
