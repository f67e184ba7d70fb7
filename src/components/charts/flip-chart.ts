import * as Plot from "@observablehq/plot";
import type {EpochFlips} from "../../data/shapes/flips.js";
import {formatCount} from "../ui/format.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/** The two sides that an answer flips to, in words and in colour. */
export const flipSides = [
  {side: "toRight", words: "to right", sign: 1, fill: "var(--color-accent)"},
  {side: "toWrong", words: "to wrong", sign: -1, fill: "var(--color-notice)"}
] as const;

/**
 * How many validation cells each epoch of a training flipped: to the right answer above the line, to the wrong one below it.
 *
 * @param chosen the epoch whose bars stand out
 */
export function flipChart(
  epochs: readonly EpochFlips[],
  {width = 640, height = 240, chosen}: ChartOptions & {chosen?: number} = {}
): SVGSVGElement {
  const bars = flipSides.map(({side, words, sign, fill}) =>
    Plot.rectY(epochs, {
      x1: ({epoch}) => epoch - 0.5,
      x2: ({epoch}) => epoch + 0.5,
      y: (flips) => sign * flips[side].length,
      fill,
      inset: 1,
      fillOpacity: ({epoch}) => (chosen === undefined || epoch === chosen ? 1 : 0.45),
      title: (flips) => `Epoch ${flips.epoch}: ${formatCount(flips[side].length)} cells ${words}`
    })
  );
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginBottom: 44,
    x: {label: "epoch", ticks: epochs.map(({epoch}) => epoch), tickFormat: "d"},
    y: {label: "cells flipped", grid: true, nice: true, tickFormat: (count: number) => formatCount(Math.abs(count))},
    marks: [...bars, Plot.ruleY([0])]
  });
  for (const {fill} of flipSides) {
    plot.querySelectorAll(`g[fill="${fill}"] rect`).forEach((bar, i) => {
      const {epoch} = epochs[i]!;
      bar.setAttribute("data-epoch", String(epoch));
      bar.classList.toggle("chosen", epoch === chosen);
    });
  }
  const ends = [epochs[0], epochs.at(-1)].flatMap((flips) =>
    flips ? [`epoch ${flips.epoch} ${flips.toRight.length} to right, ${flips.toWrong.length} to wrong`] : []
  );
  return picture(plot, `Validation cells that each epoch flipped: ${[...new Set(ends)].join("; ")}.`);
}
