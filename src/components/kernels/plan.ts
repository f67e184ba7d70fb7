/** A node of a TensorFlow.js graph model's `modelTopology`, its inputs before it. */
export interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, {i?: string; list?: {i?: string[]; s?: string[]}}>;
}

/** A convolution with bias, and what may follow it: another map added, then negative values to 0. */
export interface Convolution {
  kind: "convolution";
  source: string;
  target: string;
  weight: string;
  bias: string;
  /** Filter's side, stride and the zeros around the maps, each the same both ways. */
  size: number;
  stride: number;
  padding: number;
  /** Map that is added. */
  residual: string | null;
  rectify: boolean;
}

/** What is computed one after another. */
export type Step =
  | Convolution
  /** The largest of 3×3 at every second place, of maps that are nowhere negative, with a border of one. */
  | {kind: "pool"; source: string; target: string}
  | {kind: "mean"; source: string; target: string}
  | {kind: "dense"; source: string; target: string; weight: string; bias: string; rectify: boolean}
  | {kind: "softmax"; source: string; target: string};

/** @returns what a step reads: its source, and what it adds */
export function readsOf(step: {source: string; residual?: string | null}): string[] {
  return [step.source, ...(step.residual ? [step.residual] : [])];
}

/** A graph as steps that the kernels know. */
export interface Plan {
  /** What comes before the first convolution: enlargement (corners kept), if any, and (value − mean) · factor. */
  input: {placeholder: string; target: string; size: string | null; mean: string | null; factor: string | null};
  steps: Step[];
  /** Where the values of a node are found that was drawn into the step before it: that step's target. */
  drawn: ReadonlyMap<string, string>;
}

/**
 * Brings a graph model to steps that the kernels know, with sums and ReLUs drawn into the convolution before them.
 * @param nodes each after its inputs
 * @throws Error naming the first node that the kernels do not know
 */
export function planOf(nodes: readonly GraphNode[]): Plan {
  const uses = new Map<string, number>();
  for (const {input = []} of nodes) for (const name of input) uses.set(name, (uses.get(name) ?? 0) + 1);
  const made = new Map<string, Convolution>();
  const drawn = new Map<string, string>();
  const padded = new Map<string, string>();
  const steps: Step[] = [];
  let input: Plan["input"] | undefined;
  const read = (name: string) => drawn.get(name) ?? name;

  for (const node of nodes) {
    const {name, op, input: names = []} = node;
    const [first = "", second = "", third = ""] = names;
    const unknown = (): never => {
      throw new Error(`The kernels do not know "${name}" (${op}).`);
    };
    switch (op) {
      case "Const":
        break;
      case "Placeholder":
        input = {placeholder: name, target: name, size: null, mean: null, factor: null};
        break;
      case "ResizeBilinear":
        if (first !== input?.placeholder || !flag(node, "align_corners")) unknown();
        Object.assign(input!, {target: name, size: second});
        break;
      case "Sub":
      case "Mul":
        if (first !== input?.target || (op === "Sub" && input.factor)) unknown();
        Object.assign(input!, {target: name, [op === "Sub" ? "mean" : "factor"]: second});
        break;
      case "_FusedConv2D": {
        const strides = integers(node, "strides");
        const pads = integers(node, "explicit_paddings");
        const fused = texts(node, "fused_ops");
        const plain = integers(node, "dilations").every((value) => value === 1) && strides[1] === strides[2];
        const even = pads.length === 8 && pads.slice(2, 6).every((value) => value === pads[2]);
        if (!plain || !even || fused[0] !== "BiasAdd" || (fused[1] ?? "Relu") !== "Relu" || fused.length > 2) unknown();
        const step: Convolution = {
          kind: "convolution",
          source: read(first),
          target: name,
          weight: second,
          bias: third,
          size: 0,
          stride: strides[1]!,
          padding: pads[2]!,
          residual: null,
          rectify: fused.length === 2
        };
        made.set(name, step);
        steps.push(step);
        break;
      }
      case "Pad":
        padded.set(name, first);
        break;
      case "MaxPool": {
        const source = padded.get(first);
        const known = integers(node, "ksize")[1] === 3 && integers(node, "strides")[1] === 2;
        if (source === undefined || !known || !made.get(read(source))?.rectify) unknown();
        steps.push({kind: "pool", source: read(source!), target: name});
        break;
      }
      case "AddV2": {
        const step = made.get(read(first));
        if (!step || step.rectify || step.residual || uses.get(first) !== 1) return unknown();
        step.residual = read(second);
        drawn.set(name, step.target);
        break;
      }
      case "Relu": {
        const step = made.get(read(first));
        if (!step || uses.get(first) !== 1) return unknown();
        step.rectify = true;
        drawn.set(name, step.target);
        break;
      }
      case "Mean":
        steps.push({kind: "mean", source: read(first), target: name});
        break;
      case "_FusedMatMul": {
        const fused = texts(node, "fused_ops");
        if (fused[0] !== "BiasAdd" || flag(node, "transpose_a") || flag(node, "transpose_b")) unknown();
        const rectify = fused[1] === "Relu";
        steps.push({kind: "dense", source: read(first), target: name, weight: second, bias: third, rectify});
        break;
      }
      case "Softmax":
        steps.push({kind: "softmax", source: read(first), target: name});
        break;
      default:
        unknown();
    }
  }
  if (!input) throw new Error("The kernels know only graphs with a placeholder.");
  return {input, steps, drawn};
}

const values = (node: GraphNode, name: string) => node.attr?.[name];
const integers = (node: GraphNode, name: string) => (values(node, name)?.list?.i ?? []).map(Number);
const texts = (node: GraphNode, name: string) => (values(node, name)?.list?.s ?? []).map((text) => atob(text));
const flag = (node: GraphNode, name: string) => (values(node, name) as {b?: boolean} | undefined)?.b === true;
