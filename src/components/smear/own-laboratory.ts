import type {Network} from "../classifier/entries.js";
import type {NetworkName} from "../classifier/networks.js";
import type {FoundAnswer} from "../classifier/protocol.js";
import {atLaboratory, laboratoryTitle} from "../laboratory/kept-laboratory.js";
import type {KeptLaboratory, MovableAnswer} from "../laboratory/kept-laboratory.js";
import type {ThresholdOf} from "./numbers.js";

/** The threshold of the visitor's own laboratory, as it was set on the page Classify. */
export interface OwnLaboratory {
  /** Its title and what its healthy cells say of false alarms; null where none is kept. */
  known: ThresholdOf | null;
  /** What it is called, where its threshold holds for this network. */
  titleFor(network: Network): string | undefined;
  /** What a network says at its threshold, by each cell: P(parasitized). */
  move(network: Network, answers: readonly FoundAnswer[]): number[];
}

/** @param laboratory what is kept on this device; null for the models' own thresholds */
export function ownLaboratory(laboratory: KeptLaboratory | null): OwnLaboratory {
  return {
    known: laboratory && {title: laboratoryTitle(laboratory), measured: measuredAt(laboratory)},
    titleFor(network) {
      const any: MovableAnswer = {network, prediction: {probability: 0.5, offset: 0}};
      return atLaboratory(any, laboratory).laboratory;
    },
    move: (network, answers) =>
      answers.map((prediction) => atLaboratory({network, prediction}, laboratory).prediction.probability)
  };
}

/**
 * The distribution of a laboratory's further false alarms, Beta(k, n + 1 − k) of mean k / (n + 1), as counts that Jeffreys'
 * prior turns into the same.
 */
function measuredAt({thresholds, cells}: KeptLaboratory): ThresholdOf["measured"] {
  return Object.fromEntries(
    Object.entries(thresholds).map(([name, {falseAlarms}]): [string, ThresholdOf["measured"][NetworkName]] => {
      const expected = falseAlarms.estimate * (cells + 1) - 0.5;
      return [name, {healthy: [{laboratory: "your laboratory", cells, falseAlarms: expected}], sensitivity: null}];
    })
  );
}
