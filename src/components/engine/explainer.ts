import type {GraphNode} from "../kernels/plan.js";
import {backward, neededActivations} from "./backward.js";
import {EXPLAINED, toCellMaps, weighingOf} from "./cell-map.js";
import * as tf from "./tf.js";

/** Computes maps of where a cell speaks for a class. */
export interface Explainer {
  /**
   * @param cells [n, 50, 50, 3], floats 0…1
   * @param output index of the class that is explained, against the other
   * @returns n × cellSide² values, not negative
   */
  explain(cells: tf.Tensor4D, output: number): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Explains a loaded ResNet: gradient × activation at layer 1 (Ancona et al. 2018, at a hidden layer as in Grad-CAM but
 * place by place), summed over channels, negative sums left out. The explained value is the difference of the two logits.
 *
 * The filters, turned as the backward pass needs them, are made at the first call and kept, which takes as much memory as
 * the network's weights.
 */
export function createExplainer(graph: tf.GraphModel, nodes: readonly GraphNode[]): Explainer {
  const turned = new Map<string, tf.Tensor4D>();
  const weight = (name: string) => (graph.weights[name] as unknown as tf.Tensor[])[0]!;

  function turn(name: string): tf.Tensor4D {
    let filter = turned.get(name);
    if (!filter) {
      filter = tf.keep(tf.tidy(() => tf.transpose(tf.reverse(weight(name), [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D));
      turned.set(name, filter);
    }
    return filter;
  }

  return {
    async explain(cells, output) {
      const needed = neededActivations(nodes, EXPLAINED);
      const coarse = tf.tidy(() => {
        const values = graph.execute({cells}, needed) as tf.Tensor4D[];
        const activations = new Map(needed.map((name, index) => [name, values[index]!]));
        const seed = tf.tensor2d(Array.from({length: cells.shape[0]}, () => weighingOf(output)));
        const gradient = backward(nodes, EXPLAINED, {
          seed,
          weight,
          activation: (name) => activations.get(name)!,
          turned: turn
        });
        return tf.relu(tf.sum(tf.mul(gradient, activations.get(EXPLAINED.to)!), 3));
      });
      try {
        return toCellMaps((await coarse.data()) as Float32Array, cells.shape[0]);
      } finally {
        coarse.dispose();
      }
    },
    dispose() {
      tf.dispose([...turned.values()]);
      turned.clear();
    }
  };
}
