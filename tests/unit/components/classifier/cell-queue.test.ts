import {expect, test} from "vitest";
import {createCellQueue} from "../../../../src/components/classifier/cell-queue.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";

const cellOf = (value: number) => new Uint8ClampedArray(cellValues).fill(value);

/** A queue before a network whose two outputs and one feature tell the cell; batches take up to three cells. */
function setUp() {
  const batches: number[][] = [];
  const told: number[] = [];
  const queue = createCellQueue(
    async (cells) => {
      const values = cells.map(([first]) => first!);
      batches.push(values);
      if (values.includes(13)) throw new Error("Out of memory.");
      return {
        probabilities: Float32Array.from(values.flatMap((value) => [value, -value])),
        features: Float32Array.from(values, (value) => value + 0.5)
      };
    },
    {next: (ready) => Math.min(ready, 3), tell: (count) => told.push(count)}
  );
  return {queue, batches, told};
}

test("computes what is ready together, and gives each cell its own row", async () => {
  const {queue, batches, told} = setUp();
  const outputs = await Promise.all([1, 2, 3, 4].map((value) => queue.add(cellOf(value))));
  expect(batches).toEqual([[1, 2, 3], [4]]);
  expect(told).toEqual([3, 1]);
  expect(outputs.map(({probabilities}) => [...probabilities])).toEqual([1, 2, 3, 4].map((value) => [value, -value]));
  expect(outputs.map(({features}) => features![0])).toEqual([1.5, 2.5, 3.5, 4.5]);
  expect(outputs.every(({milliseconds}) => milliseconds >= 0)).toBe(true);
});

test("questions go before the cells that wait, one at a time, and so does a cell that is asked for again", async () => {
  const {queue, batches} = setUp();
  const order: string[] = [];
  const cells = [1, 2, 3, 4].map((value) => queue.add(cellOf(value)).then(() => order.push(`cell ${value}`)));
  const again = queue.add(cellOf(9), true);
  const failing = queue.alone(() => Promise.reject(new Error("No map.")));
  const question = queue.alone(async () => {
    order.push("starts");
    await new Promise((resolve) => setTimeout(resolve, 10));
    return order.push("ends");
  });
  await expect(failing).rejects.toThrow("No map.");
  expect(await question).toBe(2);
  await Promise.all([...cells, again]);
  expect(batches).toEqual([
    [9, 1, 2],
    [3, 4]
  ]);
  expect(order).toEqual(["starts", "ends", "cell 1", "cell 2", "cell 3", "cell 4"]);
});

test("what fails rejects the cells of its batch, and the next are computed", async () => {
  const {queue} = setUp();
  const outcomes = await Promise.allSettled([12, 13, 14, 15].map((value) => queue.add(cellOf(value))));
  expect(outcomes.map(({status}) => status)).toEqual(["rejected", "rejected", "rejected", "fulfilled"]);
  await expect(queue.add(cellOf(1))).resolves.toMatchObject({features: Float32Array.of(1.5)});
});

test("other work of the thread has its turn between two batches", async () => {
  const {queue, batches} = setUp();
  const seen: number[] = [];
  const all = Promise.all(Array.from({length: 9}, (_, n) => queue.add(cellOf(n))));
  const look = () => (seen.push(batches.length), batches.length < 3 && setImmediate(look));
  setImmediate(look);
  await all;
  expect(new Set(seen).size).toBeGreaterThan(1);
});
