import type {Classifier} from "../../src/components/classifier/client.js";
import type {NetworkName} from "../../src/components/classifier/networks.js";
import {prepareAllFound} from "../../src/components/classifier/prepare-picture.js";
import type {FoundCell, FoundField} from "../../src/components/finder/find-cells.js";
import type {Finder} from "../../src/components/finder/open-finder.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {rocArea, scoreIndex, sensitivityAtSpecificity} from "../../src/components/metrics/index.js";
import {atFieldOffset} from "../../src/components/smear/field-offset.js";
import type {FieldReference} from "../../src/components/smear/field-offset.js";
import type {Box} from "./fields.js";
import {pair} from "./measure.js";

/** What both networks say of a found cell; null of what is no whole single red cell. */
export type Judged = Record<NetworkName, number> | null;

/** What a field is judged with. */
export interface JudgingParts {
  finder: Finder;
  classifier: Pick<Classifier, "judgeFound">;
  references: Record<NetworkName, FieldReference>;
}

/** Asks both networks about each red cell of a field, and moves their answers by what the field asks for. */
export async function judgeField(
  picture: RgbPicture,
  {cells}: Pick<FoundField, "cells">,
  {finder, classifier, references}: JudgingParts
): Promise<Judged[]> {
  const prepared = prepareAllFound(cells, (cell) => finder.cut(picture, cell)).pictures;
  const red = [...prepared.keys()].filter((place) => prepared[place]);
  const pictures = red.map((place) => prepared[place]!);
  const judged: Judged[] = cells.map(() => null);
  if (red.length === 0) return judged;
  const ask = async (name: NetworkName) => atFieldOffset(await classifier.judgeFound(name, pictures), references[name]);
  const [student, resnet34] = await Promise.all([ask("student"), ask("resnet34")]);
  red.forEach((place, n) => {
    judged[place] = {student: student[n]!, resnet34: resnet34[n]!};
  });
  return judged;
}

/** A boxed cell that was found whole, its label and what the networks say of it. */
export interface LabelledCell extends Record<NetworkName, number> {
  isInfected: boolean;
}

/** Pairs found cells with boxes at an overlap of a half, and keeps those whose label is infected or healthy. */
export function labelledCells(
  cells: readonly FoundCell[],
  judged: readonly Judged[],
  boxes: readonly Box[]
): LabelledCell[] {
  return pair(cells, boxes).flatMap((match, at) => {
    const {label} = boxes[at]!;
    const probabilities = match && match.overlap >= 0.5 ? judged[match.place] : null;
    if (!probabilities || (label !== "infected" && label !== "healthy")) return [];
    return [{...probabilities, isInfected: label === "infected"}];
  });
}

/** How well a network tells infected from healthy cells that were found; null where there is only one kind. */
export function judgingOf(cells: readonly LabelledCell[], network: NetworkName, threshold: number) {
  const index = scoreIndex(
    Float64Array.from(cells, (cell) => cell[network]),
    Uint8Array.from(cells, ({isInfected}) => Number(isInfected))
  );
  const share = (isInfected: boolean, isCalled: boolean) => {
    const own = cells.filter((cell) => cell.isInfected === isInfected);
    return own.filter((cell) => cell[network] >= threshold === isCalled).length / own.length;
  };
  const atFalseAlarms = (rate: number) => sensitivityAtSpecificity(index, 1 - rate).sensitivity;
  return {
    infected: index.positives,
    healthy: index.negatives,
    specificity: index.negatives ? share(false, false) : null,
    ...(index.positives && index.negatives
      ? {
          auc: rocArea(index),
          sensitivity: share(true, true),
          sensitivityAt1Percent: atFalseAlarms(0.01),
          sensitivityAt01Percent: atFalseAlarms(0.001)
        }
      : {auc: null, sensitivity: null, sensitivityAt1Percent: null, sensitivityAt01Percent: null})
  };
}
