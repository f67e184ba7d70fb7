import {judgeFeatures, lookAt} from "../../src/components/gate/gate.js";
import type {Gate, SeenPicture} from "../../src/components/gate/gate.js";
import {shiftLogit} from "../../src/components/metrics/calibration.js";
import {LABORATORIES} from "../laboratories/cells.js";
import {replacePart} from "../readme-part.js";

/** A laboratory's cell as the network was asked about it. */
export interface AskedCell {
  picture: SeenPicture;
  isParasitized: boolean;
  isForeign: boolean;
  features: ArrayLike<number>;
  probability: number;
}

/** What becomes of a laboratory's cells by a gate that was fitted without any of them. */
export interface LeftOutFigures {
  /** As `laboratories.json` names it. */
  laboratory: string;
  cells: number;
  refused: number;
  /** The offset that the other laboratories ask for. */
  offset: number;
  /** Of the cells that are answered; null where there are none of the class. */
  sensitivity: number | null;
  specificity: number | null;
}

/**
 * Judges a laboratory by a gate that never met it.
 * @param gate fitted on the others, its offset with them
 * @param threshold from which on cells are called parasitized
 */
export function leftOutFigures(
  laboratory: string,
  cells: readonly AskedCell[],
  {gate, threshold}: {gate: Gate; threshold: number}
): LeftOutFigures {
  const answered = cells.filter(
    ({picture, features}) => !judgeFeatures(lookAt(picture, gate), features, gate).objection
  );
  const rate = (isParasitized: boolean) => {
    const own = answered.filter((cell) => cell.isParasitized === isParasitized);
    const called = own.filter(
      ({probability, isForeign}) => shiftLogit(probability, isForeign ? gate.offset : 0) >= threshold
    );
    const right = isParasitized ? called.length : own.length - called.length;
    return own.length ? Number((right / own.length).toFixed(4)) : null;
  };
  return {
    laboratory,
    cells: cells.length,
    refused: cells.length - answered.length,
    offset: gate.offset,
    sensitivity: rate(true),
    specificity: rate(false)
  };
}

/**
 * Puts these figures into a text, between its two markers, one line a laboratory.
 * @throws Error if a marker is missing
 */
export function fillLeftOut(text: string, figures: readonly LeftOutFigures[]): string {
  const share = (value: number | null) => (value === null ? "–" : value.toFixed(3));
  const lines = [
    "| laboratory | cells | refused | offset of the others | sensitivity | specificity |",
    "|---|---|---|---|---|---|",
    ...figures.map(
      ({laboratory, cells, refused, offset, sensitivity, specificity}) =>
        `| ${LABORATORIES[laboratory]!.title} | ${cells} | ${(refused / cells).toFixed(3)} | ${offset.toFixed(2)} | ${share(sensitivity)} | ${share(specificity)} |`
    )
  ];
  return replacePart(text, "left-out: npm run gate", `${lines.join("\n")}\n`, "models/README.md");
}
