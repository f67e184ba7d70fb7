import * as d3 from "d3";
import {drawBatch} from "../draw.js";
import {drawNotebook} from "../notebook.js";
import type {NotebookDraw} from "../notebook.js";
import type {Draw} from "../types.js";
import {drawCount, transformOptions} from "./settings.js";
import type {Settings} from "./settings.js";

/** What is drawn under the settings: for each picture where the 460-pixel window lies, and the draw of either pipeline. */
export interface Drawn {
  places: [x: number, y: number][];
  draws: Draw[];
  notebook: NotebookDraw[];
}

/**
 * Draws the pictures of the page from the seed.
 *
 * @throws RangeError where `mult` takes a parameter out of its range
 */
export function drawAll(settings: Settings, count = drawCount): Drawn {
  const placing = d3.randomLcg(settings.seed + 1_000_003);
  const turning = d3.randomLcg(settings.seed + 2_000_003);
  return {
    places: Array.from({length: count}, () => [placing(), placing()]),
    draws: drawBatch(d3.randomLcg(settings.seed), count, transformOptions(settings)),
    notebook: Array.from({length: count}, () => drawNotebook(turning))
  };
}
