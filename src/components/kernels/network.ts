import type {BackwardPlan} from "./backward-plan.js";
import {layBackward} from "./lay-backward.js";
import {layForward} from "./lay-forward.js";
import {createMachine} from "./machine.js";
import type {Machine, StartKernels} from "./machine.js";
import {SIDE} from "./picture-input.js";
import type {Plan} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** A network laid out in the kernels' memory. */
export interface LaidNetwork {
  /** Most cells that are computed together. */
  readonly most: number;
  /**
   * @param cells n × 50 × 50 × 3 values 0…1
   * @param outputs names of nodes without rows and columns
   * @returns the values of each output, n rows
   */
  run(cells: Float32Array, outputs: readonly string[]): Map<string, Float32Array>;
  /**
   * The gradient of a weighted sum of the values that the plan's way back starts from, with respect to the maps where it
   * ends. What only this needs is laid out at the first call.
   * @param weighing the sum's weights
   */
  gradient(cells: Float32Array, weighing: readonly number[]): Gradient;
}

/** Maps [n, side, side, channels] and a gradient with respect to them. */
export interface Gradient {
  maps: Float32Array;
  gradient: Float32Array;
  side: number;
  channels: number;
}

/** Options of {@link createNetwork}. */
export interface NetworkOptions {
  plan: Plan;
  back: BackwardPlan;
  weights: ReadonlyMap<string, Weight>;
  start: StartKernels;
  most?: number;
}

/**
 * Lays a network out in memory: weights in panels, those of 3×3 filters on inner maps of 6×6 and more as Winograd's planes.
 * @throws Error when shapes are not those that the kernels can take
 */
export function createNetwork({plan, back, weights, start, most = 8}: NetworkOptions): LaidNetwork {
  const machine = createMachine(start, most);
  const weight = (name: string) => weights.get(name)!;
  const forward = layForward(machine, plan, {weight, kept: back.kept});
  machine.ready();
  let backward: ReturnType<typeof layBackward> | undefined;

  function forEachBatch(cells: Float32Array, visit: (from: number, count: number) => void): void {
    const count = cells.length / (SIDE * SIDE * 3);
    for (let from = 0; from < count; from += most) {
      const now = Math.min(most, count - from);
      forward.write(cells.subarray(from * SIDE * SIDE * 3), now);
      for (const step of forward.compute) step(now);
      visit(from, now);
    }
  }

  return {
    most,
    run(cells, outputs) {
      const count = cells.length / (SIDE * SIDE * 3);
      const results = outputs.map((name) => {
        const {address, length} = forward.vectors.get(name)!;
        return {name, address, length, values: new Float32Array(count * length)};
      });
      forEachBatch(cells, (from, now) => {
        for (const {address, length, values} of results) copy(machine, {address, to: values, from, now, length});
      });
      return new Map(results.map(({name, values}) => [name, values]));
    },
    gradient(cells, weighing) {
      if (!backward) {
        backward = layBackward(machine, back, {weight, maps: forward.maps});
        machine.ready();
      }
      const {compute, gradients, seed} = backward;
      seed(weighing);
      const [maps, end] = [forward.maps.get(back.to)!, gradients.get(back.to)!];
      const {side, channels} = maps;
      const length = side * side * channels;
      const values = new Float32Array((cells.length / (SIDE * SIDE * 3)) * length);
      const result = {maps: values, gradient: values.slice(), side, channels};
      forEachBatch(cells, (from, now) => {
        for (const step of compute) step(now);
        copy(machine, {address: maps.address, to: result.maps, from, now, length});
        copy(machine, {address: end.address, to: result.gradient, from, now, length});
      });
      return result;
    }
  };
}

/** Copies the values of `now` cells out of the memory, to where those of the cell `from` lie. */
function copy(
  {floats}: Machine,
  {address, to, from, now, length}: {address: number; to: Float32Array; from: number; now: number; length: number}
): void {
  to.set(floats.subarray(address / 4, address / 4 + now * length), from * length);
}
