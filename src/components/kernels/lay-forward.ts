import {convolution} from "./convolution.js";
import type {Compute} from "./convolution.js";
import {lastReads} from "./layout.js";
import {takeMaps} from "./machine.js";
import type {Machine, Maps} from "./machine.js";
import {SIDE, pictureInput} from "./picture-input.js";
import {readsOf} from "./plan.js";
import type {Convolution, Plan, Step} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** Vectors of up to the most cells. */
export interface Vectors {
  address: number;
  length: number;
}

type FindWeight = (name: string) => Weight;

/** A plan in memory: what writes cells, what is computed after it, and where the values then are. */
export interface Forward {
  write: (cells: Float32Array, count: number) => void;
  compute: Compute[];
  maps: ReadonlyMap<string, Maps>;
  vectors: ReadonlyMap<string, Vectors>;
}

/**
 * Lays a plan's steps out. Maps that no later step reads give their place to others, but for those that are `kept`.
 * @throws Error when shapes are not those that the kernels can take
 */
export function layForward(
  machine: Machine,
  {input, steps}: Plan,
  {weight, kept}: {weight: FindWeight; kept: readonly string[]}
): Forward {
  const {layout, most} = machine;
  const maps = new Map<string, Maps>();
  const vectors = new Map<string, Vectors>();
  const first = steps.find((step): step is Convolution => step.kind === "convolution" && step.source === input.target);
  if (!first) throw new Error("The kernels know only graphs whose first step is a convolution.");
  const side = input.size ? weight(input.size).values()[0]! : SIDE;
  const outer = side + 2 * first.padding;
  const frame = {side, channels: 3, border: first.padding, address: layout.take(most * outer * outer * 3 + 8)};
  maps.set(input.target, frame);
  const constant = (name: string | null) => (name === null ? null : weight(name).values());
  const write = pictureInput(machine, frame, {mean: constant(input.mean), factor: constant(input.factor)});

  function lay(step: Step): Compute {
    const source = maps.get(step.source)!;
    switch (step.kind) {
      case "convolution": {
        const [size, , , columns] = weight(step.weight).shape as [number, number, number, number];
        const target = takeMaps(
          machine,
          Math.floor((source.side + 2 * step.padding - size) / step.stride) + 1,
          columns
        );
        maps.set(step.target, target);
        const bias = layout.keep(columns);
        machine.prepare(() => machine.floats.set(weight(step.bias).values(), bias / 4));
        const residual = step.residual ? maps.get(step.residual)!.address : 0;
        const pass = {source, target, bias, residual, mask: 0, rectify: step.rectify};
        return convolution(machine, step, weight(step.weight), pass);
      }
      case "pool": {
        if (source.side % 2) throw new Error("The kernels pool maps of an even side only.");
        const target = takeMaps(machine, source.side / 2, source.channels);
        maps.set(step.target, target);
        return (cells) =>
          machine.kernels.poolLargest(
            ...([source.address, source.side, source.channels, target.address] as const),
            0,
            cells * target.side
          );
      }
      case "mean": {
        const target = {address: layout.take(most * source.channels), length: source.channels};
        vectors.set(step.target, target);
        return (cells) =>
          machine.kernels.averagePlaces(source.address, cells, source.side ** 2, source.channels, target.address);
      }
      default:
        return laySmall(machine, step, {vectors, weight});
    }
  }

  const releases = lastReads(steps.map(readsOf));
  const stay = new Set([input.target, ...kept]);
  const compute = steps.map((step, index) => {
    const laid = lay(step);
    for (const name of releases[index]!) if (maps.has(name) && !stay.has(name)) layout.release(maps.get(name)!.address);
    return laid;
  });
  return {compute, maps, vectors, write};
}

/** Steps on vectors, which are too small to matter. */
function laySmall(
  machine: Machine,
  step: Extract<Step, {kind: "dense" | "softmax"}>,
  {vectors, weight}: {vectors: Map<string, Vectors>; weight: FindWeight}
): Compute {
  const source = vectors.get(step.source)!;
  const length = step.kind === "dense" ? weight(step.weight).shape[1]! : source.length;
  const target = {address: machine.layout.take(machine.most * length), length};
  vectors.set(step.target, target);
  const matrix = step.kind === "dense" ? weight(step.weight).values() : null;
  const bias = step.kind === "dense" ? weight(step.bias).values() : null;
  return (cells) => {
    for (let cell = 0; cell < cells; cell++) {
      const start = source.address / 4 + cell * source.length;
      const from = machine.floats.subarray(start, start + source.length);
      const out = Float64Array.from({length}, (_, n) => {
        if (!matrix) return from[n]!;
        let sum = bias![n]!;
        for (let k = 0; k < from.length; k++) sum += from[k]! * matrix[k * length + n]!;
        return step.kind === "dense" && step.rectify ? Math.max(0, sum) : sum;
      });
      const peak = Math.max(...out);
      const powers = matrix ? out : out.map((value) => Math.exp(value - peak));
      const whole = matrix ? 1 : powers.reduce((sum, value) => sum + value, 0);
      machine.floats.set(
        powers.map((value) => value / whole),
        target.address / 4 + cell * length
      );
    }
  };
}
