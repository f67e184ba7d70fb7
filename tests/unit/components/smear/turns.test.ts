import {expect, test} from "vitest";
import {createTurns} from "../../../../src/components/smear/turns.js";

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Tasks that are ended by hand, and the order in which they began. */
function setUp(most: number) {
  const inTurn = createTurns(most);
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const ask = (n: number, signal = new AbortController().signal) =>
    inTurn(() => {
      began.push(n);
      return new Promise<number>((resolve) => (ends[n] = () => resolve(n)));
    }, signal);
  return {inTurn, ask, began, ends};
}

test("a few tasks are done at a time, in their order", async () => {
  const {ask, began, ends} = setUp(2);
  const all = [0, 1, 2, 3].map((n) => ask(n));
  await settled();
  expect(began).toEqual([0, 1]);
  ends[1]!();
  await settled();
  expect(began).toEqual([0, 1, 2]);
  ends[0]!();
  await settled();
  for (const end of ends) end();
  await settled();
  ends[3]!();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

test("what fails, or was called off while it waited, makes room for the next", async () => {
  const {inTurn, ask, began, ends} = setUp(1);
  const ended = new AbortController();
  const failing = inTurn(() => Promise.reject(new Error("no")), ended.signal);
  const [called, last] = [ask(1, ended.signal), ask(2)];
  ended.abort(new Error("Cancelled."));
  await expect(failing).rejects.toThrow("no");
  await expect(called).rejects.toThrow("Cancelled.");
  await settled();
  expect(began).toEqual([2]);
  ends[2]!();
  expect(await last).toBe(2);
});
