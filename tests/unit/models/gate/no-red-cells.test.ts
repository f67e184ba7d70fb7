import {expect, test} from "vitest";
import {countNoRedCells} from "../../../../models/gate/no-red-cells.js";
import type {NoRedCell} from "../../../../models/gate/no-red-cells.js";
import type {Look} from "../../../../src/components/gate/gate.js";
import {painted} from "../../components/smear/drawn.js";

test("what is refused, and what is answered with the doubt that it is no red cell, is counted by laboratory and kind", async () => {
  const cell = (laboratory: string, label: NoRedCell["label"], side: number): NoRedCell => ({
    laboratory,
    label,
    picture: painted(side, side, () => 200)
  });
  async function* cells() {
    yield* [cell("One", "wbc", 1), cell("One", "wbc", 2), cell("One", "platelet", 3), cell("One", "wbc", 4)];
    yield cell("Two", "wbc", 2);
  }
  const said = (check: "kind" | "stain") => ({check, message: "."});
  const looks: Record<number, Pick<Look, "objection" | "cautions">> = {
    1: {objection: said("kind"), cautions: []},
    2: {objection: null, cautions: [said("stain"), said("kind")]},
    3: {objection: null, cautions: [said("stain")]},
    4: {objection: null, cautions: []}
  };
  const judge = async ({width}: {width: number}) => looks[width] as Look;
  expect(await countNoRedCells(cells(), judge)).toEqual([
    {laboratory: "One", label: "wbc", pictures: 3, refused: 1, doubted: 1},
    {laboratory: "One", label: "platelet", pictures: 1, refused: 0, doubted: 0},
    {laboratory: "Two", label: "wbc", pictures: 1, refused: 0, doubted: 1}
  ]);
});
