import type {io} from "@tensorflow/tfjs";

/** One weight of a graph model. */
export interface Weight {
  shape: number[];
  /** Reads the values anew at each call, so that no more than one weight need be held beside the bytes. */
  values: () => Float32Array | Int32Array;
}

/**
 * Finds the weights of a graph model; those on 8 or 16 bits become minimum + scale · integer.
 * @param bytes the contents of all shards one after another
 * @throws Error on a kind of number that no exporter of ours writes, or when there are too few bytes
 */
export function readWeights(specs: readonly io.WeightsManifestEntry[], bytes: ArrayBuffer): Map<string, Weight> {
  let position = 0;
  const take = (count: number, size: number) => {
    const start = position;
    position += count * size;
    if (position > bytes.byteLength) throw new Error("The model has fewer weights than model.json lists.");
    return () => bytes.slice(start, start + count * size);
  };
  return new Map(
    specs.map(({name, shape, dtype, quantization}): [string, Weight] => {
      const count = shape.reduce((product, side) => product * side, 1);
      if (!quantization) {
        if (dtype !== "float32" && dtype !== "int32") throw new Error(`"${name}" is of a kind that is not known.`);
        const part = take(count, 4);
        return [name, {shape, values: () => (dtype === "int32" ? new Int32Array(part()) : new Float32Array(part()))}];
      }
      const {dtype: kind, scale = 1, min = 0} = quantization as {dtype: string; scale?: number; min?: number};
      if (kind !== "uint8" && kind !== "uint16") throw new Error(`"${name}" is stored as ${kind}, which is not known.`);
      const part = take(count, kind === "uint8" ? 1 : 2);
      return [
        name,
        {shape, values: () => restore(kind === "uint8" ? new Uint8Array(part()) : new Uint16Array(part()))}
      ];

      function restore(integers: Uint8Array | Uint16Array): Float32Array {
        const values = new Float32Array(count);
        for (let n = 0; n < count; n++) values[n] = integers[n]! * scale + min;
        return values;
      }
    })
  );
}
