import {readsOf} from "./plan.js";
import type {Convolution, Plan} from "./plan.js";

/** A way through a graph, from the node whose value is explained back to the node whose gradient is wanted. */
export interface Path {
  from: string;
  to: string;
}

/**
 * What lies on the way: all that depends on `to` and that `from` depends on, `to` itself left out.
 * @param all each after its inputs
 * @param read a name and its inputs' names
 * @throws Error if there is no way from one to the other
 */
export function onTheWay<T>(
  all: readonly T[],
  {from, to}: Path,
  read: (one: T) => {name: string; input: readonly string[]}
): T[] {
  const named = all.map((one) => ({one, ...read(one)}));
  const after = new Set([to]);
  for (const {name, input} of named) if (input.some((source) => after.has(source))) after.add(name);
  const before = new Set([from]);
  for (const {name, input} of [...named].reverse()) {
    if (before.has(name)) for (const source of input) before.add(source);
  }
  if (!after.has(from) || from === to) throw new Error(`The network has no way from ${from} back to ${to}.`);
  return named.filter(({name}) => name !== to && after.has(name) && before.has(name)).map(({one}) => one);
}

/** A step on the way back; gradients are called by what they are the gradient with respect to. */
export type BackwardStep =
  | {kind: "dense"; source: string; target: string; weight: string}
  /** `mask`: where these maps' values are not positive, the gradient is 0, since a ReLU stands there. */
  | {kind: "mean"; source: string; target: string; mask: string | null}
  /** The way back through the convolution `of`, with another gradient added. */
  | {
      kind: "convolution";
      of: Convolution;
      source: string;
      target: string;
      residual: string | null;
      mask: string | null;
    };

/** How a gradient is computed after the forward pass. */
export interface BackwardPlan {
  steps: BackwardStep[];
  /** The vector whose gradient is given. */
  from: string;
  /** The maps whose gradient is wanted. */
  to: string;
  /** Maps of the forward pass that are read on the way, `to` among them. */
  kept: string[];
}

/**
 * The way back through a plan. As on the way forward, sums and the masks of ReLUs are drawn into the convolution before
 * them: a ReLU's into the last that adds to its gradient.
 * @throws Error if there is no such way, or naming the first step that the kernels cannot go back through
 */
export function backwardOf({steps, drawn}: Plan, {from, to}: Path): BackwardPlan {
  const end = drawn.get(to) ?? to;
  const way = onTheWay(steps, {from, to: end}, (step) => ({name: step.target, input: readsOf(step)}));
  const reached = new Set([end, ...way.map(({target}) => target)]);
  const rectified = new Set(steps.flatMap((step) => ("rectify" in step && step.rectify ? [step.target] : [])));
  const open = new Map<string, number>();
  for (const name of way.flatMap(readsOf)) open.set(name, (open.get(name) ?? 0) + 1);
  /** Where the gradients are that were found so far, whole or in part. */
  const found = new Map([[from, from]]);
  const back: BackwardStep[] = [];

  /** Counts what is added to the gradient of `name`. @returns what was there before, and the mask if nothing follows */
  const arrive = (name: string) => {
    const left = open.get(name)! - 1;
    open.set(name, left);
    return {residual: found.get(name) ?? null, mask: left === 0 && rectified.has(name) ? name : null};
  };
  for (const step of [...way].reverse()) {
    const source = found.get(step.target)!;
    const unknown = (): never => {
      throw new Error(`The kernels cannot go back through "${step.target}" (${step.kind}).`);
    };
    if (step.kind === "dense" && !step.rectify) {
      if (arrive(step.source).residual) unknown();
      back.push({kind: "dense", source, target: step.source, weight: step.weight});
    } else if (step.kind === "mean") {
      const {residual, mask} = arrive(step.source);
      if (residual) unknown();
      back.push({kind: "mean", source, target: step.source, mask});
    } else if (step.kind === "convolution") {
      if (step.residual && reached.has(step.residual)) {
        const {residual, mask} = arrive(step.residual);
        if (residual || mask) unknown();
        found.set(step.residual, source);
      }
      if (!reached.has(step.source)) continue;
      back.push({kind: "convolution", of: step, source, target: step.source, ...arrive(step.source)});
    } else unknown();
    found.set(step.source, step.source);
  }
  const masks = back.flatMap((step) => ("mask" in step && step.mask ? [step.mask] : []));
  return {steps: back, from, to: end, kept: [...new Set([...masks, end])]};
}
