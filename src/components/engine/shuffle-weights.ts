import {random} from "../metrics/statistics.js";
import type {ModelFiles} from "./download.js";

interface StoredWeight {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: {dtype: string};
}

const BYTES: Record<string, number> = {uint8: 1, uint16: 2, float16: 2, float32: 4, int32: 4};

/**
 * A network that has learnt nothing, of the same shape: the values of each of its filters, matrices and biases change
 * places, so that their distribution stays. For the sanity check of Adebayo et al. (2018, "Sanity Checks for Saliency
 * Maps"): a map that looks the same with such weights does not show what the network learnt.
 * @param options `layers` are the beginnings of the names of what is shuffled, all by default
 * @returns a bundle of the same files; nothing is shared with the given one but what was not shuffled
 */
export function shuffleWeights(
  {files}: ModelFiles,
  {seed = 0, layers = [""]}: {seed?: number; layers?: readonly string[]} = {}
): ModelFiles {
  const {weightsManifest} = JSON.parse(new TextDecoder().decode(files.get("model.json"))) as {
    weightsManifest: {paths: string[]; weights: StoredWeight[]}[];
  };
  const shuffled = new Map(files);
  for (const {paths, weights} of weightsManifest) {
    const shards = paths.map((path) => new Uint8Array(files.get(path)!));
    const all = new Uint8Array(shards.reduce((sum, {length}) => sum + length, 0));
    let position = 0;
    for (const shard of shards) {
      all.set(shard, position);
      position += shard.length;
    }
    const uniform = random(seed);
    position = 0;
    for (const {name, shape, dtype, quantization} of weights) {
      const size = BYTES[quantization?.dtype ?? dtype];
      if (!size) throw new Error(`The weights ${name} are stored as ${dtype}, which cannot be shuffled.`);
      const length = shape.reduce((product, side) => product * side, 1) * size;
      if (/\/(weight|bias)$/.test(name) && layers.some((layer) => name.startsWith(layer))) {
        shuffle(all.subarray(position, position + length), size, uniform);
      }
      position += length;
    }
    position = 0;
    paths.forEach((path, index) => {
      const {length} = shards[index]!;
      shuffled.set(path, all.slice(position, position + length).buffer);
      position += length;
    });
  }
  return {files: shuffled};
}

/** Fisher and Yates' shuffle of values of `size` bytes. */
function shuffle(bytes: Uint8Array, size: number, uniform: () => number): void {
  for (let last = bytes.length / size - 1; last > 0; last--) {
    const [from, to] = [Math.floor(uniform() * (last + 1)) * size, last * size];
    for (let byte = 0; byte < size; byte++) {
      const value = bytes[to + byte]!;
      bytes[to + byte] = bytes[from + byte]!;
      bytes[from + byte] = value;
    }
  }
}
