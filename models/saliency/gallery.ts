import sharp from "sharp";
import type {Sharp} from "sharp";
import {random} from "../../src/components/metrics/index.js";
import {peakPlace} from "../../src/components/why/describe-map.js";
import {paintMap} from "../../src/components/why/paint.js";
import {cellSide} from "../../src/data/shapes/cells.js";
import {answerKinds} from "../../src/data/shapes/saliency.js";
import type {AnswerKind, MappedCell, MappedKind} from "../../src/data/shapes/saliency.js";

/** A cell with what its network says of it. */
export interface Answered {
  place: number;
  /** 1 = parasitized. */
  label: number;
  /** P(parasitized), 0…1. */
  score: number;
}

/** What the answer to a cell is at a threshold. */
export function kindOfAnswer({label, score}: Omit<Answered, "place">, threshold: number): AnswerKind {
  const called = score >= threshold;
  return label === 1 ? (called ? "found" : "missed") : called ? "alarms" : "cleared";
}

/** At most `most` cells of each kind of answer, in an order drawn by a seed. */
export function drawKinds<Cell extends Answered>(
  cells: readonly Cell[],
  {threshold, most, seed}: {threshold: number; most: number; seed: number}
): Map<AnswerKind, Cell[]> {
  const uniform = random(seed);
  const drawn = cells.map((cell) => ({cell, order: uniform()})).sort((a, b) => a.order - b.order);
  return new Map(
    answerKinds.map((kind) => [
      kind,
      drawn.flatMap(({cell}) => (kindOfAnswer(cell, threshold) === kind ? [cell] : [])).slice(0, most)
    ])
  );
}

/** A map and the cell that it is of: cellSide² values, and RGB pixels. */
export interface Mapped {
  map: Float32Array;
  cell: Uint8ClampedArray;
}

/** Counts where the peaks of one kind of answer lie. */
export function countPeaks(mapped: readonly Mapped[]): Pick<MappedKind, "cells" | "withStain" | "onStain"> {
  const places = mapped.map(({map, cell}) => peakPlace(map, cell)?.place ?? "none");
  const stained = places.filter((place) => place !== "none");
  return {
    cells: mapped.length,
    withStain: stained.length,
    onStain: stained.filter((place) => place === "on").length
  };
}

/** The pictures of a cell and of the map over it, as the page shows them. */
export async function mappedPictures(
  {map, cell}: Mapped,
  {chance, side}: {chance: number; side: number}
): Promise<Pick<MappedCell, "cell" | "map" | "peak">> {
  const raw = (channels: 3 | 4) => ({raw: {width: cellSide, height: cellSide, channels}});
  const plain = await sharp(cell, raw(3)).resize(side, side, {kernel: "cubic"}).png().toBuffer();
  const over = await sharp(paintMap(map, chance), raw(4)).resize(side, side, {kernel: "cubic"}).png().toBuffer();
  const webp = async (picture: Sharp) => (await picture.webp({quality: 80}).toBuffer()).toString("base64");
  return {
    peak: peakPlace(map, cell)?.place ?? "none",
    cell: await webp(sharp(plain)),
    map: await webp(sharp(plain).composite([{input: over}]))
  };
}
