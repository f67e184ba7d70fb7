import type {GraphNode} from "../kernels/plan.js";
import {onTheWay} from "../kernels/way.js";
import type {Path} from "../kernels/way.js";
import * as tf from "./tf.js";

/** What {@link backward} reads: values that the forward pass gave, and weights. */
export interface Values {
  activation: (name: string) => tf.Tensor4D;
  weight: (name: string) => tf.Tensor;
  /** A 3×3 filter [3, 3, in, out] turned by 180°, its channels exchanged: [3, 3, out, in]. */
  turned: (name: string) => tf.Tensor4D;
}

/**
 * Nodes whose values {@link backward} needs of the forward pass: every map on the way that a ReLU or a mean made, or that
 * a convolution reads in steps of two, and the last one.
 * @throws Error if there is no way from one to the other
 */
export function neededActivations(nodes: readonly GraphNode[], {from, to}: Path): string[] {
  const way = nodesOnTheWay(nodes, {from, to});
  const needed = new Set([to]);
  for (const node of way) {
    if (rectified(node)) needed.add(node.name);
    if (node.op === "Mean" || (node.op === "_FusedConv2D" && strideOf(node) > 1)) needed.add(node.input![0]!);
  }
  return [...needed];
}

/**
 * Gradient of a node's value with respect to an earlier node, over the operations that a ResNet with folded BatchNorm is
 * made of. It is written out because TensorFlow.js's own `tf.grad` cannot differentiate a graph model, and on its
 * WebAssembly backend no convolution.
 * @param seed gradient of what is explained with respect to `from`, of that node's shape
 * @returns the gradient with respect to `to`, of that node's shape
 * @throws Error on an operation that is not among them
 */
export function backward(
  nodes: readonly GraphNode[],
  {from, to}: Path,
  {seed, activation, weight, turned}: Values & {seed: tf.Tensor}
): tf.Tensor4D {
  return tf.tidy(() => {
    const gradients = new Map<string, tf.Tensor>([[from, seed]]);
    const add = (name: string, gradient: tf.Tensor) => {
      const other = gradients.get(name);
      gradients.set(name, other ? tf.add(other, gradient) : gradient);
      other?.dispose();
      if (other) gradient.dispose();
    };
    for (const node of nodesOnTheWay(nodes, {from, to}).reverse()) {
      const incoming = gradients.get(node.name)!;
      const [source, filter] = node.input as [string, string];
      const gradient = rectified(node) ? tf.tidy(() => tf.mul(incoming, tf.step(activation(node.name)))) : incoming;
      switch (node.op) {
        case "Relu":
          add(source, gradient);
          break;
        case "AddV2":
          for (const input of node.input!) add(input, gradient.clone());
          gradient.dispose();
          break;
        case "_FusedMatMul":
          add(source, tf.matMul(gradient as tf.Tensor2D, weight(filter) as tf.Tensor2D, false, true));
          break;
        case "Mean": {
          const [n, height, width, channels] = activation(source).shape;
          const share = tf.mul(gradient, 1 / (height * width)).reshape([n, 1, 1, channels]);
          add(source, tf.tile(share, [1, height, width, 1]));
          break;
        }
        case "_FusedConv2D":
          add(source, throughConvolution(node, gradient as tf.Tensor4D, {activation, weight, turned}));
          break;
        default:
          throw new Error(`The operation ${node.op} (${node.name}) of this network cannot be explained.`);
      }
      gradients.delete(node.name);
    }
    return gradients.get(to) as tf.Tensor4D;
  });
}

function nodesOnTheWay(nodes: readonly GraphNode[], path: Path): GraphNode[] {
  return onTheWay(nodes, path, ({name, input = []}) => ({name, input}));
}

function rectified({op, attr}: GraphNode): boolean {
  return op === "Relu" || (attr?.fused_ops?.list?.s ?? []).includes(btoa("Relu"));
}

function strideOf({attr}: GraphNode): number {
  return Number(attr!.strides!.list!.i![1]);
}

/**
 * Gradient of a convolution with respect to its input: the convolution of the gradient with the turned filter, since
 * TensorFlow.js computes that many times faster than `conv2dTranspose`; in steps of two, after zeros were put between.
 */
function throughConvolution(node: GraphNode, gradient: tf.Tensor4D, {activation, weight, turned}: Values): tf.Tensor4D {
  const [source, filter] = node.input as [string, string];
  const [size, stride] = [weight(filter).shape[0]!, strideOf(node)];
  const pad = (size - 1) / 2;
  if (paddingOf(node).some((amount) => amount !== pad)) {
    throw new Error(`The padding of this network's ${node.name} cannot be explained.`);
  }
  return tf.tidy(() => {
    if (stride === 1) return tf.conv2d(gradient, turned(filter), 1, pad);
    const [, height, width] = activation(source).shape;
    if (size === 1) return apart(tf.conv2d(gradient, turned(filter), 1, 0), {stride, height, width});
    return tf.conv2d(apart(gradient, {stride, height, width}), turned(filter), 1, pad);
  });
}

/** Puts zeros between the places of a map, so that place k comes to lie at `stride` · k of `height` × `width` places. */
function apart(
  map: tf.Tensor4D,
  {stride, height, width}: {stride: number; height: number; width: number}
): tf.Tensor4D {
  const [n, h, w, channels] = map.shape;
  const rows = map.reshape([n * h, 1, w, channels]).pad([
    [0, 0],
    [0, stride - 1],
    [0, 0],
    [0, 0]
  ]);
  const all = rows.reshape([n * h * stride, w, 1, channels]).pad([
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0]
  ]);
  return all
    .reshape<tf.Tensor4D>([n, h * stride, w * stride, channels])
    .slice([0, 0, 0, 0], [n, height, width, channels]);
}

function paddingOf({attr}: GraphNode): number[] {
  return attr!.explicit_paddings!.list!.i!.slice(2, 6).map(Number);
}
