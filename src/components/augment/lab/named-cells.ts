import * as d3 from "d3";
import {fileName, labelName} from "../../gallery/cells.js";
import type {Cells} from "../../gallery/cells.js";
import {brightness} from "../../gallery/colour.js";

/** A cell that is the extreme of something, and of what. */
export interface NamedCell {
  name: string;
  title: string;
}

/** Twenty cells of the set that are worth a look: for each label the extremes of colour, light, size and shape. */
export function namedCells(cells: Cells): NamedCell[] {
  const light = (i: number) => brightness(cells.red[i]!, cells.green[i]!, cells.blue[i]!);
  const area = (i: number) => cells.width[i]! * cells.height[i]!;
  const slim = (i: number) => Math.max(cells.width[i]! / cells.height[i]!, cells.height[i]! / cells.width[i]!) || 0;
  const kinds: [title: string, value: (i: number) => number][] = [
    ["darkest", (i) => -light(i)],
    ["palest", light],
    ["reddest", (i) => cells.red[i]! - cells.blue[i]!],
    ["bluest", (i) => cells.blue[i]! - cells.red[i]!],
    ["most mottled", (i) => cells.spread[i]!],
    ["smoothest", (i) => -cells.spread[i]!],
    ["largest", area],
    ["smallest", (i) => (area(i) ? -area(i) : -Infinity)],
    ["slimmest", slim],
    ["most framed in black", (i) => cells.frame[i]!]
  ];
  return [0, 1].flatMap((label) => {
    const indices = d3.range(cells.count).filter((i) => cells.label[i] === label && !cells.disputed[i]);
    return kinds.map(([title, value]) => {
      const index = indices[d3.maxIndex(indices, value)]!;
      return {name: fileName(cells, index), title: `${title} ${labelName(cells, index)}`};
    });
  });
}
