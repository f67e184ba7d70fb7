import {expect, test, vi} from "vitest";
import type {Kernels} from "../../../../src/components/kernels/kernels.js";
import {createBoard, shareWork, takeParts} from "../../../../src/components/kernels/shared-work.js";

/** Kernels that note down what they are asked for. */
function recording(calls: number[][]): Kernels {
  return {
    finish: (...args: number[]) => void calls.push(args),
    averagePlaces: (...args: number[]) => void calls.push(args)
  } as unknown as Kernels;
}

test("a caller that is alone computes every part of a range, once", () => {
  const calls: number[][] = [];
  shareWork(recording(calls), createBoard(), 4).finish(64, 0, 128, true, 3, 13);
  expect(calls).toEqual([
    [64, 0, 128, 1, 3, 5],
    [64, 0, 128, 1, 5, 8],
    [64, 0, 128, 1, 8, 10],
    [64, 0, 128, 1, 10, 13]
  ]);
});

test("a range of one is not cut, an empty one asks for nothing else, and other kernels are called as they are", () => {
  const calls: number[][] = [];
  const kernels = shareWork(recording(calls), createBoard(), 4);
  kernels.finish(64, 0, 0, false, 7, 8);
  kernels.averagePlaces(1, 2, 3, 4, 5);
  expect(calls.map((call) => call.map(Number))).toEqual([
    [64, 0, 0, 0, 7, 8],
    [1, 2, 3, 4, 5]
  ]);
});

test("a thread that comes while parts are left takes them, and nothing of a job that is done", () => {
  const board = createBoard();
  const [own, other]: [number[][], number[][]] = [[], []];
  const helper = recording(other);
  const caller = {
    ...recording(own),
    finish(...args: number[]) {
      own.push(args);
      // Comes between the caller's first part and its second.
      if (own.length === 1) takeParts(helper, board);
    }
  } as unknown as Kernels;
  const kernels = shareWork(caller, board, 3);
  kernels.finish(0, 0, 0, false, 0, 9);
  expect(own).toEqual([[0, 0, 0, 0, 0, 3]]);
  expect(other).toEqual([
    [0, 0, 0, 0, 3, 6],
    [0, 0, 0, 0, 6, 9]
  ]);
  takeParts(helper, board);
  expect(other).toHaveLength(2);
});

test("a caller sleeps soon while a thread keeps it waiting, so that whatever keeps the thread gets the core", () => {
  const [TICKET, DONE] = [0, 1];
  const board = createBoard();
  let isTaken = false;
  const caller = {
    finish() {
      // A thread takes the second part, and loses its core before it has computed it.
      if (!isTaken) Atomics.sub(board, TICKET, 1);
      isTaken = true;
    }
  } as unknown as Kernels;
  const looks = vi.spyOn(Atomics, "load");
  const sleep = vi.spyOn(Atomics, "wait").mockImplementation(() => {
    Atomics.add(board, DONE, 1);
    return "ok";
  });
  try {
    shareWork(caller, board, 2).finish(0, 0, 0, false, 0, 8);
    expect(sleep).toHaveBeenCalledTimes(1);
    expect(looks.mock.calls.length).toBeLessThan(10_000);
  } finally {
    vi.restoreAllMocks();
  }
});
