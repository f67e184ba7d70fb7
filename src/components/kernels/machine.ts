import type {Kernels} from "./kernels.js";
import {createLayout} from "./layout.js";
import type {Layout} from "./layout.js";

/** Bytes of a memory page. */
export const PAGE = 65_536;

/** Instantiates the kernels on a memory of at least so many bytes. */
export type StartKernels = (bytes: number) => {kernels: Kernels; memory: WebAssembly.Memory};

/** Parts of the memory that all steps use one after another. */
type Shared = Record<"planes" | "products" | "staging", number>;

/** Kernels and their memory, which is laid out first: what is computed may only run once it is {@link Machine.ready}. */
export interface Machine {
  readonly layout: Layout;
  /** Most cells that are computed together. */
  readonly most: number;
  readonly kernels: Kernels;
  /** The whole memory. */
  readonly floats: Float32Array;
  readonly integers: Uint32Array;
  /** Addresses of the shared parts. */
  readonly shared: Readonly<Shared>;
  /** Has the shared parts take at least so many values. */
  share(counts: Partial<Shared>): void;
  /** Writes what stays in the memory, once that is there. */
  prepare(write: () => void): void;
  /** Brings the memory to what was laid out so far, and prepares it. */
  ready(): void;
}

/** @param start is called once; after that the memory grows */
export function createMachine(start: StartKernels, most: number): Machine {
  const layout = createLayout();
  const shared: Shared = {planes: 0, products: 0, staging: 0};
  const [wanted, given] = [{...shared}, {...shared}];
  const names = Object.keys(shared) as (keyof Shared)[];
  let writes: (() => void)[] = [];
  let started: ReturnType<StartKernels> | undefined;
  let views = {} as Pick<Machine, "floats" | "integers">;
  return {
    layout,
    most,
    shared,
    get kernels() {
      return started!.kernels;
    },
    get floats() {
      return views.floats;
    },
    get integers() {
      return views.integers;
    },
    share(counts) {
      for (const name of names) wanted[name] = Math.max(wanted[name], counts[name] ?? 0);
    },
    prepare(write) {
      writes.push(write);
    },
    ready() {
      for (const name of names) {
        if (wanted[name] <= given[name]) continue;
        if (given[name]) layout.release(shared[name]);
        shared[name] = layout.take(wanted[name]);
        given[name] = wanted[name];
      }
      const pages = Math.ceil(layout.bytes() / PAGE);
      started ??= start(pages * PAGE);
      const {memory} = started;
      const missing = pages - memory.buffer.byteLength / PAGE;
      if (missing > 0) memory.grow(missing);
      views = {floats: new Float32Array(memory.buffer), integers: new Uint32Array(memory.buffer)};
      for (const write of writes) write();
      writes = [];
    }
  };
}

/** Maps of up to the most cells in memory, [cell, row, column, channel]. */
export interface Maps {
  address: number;
  side: number;
  channels: number;
  /** Zeros around each map. */
  border: number;
}

/** Takes memory for maps without a border. */
export function takeMaps({layout, most}: Machine, side: number, channels: number): Maps {
  return {side, channels, border: 0, address: layout.take(most * side * side * channels)};
}
