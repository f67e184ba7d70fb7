/** What the compiled kernels keep for themselves at the start of the memory. */
const OWN = 4096;

/** Gives out addresses. Counts are of four-byte values. */
export interface Layout {
  /** @returns the address of so many values that nothing else gets */
  keep(count: number): number;
  /** The same, until it is released. */
  take(count: number): number;
  release(address: number): void;
  /** Bytes that all of it reaches to. */
  bytes(): number;
}

/** Starts with all memory free; what is released is given out again. */
export function createLayout(): Layout {
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
    take(count) {
      const bytes = Math.ceil((count * 4) / 64) * 64;
      const fitting = free.filter((block) => block.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
      const address = fitting ? fitting.address : keep(count);
      if (fitting) free.splice(free.indexOf(fitting), 1);
      taken.set(address, fitting?.bytes ?? bytes);
      return address;
    },
    release(address) {
      free.push({address, bytes: taken.get(address)!});
    },
    bytes: () => end
  };
}

/**
 * When maps can be given back: those that no later step reads.
 * @param reads what each step reads
 * @returns for each step, the names that it is the last to read
 */
export function lastReads(reads: readonly (readonly string[])[]): string[][] {
  const last = new Map<string, number>();
  reads.forEach((names, index) => names.forEach((name) => last.set(name, index)));
  return reads.map((names, index) => [...new Set(names)].filter((name) => last.get(name) === index));
}
