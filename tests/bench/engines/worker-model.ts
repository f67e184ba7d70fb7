import type {ModelBundle} from "../../../src/components/engine/download.js";
import {parseMetadata} from "../../../src/components/engine/metadata.js";

/** The address of one of the benchmark's files. */
export const at = (file: string) => new URL(file, location.origin).href;

/** Fetches one of the benchmark's files. */
export const bytesOf = async (file: string) => (await fetch(at(file))).arrayBuffer();

/** The benchmark's cells as the networks take them. */
export async function fetchCells(): Promise<Float32Array> {
  return Float32Array.from(new Uint8Array(await bytesOf("/cells.bin")), (value) => value / 255);
}

/** Fetches a model from its folder under `models/`. */
export async function fetchModel(model: string): Promise<ModelBundle> {
  const metadata = parseMetadata(await (await fetch(at(`/models/${model}/metadata.json`))).json());
  const files = await Promise.all(
    metadata.files.map(async ({path}) => [path, await bytesOf(`/models/${model}/${path}`)] as const)
  );
  return {metadata, files: new Map(files)};
}

/** Has this worker answer each message with a result or an error. */
export function answerMessages<Question>(answer: (question: Question) => Promise<unknown>): void {
  addEventListener("message", ({data}: MessageEvent<Question>) => {
    answer(data).then(
      (result) => postMessage({result}),
      (error: unknown) => postMessage({error: String(error)})
    );
  });
}
