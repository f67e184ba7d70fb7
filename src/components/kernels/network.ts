import type {BackwardPlan} from "./backward-plan.js";
import {convolution, turnedConvolution} from "./convolution.js";
import type {Compute} from "./convolution.js";
import {lastReads} from "./layout.js";
import {createMachine, takeMaps} from "./machine.js";
import type {Machine, Maps, StartKernels} from "./machine.js";
import {SIDE, pictureInput} from "./picture-input.js";
import type {Convolution, Plan, Step} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** A network laid out in the kernels' memory. */
export interface Network {
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

/** Vectors of up to the most cells. */
interface Vectors {
  address: number;
  length: number;
}

/**
 * Lays a network out in memory: weights in panels, those of 3×3 filters on inner maps of 6×6 and more as Winograd's planes.
 * @throws Error when shapes are not those that the kernels can take
 */
export function createNetwork({plan, back, weights, start, most = 8}: NetworkOptions): Network {
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

type FindWeight = (name: string) => Weight;

function layForward(
  machine: Machine,
  {input, steps}: Plan,
  {weight, kept}: {weight: FindWeight; kept: readonly string[]}
) {
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
          machine.kernels.poolLargest(source.address, cells, source.side, source.channels, target.address);
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

  const releases = lastReads(
    steps.map((step) => [step.source, ...(step.kind === "convolution" && step.residual ? [step.residual] : [])])
  );
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

function layBackward(
  machine: Machine,
  {steps, from}: BackwardPlan,
  {weight, maps}: {weight: FindWeight; maps: ReadonlyMap<string, Maps>}
) {
  const gradients = new Map<string, Maps>();
  /** Gradients of vectors, which are the same for all cells, since no ReLU comes after a mean. */
  const vectors = new Map<string, readonly number[]>();
  const addressOf = (from: ReadonlyMap<string, Maps>, name: string | null) => (name ? from.get(name)!.address : 0);

  function lay(step: BackwardPlan["steps"][number]): Compute {
    if (step.kind === "dense") {
      const {shape, values} = weight(step.weight);
      const [matrix, columns] = [values(), shape[1]!];
      return () => {
        const incoming = vectors.get(step.source)!;
        const row = (k: number) => incoming.reduce((sum, value, n) => sum + value * matrix[k * columns + n]!, 0);
        vectors.set(
          step.target,
          Array.from({length: shape[0]!}, (_, k) => row(k))
        );
      };
    }
    const like = maps.get(step.target)!;
    const target = gradients.get(step.target) ?? takeMaps(machine, like.side, like.channels);
    gradients.set(step.target, target);
    const mask = addressOf(maps, step.mask);
    if (step.kind === "mean") {
      return (cells) => {
        const share = vectors.get(step.source)!.map((value) => value / like.side ** 2);
        const {floats, kernels} = machine;
        const places = cells * like.side ** 2;
        for (let place = 0; place < places; place++) floats.set(share, target.address / 4 + place * like.channels);
        if (mask) kernels.finish(target.address, 0, mask, places * like.channels, false);
      };
    }
    const source = gradients.get(step.source)!;
    const pass = {source, target, bias: 0, residual: addressOf(gradients, step.residual), mask, rectify: false};
    return turnedConvolution(machine, step.of, weight(step.of.weight), pass);
  }

  const releases = lastReads(
    steps.map((step) => [step.source, ...(step.kind === "convolution" && step.residual ? [step.residual] : [])])
  );
  const compute = steps.map((step, index) => {
    const laid = lay(step);
    for (const name of releases[index]!) {
      // A gradient that another part is added to stays where it is.
      if (gradients.has(name) && name !== step.target) machine.layout.release(gradients.get(name)!.address);
    }
    return laid;
  });
  return {gradients, compute, seed: (weighing: readonly number[]) => void vectors.set(from, weighing)};
}
