import {sum} from "d3";
import type {EpochFlips, Flip, TrainingFlips} from "../../data/shapes/flips.js";
import {flipChart, flipSides} from "../charts/flip-chart.js";
import {element, svgElement} from "../ui/element.js";
import {formatCount, formatFigure, formatPercent} from "../ui/format.js";
import {range} from "../ui/inputs.js";
import {legend} from "../ui/legend.js";
import {liveFigure} from "../ui/live-figure.js";

/** Side of a picture, in CSS pixels. */
const SIDE = 72;

const flipped = ({toRight, toWrong}: EpochFlips): Flip[] => [...toRight, ...toWrong];

/** How many answers the first compared epoch and the last one flip, and how many of all these are on disputed labels. */
export function flipFinding({epochs, cells}: Pick<TrainingFlips, "epochs" | "cells">): string {
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (!first || !last) return "";
  const all = epochs.flatMap(flipped);
  const disputed = all.filter((flip) => flip.disputed).length;
  return `Epoch ${first.epoch} flips ${formatCount(flipped(first).length)} of ${formatCount(cells)} answers, epoch ${last.epoch} flips ${formatCount(flipped(last).length)}; ${formatPercent(disputed / all.length, 0)} of all flips are on disputed labels`;
}

/** The numbers behind the figure: one row a flip. */
export function flipRows({epochs}: Pick<TrainingFlips, "epochs">) {
  return epochs.flatMap((flips) =>
    flipSides.flatMap(({side, words}) =>
      flips[side].map(({file, label, disputed, before, after}) => ({
        epoch: flips.epoch,
        flipped: words,
        file,
        label,
        disputed: disputed ? "yes" : "no",
        "P before": before,
        "P after": after
      }))
    )
  );
}

/** The flipped cells of a training, epoch by epoch. */
export interface FlipGallery {
  node: HTMLElement;
  /** Shows the cells of an epoch. */
  show(epoch: number): void;
  dispose(): void;
}

/** Options of {@link flipGallery}. */
export interface FlipGalleryOptions {
  /** Address of the sheet of pictures. */
  sheet: string;
  /** An epoch was chosen on the slider or by its bars. */
  choose: (epoch: number) => void;
}

/**
 * A chart of how many validation cells each epoch flipped, and the cells of one epoch as pictures; a bar or the slider chooses
 * it. A picture leads to the cell on the dataset page.
 */
export function flipGallery(flips: TrainingFlips, {sheet, choose}: FlipGalleryOptions): FlipGallery {
  const {epochs, fold, cells, right, agreeing} = flips;
  const [first, last] = [epochs[0]!.epoch, epochs.at(-1)!.epoch];
  let epoch = first;
  const slider = range("Epoch", {min: first, max: last, step: 1});
  slider.addEventListener("input", () => choose(slider.value));
  const figure = liveFigure({
    name: "Cells that each epoch flipped",
    finding: () => flipFinding(flips),
    draw: ({width}) => flipChart(epochs, {width, chosen: epoch}),
    caption: () =>
      `Validation cells whose answer an epoch flipped, P(parasitized) held against ½: above the line to the label's side, below it away from it. ${formatCount(sum(epochs, (one) => flipped(one).length))} flips by ${formatCount(new Set(epochs.flatMap(flipped).map(({cell}) => cell)).size)} of ${formatCount(cells)} cells. The student's training that keeps fold ${fold} for the test, run once more by its recipe to keep every answer: ${formatPercent(right / cells)} are right in the end, and ${formatPercent(agreeing / cells)} are those of the student on this site.`,
    table: () => flipRows(flips),
    legend: legend(flipSides.map(({words, fill}) => ({label: `flipped ${words}`, colour: fill}))),
    download: `training-flipped-cells-fold-${fold}`
  });
  figure.node.addEventListener("click", ({target}) => {
    const bar = (target as Element).closest("[data-epoch]");
    if (bar) choose(Number(bar.getAttribute("data-epoch")));
  });
  const pictures = element("div", {class: "flips", "data-testid": "flips"});
  return {
    node: element(
      "div",
      {class: "columns halves linked"},
      figure.node,
      element("div", element("div", {class: "controls"}, slider), pictures)
    ),
    show(next) {
      epoch = slider.value = next;
      const own = epochs.find((one) => one.epoch === next)!;
      const row = (side: (typeof flipSides)[number]) => flipRow(own[side.side], side.words, flips, sheet);
      pictures.replaceChildren(...flipSides.map(row));
      figure.redraw();
    },
    dispose: figure.dispose
  };
}

/** The cells that an epoch flipped to one side: how many, and the pictures of those that moved furthest. */
function flipRow(all: readonly Flip[], words: string, flips: TrainingFlips, sheet: string): HTMLElement {
  const {side, columns, pictures} = flips;
  const shown = all.filter(({slot}) => slot !== null);
  const which = shown.length < all.length ? `, the ${shown.length} that moved furthest` : "";
  const whole = {href: sheet, width: columns * side, height: Math.ceil(pictures / columns) * side};
  const items = shown.map(({cell, label, disputed, before, after, width, height, slot}) => {
    const corner = [(slot! % columns) * side, Math.floor(slot! / columns) * side];
    const size = {width: Math.round(SIDE * width), height: Math.round(SIDE * height)};
    const view = {viewBox: [...corner, side, side].join(" "), preserveAspectRatio: "none", ...size};
    const name = `${label === "parasitized" ? "A" : "An"} ${label} cell${disputed ? ", its label disputed" : ""}: open it on the dataset page`;
    return element(
      "li",
      element(
        "a",
        {href: `./dataset?cell=${cell}`, "aria-label": name},
        svgElement("svg", {class: "cell", "aria-hidden": "true", ...view}, svgElement("image", whole))
      ),
      element("span", {class: `class-name ${label}`}, label),
      element(
        "span",
        {class: "muted"},
        `${formatFigure(before, 2)} → ${formatFigure(after, 2)}${disputed ? ", disputed" : ""}`
      )
    );
  });
  return element(
    "section",
    element("h4", `${formatCount(all.length)} flipped ${words}${which}`),
    items.length > 0 && element("ul", {class: "cell-strip"}, ...items)
  );
}
