import type {Machine, Maps} from "./machine.js";
import type {Convolution} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** Values that a chunk of transformed tiles may take, both ways together, so that it stays in the processor's cache. */
const CHUNK = 120_000;

/** Computes a step for the first so many cells. */
export type Compute = (cells: number) => void;

/** What a convolution reads, writes and is followed by; addresses are 0 where there is no such thing. */
export interface Pass {
  source: Maps;
  target: Maps;
  /** A value a channel that is added. */
  bias: number;
  /** Maps that are added. */
  residual: number;
  /** Maps; where their values are not positive, the result is 0. */
  mask: number;
  rectify: boolean;
}

/**
 * Lays a convolution out.
 * @throws Error when shapes are not those that the kernels can take
 */
export function convolution(machine: Machine, step: Convolution, {shape, values}: Weight, pass: Pass): Compute {
  const [size, , depth, columns] = shape as [number, number, number, number];
  const {source, target} = pass;
  if (columns % 8 || (depth % 4 && !source.border) || depth !== source.channels) {
    throw new Error("The kernels take channels in multiples of eight.");
  }
  if (suitsWinograd(size, step, source)) return winograd(machine, pass, values);
  const taps = (source.border ? rowTaps(size) : placeTaps(size)).map((tap) => ({
    ...tap,
    ...validRows({source, side: target.side, step, tap})
  }));
  if (!taps.some(({from}) => from.length === target.side ** 2)) {
    throw new Error("The kernels know no filter that leaves places out.");
  }
  return direct(machine, pass, {taps, values});
}

/**
 * Lays out the way back through a convolution: from the gradient at its output (`pass.source`) to that at its input. It is
 * the convolution with the turned filter; where the steps are larger than one, each place of the output hands its gradient
 * to those that it came from, so that no zeros are put between.
 */
export function turnedConvolution(machine: Machine, step: Convolution, {shape, values}: Weight, pass: Pass): Compute {
  const size = shape[0]!;
  const {source, target} = pass;
  const turned = () => turnFilter(values(), shape);
  if (suitsWinograd(size, step, source)) return winograd(machine, pass, turned);
  const taps = placeTaps(size).map((tap) => {
    const {from, to} = validRows({source: target, side: source.side, step, tap});
    return {...tap, offset: size * size - 1 - tap.offset, from: to, to: from};
  });
  return direct(machine, pass, {taps, values: turned});
}

function suitsWinograd(size: number, {stride, padding}: Convolution, {side, border}: Maps): boolean {
  return size === 3 && stride === 1 && padding === 1 && !border && side >= 6;
}

function winograd(
  machine: Machine,
  {source, target, bias, residual, mask, rectify}: Pass,
  values: Weight["values"]
): Compute {
  const {layout, shared, most} = machine;
  const [side, depth, columns] = [source.side, source.channels, target.channels];
  const packed = layout.keep(25 * depth * columns);
  // Fresh memory is zero, and nothing is written here.
  const zeros = layout.keep(columns);
  machine.prepare(() => {
    machine.floats.set(values(), shared.staging / 4);
    machine.kernels.transformWeights(shared.staging, depth, columns, packed);
  });
  const perCell = Math.ceil(side / 3) ** 2;
  const together = Math.min(most * perCell, Math.max(4, 4 * Math.round(CHUNK / 100 / (depth + columns))));
  machine.share({
    planes: 25 * together * depth,
    products: 25 * together * columns,
    staging: 9 * depth * columns
  });
  return (cells) => {
    const {kernels} = machine;
    const {planes, products} = shared;
    for (let tile = 0; tile < cells * perCell; tile += together) {
      const count = Math.min(together, cells * perCell - tile);
      kernels.transformInput(source.address, side, depth, planes, tile, count, 0, count);
      kernels.multiplyPlanes(planes, packed, products, count, depth, columns, zeros, 0, 25);
      kernels.transformOutput(
        ...([products, side, columns, target.address, bias || zeros, residual, mask, rectify, tile, count] as const),
        0,
        count
      );
    }
  };
}

/** Parts of a filter: `count` of its size² places from `offset` on, and where they lie. */
interface Tap {
  top: number;
  left: number;
  offset: number;
  count: number;
}

/** The places that a tap reads and those that it adds to, one by one. */
interface Rows {
  from: number[];
  to: number[];
}

/** A product for each tap. Sums start from the bias or, without one, from the residual. */
function direct(
  machine: Machine,
  {source, target, bias, residual, mask, rectify}: Pass,
  {taps, values}: {taps: readonly (Tap & Rows)[]; values: Weight["values"]}
): Compute {
  const {layout, shared, most} = machine;
  const [depth, columns] = [source.channels, target.channels];
  // The tap that reaches every place comes first and brings the bias.
  const whole = ({to}: Rows) => Number(to.length === target.side ** 2);
  const order = [...taps].sort((one, other) => whole(other) - whole(one));
  const products = order.map((tap) => {
    const length = most * tap.from.length;
    const deep = 4 * Math.ceil((tap.count * depth) / 4);
    return {tap, deep, a: layout.keep(length), c: layout.keep(length), packed: layout.keep(deep * columns)};
  });
  const size = taps.reduce((sum, {count}) => sum + count, 0);
  machine.share({staging: size * depth * columns});
  machine.prepare(() => {
    machine.floats.set(values(), shared.staging / 4);
    for (const {tap, deep, a, c, packed} of products) {
      const part = shared.staging + tap.offset * depth * columns * 4;
      machine.kernels.packPanels(part, tap.count * depth, columns, deep, packed);
      machine.integers.set(addresses(source, tap.from, most), a / 4);
      machine.integers.set(addresses(target, tap.to, most), c / 4);
    }
  });
  return (cells) => {
    const {kernels, floats} = machine;
    const [start, count] = [target.address / 4, cells * target.side ** 2 * columns];
    if (!bias && residual) floats.copyWithin(start, residual / 4, residual / 4 + count);
    else if (!bias) floats.fill(0, start, start + count);
    products.forEach(({tap, deep, a, c, packed}, n) =>
      kernels.multiply(a, c, tap.from.length * cells, packed, deep, columns, n ? 0 : bias, 0, columns / 8)
    );
    const added = bias ? residual : 0;
    if (added || mask || rectify) kernels.finish(target.address, added, mask, rectify, 0, count / 4);
  };
}

/** Where these places lie in memory, cell after cell. */
function addresses({address, side, border, channels}: Maps, places: readonly number[], cells: number): number[] {
  const perCell = (side + 2 * border) ** 2;
  return Array.from({length: cells}, (_, cell) =>
    places.map((place) => address + (cell * perCell + place) * channels * 4)
  ).flat();
}

const placeTaps = (size: number): Tap[] =>
  Array.from({length: size * size}, (_, n) => ({top: Math.floor(n / size), left: n % size, offset: n, count: 1}));

/** Whole rows: their places lie side by side where maps have a border. */
const rowTaps = (size: number): Tap[] =>
  Array.from({length: size}, (_, top) => ({top, left: 0, offset: top * size, count: size}));

/** The places that a tap reads and those that it adds to, without those where it would read a zero. */
function validRows({
  source: {side: inner, border},
  side,
  step: {stride, padding},
  tap: {top, left}
}: {
  source: Maps;
  side: number;
  step: Convolution;
  tap: Tap;
}): Rows {
  const width = inner + 2 * border;
  const rows: Rows = {from: [], to: []};
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y * stride + top - padding + border, x * stride + left - padding + border];
      if (row < 0 || column < 0 || row >= width || column >= width) continue;
      rows.from.push(row * width + column);
      rows.to.push(y * side + x);
    }
  }
  return rows;
}

/**
 * A filter as the way back through its convolution wants it: turned by 180°, its channels exchanged.
 * @param values [size, size, depth, columns]
 * @returns [size, size, columns, depth]
 */
export function turnFilter(values: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const [rows, sides, depth, columns] = shape as [number, number, number, number];
  const turned = new Float32Array(values.length);
  const taps = rows * sides;
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * depth * columns;
    const to = (taps - 1 - tap) * depth * columns;
    for (let k = 0; k < depth; k++) {
      for (let column = 0; column < columns; column++) {
        turned[to + column * depth + k] = values[from + k * columns + column]!;
      }
    }
  }
  return turned;
}
