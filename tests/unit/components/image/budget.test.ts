import {expect, test} from "vitest";
import {createBudget} from "../../../../src/components/image/budget.js";

const settle = () => new Promise((resolve) => setTimeout(resolve));

test("lets in what there is room for, in the order of asking", async () => {
  const {take} = createBudget(10);
  const entered: number[] = [];
  const held: (() => void)[] = [];
  for (const amount of [4, 6, 5, 1]) void take(amount).then((giveBack) => held.push(giveBack) && entered.push(amount));
  await settle();
  expect(entered).toEqual([4, 6]);
  held[0]!();
  await settle();
  expect(entered).toEqual([4, 6]);
  held[1]!();
  await settle();
  expect(entered).toEqual([4, 6, 5, 1]);
});

test("what exceeds the limit is let in alone, and nothing passes it by", async () => {
  const {take} = createBudget(10);
  const small = await take(1);
  let [large, later] = [false, false];
  const giveBack = take(99).then((give) => ((large = true), give));
  void take(1).then(() => (later = true));
  await settle();
  expect([large, later]).toEqual([false, false]);
  small();
  (await giveBack)();
  await settle();
  expect([large, later]).toEqual([true, true]);
});
