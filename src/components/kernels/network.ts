import type {Convolution, Plan, Step} from "./plan.js";
import type {Weight} from "./read-weights.js";

/** What `assembly/index.ts` exports; addresses and counts are integers. */
export interface Kernels {
  multiply(
    ...args: [
      a: number,
      c: number,
      rows: number,
      b: number,
      depth: number,
      columns: number,
      bias: number,
      from: number,
      to: number
    ]
  ): void;
  multiplyPlanes(
    ...args: [
      a: number,
      b: number,
      c: number,
      tiles: number,
      depth: number,
      columns: number,
      zeros: number,
      from: number,
      to: number
    ]
  ): void;
  finish(c: number, residual: number, count: number, rectify: boolean): void;
  transformInput(
    ...args: [source: number, side: number, channels: number, planes: number, first: number, count: number]
  ): void;
  transformOutput(
    ...args: [
      planes: number,
      side: number,
      channels: number,
      target: number,
      bias: number,
      residual: number,
      rectify: boolean,
      first: number,
      count: number
    ]
  ): void;
  transformWeights(source: number, depth: number, columns: number, target: number): void;
  packPanels(source: number, depth: number, columns: number, padded: number, target: number): void;
  poolLargest(source: number, cells: number, side: number, channels: number, target: number): void;
  averagePlaces(source: number, cells: number, places: number, channels: number, target: number): void;
}

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
}

/** Side of the pictures that come in. */
const SIDE = 50;
/** Bytes of a memory page, and what the compiled kernels keep for themselves at the start. */
const PAGE = 65_536;
const OWN = 4096;
/** Values that a chunk of transformed tiles may take, both ways together, so that it stays in the processor's cache. */
const CHUNK = 200_000;

interface Maps {
  address: number;
  side: number;
  channels: number;
  /** Zeros around each map, and what may be read past the end. */
  border: number;
}

/**
 * Lays a network out in memory: weights in panels, those of 3×3 filters on inner maps of 6×6 and more as Winograd's planes.
 * @param start instantiates the kernels on a memory of at least so many bytes
 * @throws Error when shapes are not those that the kernels can take
 */
export function createNetwork(
  {input, steps}: Plan,
  weights: ReadonlyMap<string, Weight>,
  start: (bytes: number) => {kernels: Kernels; memory: WebAssembly.Memory},
  most = 8
): Network {
  const weight = (name: string) => weights.get(name)!;
  const large = input.size ? weight(input.size).values()[0]! : SIDE;
  const layout = createLayout();
  const maps = new Map<string, Maps>();
  const compute: ((cells: number) => void)[] = [];
  const vectors = new Map<string, {address: number; length: number}>();
  const prepare: (() => void)[] = [];
  // Filled once the size of the memory is known; all that uses it runs later.
  const machine = {} as {kernels: Kernels; floats: Float32Array; integers: Uint32Array};
  const put = (address: number, values: ArrayLike<number>) => machine.floats.set(values, address / 4);

  const first = steps.find((step): step is Convolution => step.kind === "convolution" && step.source === input.target);
  if (!first) throw new Error("The kernels know only graphs whose first step is a convolution.");
  const border = first.padding;
  const outer = large + 2 * border;
  maps.set(input.target, {...{side: large, channels: 3, border}, address: layout.take(most * outer * outer * 3 + 8)});
  const lastUse = new Map<string, number>();
  steps.forEach((step, index) => {
    for (const name of [step.source, step.kind === "convolution" ? step.residual : null])
      if (name) lastUse.set(name, index);
  });
  const shared = {planes: 0, products: 0, staging: 0};
  const zeros = layout.take(8);

  const releaseAfter = (index: number) => {
    for (const [name, at] of lastUse) {
      const own = maps.get(name);
      if (at === index && own && name !== input.target) layout.release(own.address);
    }
  };
  const place = (name: string, side: number, channels: number) => {
    const own: Maps = {side, channels, border: 0, address: layout.take(most * side * side * channels)};
    maps.set(name, own);
    return own;
  };

  steps.forEach((step, index) => {
    if (step.kind === "convolution") compute.push(convolution(step));
    else if (step.kind === "pool") {
      const source = maps.get(step.source)!;
      const target = place(step.target, source.side / 2, source.channels);
      if (source.side % 2) throw new Error("The kernels pool maps of an even side only.");
      compute.push((cells) =>
        machine.kernels.poolLargest(source.address, cells, source.side, source.channels, target.address)
      );
    } else if (step.kind === "mean") {
      const source = maps.get(step.source)!;
      const target = {address: layout.take(most * source.channels), length: source.channels};
      vectors.set(step.target, target);
      compute.push((cells) =>
        machine.kernels.averagePlaces(source.address, cells, source.side ** 2, source.channels, target.address)
      );
    } else compute.push(small(step));
    releaseAfter(index);
  });

  function convolution(step: Convolution): (cells: number) => void {
    const source = maps.get(step.source)!;
    const {shape, values} = weight(step.weight);
    const [size, , depth, columns] = shape as [number, number, number, number];
    const side = Math.floor((source.side + 2 * step.padding - size) / step.stride) + 1;
    if (columns % 8 || (depth % 4 && !source.border) || depth !== source.channels) {
      throw new Error("The kernels take channels in multiples of eight.");
    }
    const bias = layout.keep(columns);
    prepare.push(() => put(bias, weight(step.bias).values()));
    const winograd = size === 3 && step.stride === 1 && step.padding === 1 && !source.border && side >= 6;
    const target = place(step.target, side, columns);
    const residual = step.residual ? maps.get(step.residual)!.address : 0;
    shared.staging = Math.max(shared.staging, size * size * depth * columns);
    if (winograd) {
      const packed = layout.keep(25 * depth * columns);
      prepare.push(() => {
        put(staging, values());
        machine.kernels.transformWeights(staging, depth, columns, packed);
      });
      const perCell = Math.ceil(side / 3) ** 2;
      const together = Math.min(most * perCell, Math.max(4, 4 * Math.round(CHUNK / 100 / (depth + columns))));
      shared.planes = Math.max(shared.planes, 25 * together * depth);
      shared.products = Math.max(shared.products, 25 * together * columns);
      return (cells) => {
        for (let tile = 0; tile < cells * perCell; tile += together) {
          const count = Math.min(together, cells * perCell - tile);
          machine.kernels.transformInput(source.address, side, depth, planes, tile, count);
          machine.kernels.multiplyPlanes(planes, packed, products, count, depth, columns, zeros, 0, 25);
          machine.kernels.transformOutput(
            ...([products, side, columns, target.address, bias, residual, step.rectify, tile, count] as const)
          );
        }
      };
    }
    const taps = source.border ? rowTaps(size) : placeTaps(size);
    const deep = source.border ? 4 * Math.ceil((size * depth) / 4) : depth;
    const own = taps.map(({top, left}) => {
      const rows = validRows({source, side, step, top, left});
      return {
        a: layout.keep(rows.from.length * most),
        c: layout.keep(rows.from.length * most),
        rows,
        packed: layout.keep(deep * columns)
      };
    });
    prepare.push(() => {
      put(staging, values());
      taps.forEach(({offset, count}, tap) => {
        const {a, c, rows, packed} = own[tap]!;
        machine.kernels.packPanels(staging + offset * depth * columns * 4, count * depth, columns, deep, packed);
        const outer = source.side + 2 * source.border;
        for (let cell = 0; cell < most; cell++) {
          const [from, to] = [
            source.address + cell * outer ** 2 * depth * 4,
            target.address + cell * side ** 2 * columns * 4
          ];
          machine.integers.set(
            rows.from.map((place) => from + place * depth * 4),
            a / 4 + cell * rows.from.length
          );
          machine.integers.set(
            rows.to.map((place) => to + place * columns * 4),
            c / 4 + cell * rows.from.length
          );
        }
      });
    });
    // The tap that reaches every place comes first and brings the bias.
    const order = own.filter(({rows}) => rows.from.length === side ** 2);
    if (order.length === 0) throw new Error("The kernels know no filter that leaves places out.");
    order.push(...own.filter((tap) => !order.includes(tap)));
    return (cells) => {
      order.forEach(({a, c, rows, packed}, n) =>
        machine.kernels.multiply(a, c, rows.from.length * cells, packed, deep, columns, n ? 0 : bias, 0, columns / 8)
      );
      if (residual || step.rectify)
        machine.kernels.finish(target.address, residual, cells * side ** 2 * columns, step.rectify);
    };
  }

  /** Steps on vectors, which are too small to matter. */
  function small(step: Extract<Step, {kind: "dense" | "softmax"}>): (cells: number) => void {
    const source = vectors.get(step.source)!;
    const length = step.kind === "dense" ? weight(step.weight).shape[1]! : source.length;
    const target = {address: layout.take(most * length), length};
    vectors.set(step.target, target);
    const matrix = step.kind === "dense" ? weight(step.weight).values() : null;
    const bias = step.kind === "dense" ? weight(step.bias).values() : null;
    return (cells) => {
      for (let cell = 0; cell < cells; cell++) {
        const from = machine.floats.subarray(source.address / 4 + cell * source.length).subarray(0, source.length);
        const out = Float64Array.from({length}, (_, n) => {
          if (!matrix) return from[n]!;
          let sum = bias![n]!;
          for (let k = 0; k < from.length; k++) sum += from[k]! * matrix[k * length + n]!;
          return step.kind === "dense" && step.rectify ? Math.max(0, sum) : sum;
        });
        const peak = Math.max(...out);
        const powers = matrix ? out : out.map((value) => Math.exp(value - peak));
        const whole = matrix ? 1 : powers.reduce((sum, value) => sum + value, 0);
        put(
          target.address + cell * length * 4,
          powers.map((value) => value / whole)
        );
      }
    };
  }

  const planes = layout.take(shared.planes);
  const products = layout.take(shared.products);
  const staging = layout.take(shared.staging);
  const started = start(layout.bytes());
  const {buffer} = started.memory;
  Object.assign(machine, {
    kernels: started.kernels,
    floats: new Float32Array(buffer),
    integers: new Uint32Array(buffer)
  });
  const {floats} = machine;
  for (const step of prepare) step();

  const taps = enlargement(SIDE, large);
  const [mean, factor] = [input.mean, input.factor].map((name) => name && weight(name).values());
  const frame = maps.get(input.target)!;
  const normalise = (value: number, channel: number) =>
    (value - (mean ? mean[channel]! : 0)) * (factor ? factor[channel]! : 1);
  const writeAsIs = (cells: Float32Array, count: number) => {
    let from = 0;
    for (let line = 0; line < count * SIDE; line++) {
      const [cell, y] = [Math.floor(line / SIDE), line % SIDE];
      let to = frame.address / 4 + ((cell * outer + y + border) * outer + border) * 3;
      for (let x = 0; x < SIDE; x++) {
        for (let channel = 0; channel < 3; channel++) floats[to++] = normalise(cells[from++]!, channel);
      }
    }
  };
  const writeEnlarged = (cells: Float32Array, count: number) => {
    const lines = new Float32Array(SIDE * large * 3);
    for (let cell = 0; cell < count; cell++) {
      const from = cell * SIDE * SIDE * 3;
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < large; x++) {
          const {low, high, share} = taps[x]!;
          const [left, right] = [from + (y * SIDE + low) * 3, from + (y * SIDE + high) * 3];
          for (let channel = 0; channel < 3; channel++) {
            const value = cells[left + channel]!;
            lines[(y * large + x) * 3 + channel] = value + (cells[right + channel]! - value) * share;
          }
        }
      }
      for (let y = 0; y < large; y++) {
        const {low, high, share} = taps[y]!;
        let to = frame.address / 4 + ((cell * outer + y + border) * outer + border) * 3;
        for (let x = 0; x < large * 3; x++) {
          const value = lines[low * large * 3 + x]!;
          const channel = x % 3;
          floats[to++] = normalise(value + (lines[high * large * 3 + x]! - value) * share, channel);
        }
      }
    }
  };

  const write = large === SIDE ? writeAsIs : writeEnlarged;

  return {
    most,
    run(cells, outputs) {
      const count = cells.length / (SIDE * SIDE * 3);
      const results = new Map(outputs.map((name) => [name, new Float32Array(count * vectors.get(name)!.length)]));
      for (let from = 0; from < count; from += most) {
        const now = Math.min(most, count - from);
        write(cells.subarray(from * SIDE * SIDE * 3), now);
        for (const step of compute) step(now);
        for (const [name, values] of results) {
          const {address, length} = vectors.get(name)!;
          values.set(floats.subarray(address / 4, address / 4 + now * length), from * length);
        }
      }
      return results;
    }
  };
}

/** Where each of `large` places lies between `small` ones, corners on corners. */
function enlargement(small: number, large: number): {low: number; high: number; share: number}[] {
  const scale = (small - 1) / (large - 1);
  return Array.from({length: large}, (_, n) => {
    const low = Math.floor(n * scale);
    return {low, high: Math.min(low + 1, small - 1), share: Math.fround(n * scale - low)};
  });
}

/** Parts of a filter: `count` of its size² places from `offset` on, and where they lie. */
interface Tap {
  top: number;
  left: number;
  offset: number;
  count: number;
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
  top,
  left
}: {
  source: Maps;
  side: number;
  step: Convolution;
  top: number;
  left: number;
}): {from: number[]; to: number[]} {
  const width = inner + 2 * border;
  const [from, to]: [number[], number[]] = [[], []];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y * stride + top - padding + border, x * stride + left - padding + border];
      if (row < 0 || column < 0 || row >= width || column >= width) continue;
      from.push(row * width + column);
      to.push(y * side + x);
    }
  }
  return {from, to};
}

/** Gives out addresses; what is released is used again. Counts are of four-byte values. */
function createLayout() {
  let end = OWN;
  const free: {address: number; bytes: number}[] = [];
  const taken = new Map<number, number>();
  const keep = (count: number) => {
    const address = end;
    end += Math.ceil((count * 4) / 64) * 64;
    return address;
  };
  return {
    keep,
    take(count: number): number {
      const bytes = Math.ceil((count * 4) / 64) * 64;
      const fitting = free.filter((block) => block.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
      const address = fitting ? fitting.address : keep(count);
      if (fitting) free.splice(free.indexOf(fitting), 1);
      taken.set(address, fitting?.bytes ?? bytes);
      return address;
    },
    release(address: number): void {
      free.push({address, bytes: taken.get(address)!});
    },
    bytes: () => Math.ceil(end / PAGE) * PAGE
  };
}
