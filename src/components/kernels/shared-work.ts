import type {Kernels} from "./kernels.js";

/**
 * Where threads find the job: a block of integers that all of them see. The first holds the job's number and, in its last
 * eight bits, how many parts nobody has taken; once that is 0, the block may be written anew.
 */
export type Board = Int32Array<SharedArrayBuffer>;

const [TICKET, DONE, PARTS, KERNEL, FROM, TO, COUNT, ARGUMENTS] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const LEFT = 0xff;
/** Looks at the board before a thread goes to sleep, some hundredths of a millisecond: jobs follow each other within it, and other programs get the core. */
const LOOKS = 5_000;

/** The kernels that take a range, by the number that the board calls them by. */
const RANGED = [
  "multiply",
  "multiplyPlanes",
  "finish",
  "transformInput",
  "transformOutput",
  "poolLargest"
] as const satisfies readonly (keyof Kernels)[];

type Call = (...args: number[]) => void;

/** @returns a board without a job */
export function createBoard(): Board {
  return new Int32Array(new SharedArrayBuffer(32 * 4));
}

/**
 * Kernels whose ranges are cut into a part a thread, which whoever is at the board takes until none is left: the caller
 * too, who does them all while nobody else is there. Threads may come late, or not at all.
 */
export function shareWork(kernels: Kernels, board: Board, threads: number): Kernels {
  let job = 0;
  const share = (index: number): Call => {
    const kernel = kernels[RANGED[index]!] as Call;
    return (...args) => {
      const [from, to] = args.slice(-2) as [number, number];
      const parts = Math.min(to - from, threads);
      if (parts <= 1) return kernel(...args);
      board.set([0, parts, index, from, to, args.length - 2, ...args.slice(0, -2).map(Number)], DONE);
      job += 1;
      Atomics.store(board, TICKET, (job << 8) | parts);
      Atomics.notify(board, TICKET);
      takeParts(kernels, board);
      let looks = 0;
      for (let done = Atomics.load(board, DONE); done < parts; done = Atomics.load(board, DONE)) {
        if (looks++ > LOOKS) Atomics.wait(board, DONE, done);
      }
    };
  };
  return {...kernels, ...Object.fromEntries(RANGED.map((name, index) => [name, share(index)]))};
}

/** Takes parts of the job on the board, one after another, until none is left. */
export function takeParts(kernels: Kernels, board: Board): void {
  for (;;) {
    const ticket = Atomics.load(board, TICKET);
    const left = ticket & LEFT;
    if (left === 0) return;
    const [parts, kernel, from, to] = [board[PARTS]!, RANGED[board[KERNEL]!]!, board[FROM]!, board[TO]!];
    const given = board.slice(ARGUMENTS, ARGUMENTS + board[COUNT]!);
    // Whoever takes the part first has read what belongs to it: the board is not written while parts are left.
    if (Atomics.compareExchange(board, TICKET, ticket, ticket - 1) !== ticket) continue;
    const part = parts - left;
    const edge = (n: number) => from + Math.floor(((to - from) * n) / parts);
    (kernels[kernel] as Call)(...given, edge(part), edge(part + 1));
    Atomics.add(board, DONE, 1);
    Atomics.notify(board, DONE);
  }
}

/** Takes parts of all jobs that come; does not return. */
export function serveBoard(kernels: Kernels, board: Board): never {
  for (let looks = 0; ; looks++) {
    const ticket = Atomics.load(board, TICKET);
    if (ticket & LEFT) {
      takeParts(kernels, board);
      looks = 0;
    } else if (looks > LOOKS) {
      Atomics.wait(board, TICKET, ticket);
      looks = 0;
    }
  }
}

/** What a thread needs to take part. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  board: Board;
  /** Its number, from 1. */
  thread: number;
}

/** The kernels, as one thread calls them. */
export function startThread({module, memory, thread}: Omit<ThreadStart, "board">): Kernels {
  const kernels = new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as Kernels;
  kernels.beThread(thread);
  return kernels;
}
