import type {BackwardPlan, BackwardStep} from "./backward-plan.js";
import {turnedConvolution} from "./convolution.js";
import type {Compute} from "./convolution.js";
import {lastReads} from "./layout.js";
import {takeMaps} from "./machine.js";
import type {Machine, Maps} from "./machine.js";
import {readsOf} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** The way back in memory: computed after the forward pass, from the gradient that `seed` is given. */
export interface Backward {
  seed: (gradient: readonly number[]) => void;
  compute: Compute[];
  gradients: ReadonlyMap<string, Maps>;
}

/**
 * Lays the way back out; gradients that no later step reads give their place to others.
 * @param maps those of the forward pass
 */
export function layBackward(
  machine: Machine,
  {steps, from}: BackwardPlan,
  {weight, maps}: {weight: (name: string) => Weight; maps: ReadonlyMap<string, Maps>}
): Backward {
  const gradients = new Map<string, Maps>();
  /** Gradients of vectors, which are the same for all cells, since no ReLU comes after a mean. */
  const vectors = new Map<string, readonly number[]>();
  const addressOf = (from: ReadonlyMap<string, Maps>, name: string | null) => (name ? from.get(name)!.address : 0);

  function lay(step: BackwardStep): Compute {
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
        if (mask) kernels.finish(target.address, 0, mask, false, 0, (places * like.channels) / 4);
      };
    }
    const source = gradients.get(step.source)!;
    const pass = {source, target, bias: 0, residual: addressOf(gradients, step.residual), mask, rectify: false};
    return turnedConvolution(machine, step.of, weight(step.of.weight), pass);
  }

  const releases = lastReads(steps.map(readsOf));
  const compute = steps.map((step, index) => {
    const laid = lay(step);
    for (const name of releases[index]!) {
      // A gradient that another part is added to stays where it is.
      if (gradients.has(name) && name !== step.target) machine.layout.release(gradients.get(name)!.address);
    }
    return laid;
  });
  return {gradients, compute, seed: (gradient) => void vectors.set(from, gradient)};
}
