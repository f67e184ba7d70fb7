import type {Bands, EvaluationData, Group, ModelScores, ModelSummary} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {patientFigures, patientMatrices, sensitivity, specificity, sumMatrices} from "../metrics/index.js";
import type {ConfusionMatrix, PatientFigures} from "../metrics/index.js";
import {isAsked, kindOf} from "./choices.js";
import {curvesOf} from "./curves.js";
import type {Curves} from "./curves.js";
import {errorsByPatient} from "./errors.js";
import type {PatientErrors} from "./errors.js";
import {findRows} from "./find-cells.js";
import {partsOf} from "./parts.js";
import {healthySummary} from "./patients.js";
import type {Healthy} from "./patients.js";
import {isCalled, prepare} from "./prepare.js";
import type {Prepared} from "./prepare.js";
import {resolveGroup} from "./selection.js";
import type {Selection} from "./selection.js";

/** All that the views show for one selection. */
export interface Current {
  selection: Selection;
  model: ModelSummary;
  group: Group;
  /** A sentence where the selection could not be followed. */
  problem: string | null;
  /** The same object as long as model, fold and labels stay. */
  prepared: Prepared;
  curves: Curves;
  bands: Bands;
  /** The threshold of all cells; null where each fold is called at its own. */
  threshold: number | null;
  /** The thresholds in use: one, or one a fold. */
  thresholds: number[];
  matrix: ConfusionMatrix;
  sensitivity: number;
  specificity: number;
  patients: PatientFigures[];
  /** The wrong answers of the same patients, in the same order. */
  errors: PatientErrors[];
  /** The patients among them without a parasitized cell by the archive's labels. */
  healthyPatients: PatientFigures[];
  healthy: Healthy;
  /** Rows of `prepared` that the drawer shows, in order; none while it is closed. */
  found: Uint32Array;
}

/**
 * Makes the function from a selection to what is shown. It keeps the sorted cells of the selections it met, so that a
 * moved threshold costs one pass over the cells.
 *
 * @param scores the scores of each model by its name; those of the selected one must be there
 */
export function currentOf(
  data: EvaluationData,
  cells: Cells,
  scores: ReadonlyMap<string, ModelScores>
): (selection: Selection) => Current {
  const kept = new Map<string, {prepared: Prepared; curves: Curves}>();
  const inPart = partsOf(cells);
  return (selection) => {
    const {model, group, problem} = resolveGroup(data, selection);
    const scored = {...model, ...scores.get(model.name)!};
    const key = [model.name, group.fold, selection.labels].join();
    if (!kept.has(key)) {
      const prepared = prepare(cells, scored, {fold: group.fold, labels: selection.labels});
      kept.set(key, {prepared, curves: curvesOf(prepared)});
    }
    const {prepared, curves} = kept.get(key)!;
    const threshold = Number.isNaN(selection.threshold) ? group.threshold : selection.threshold;
    const thresholds = threshold === null ? model.points.map((point) => point.threshold) : [threshold];
    const matrices =
      threshold === null
        ? patientMatrices(prepared.patients, calledOf(prepared), prepared.labels, 1)
        : patientMatrices(prepared.patients, prepared.scores, prepared.labels, threshold);
    const matrix = sumMatrices(matrices);
    const patients = patientFigures(prepared.patients.names, matrices);
    const healthyPatients = patients.filter(({patient}) => prepared.healthy.has(patient));
    const rates = {sensitivity: sensitivity(matrix), specificity: specificity(matrix)};
    const {bin, patient, disputed, part} = selection;
    const found = isAsked(selection)
      ? findRows(prepared, {
          kind: kindOf(selection),
          threshold,
          bin: Number.isNaN(bin) ? null : bin,
          patient: patient === "any" ? null : patient,
          disputed: disputed === "any" ? null : disputed === "yes",
          isInPart: part === "any" ? null : inPart(part, prepared, model.folds)
        })
      : new Uint32Array();
    return {
      selection,
      model,
      group,
      problem,
      prepared,
      curves,
      bands: scored.bands[group.fold]![selection.labels],
      threshold,
      thresholds,
      matrix,
      ...rates,
      patients,
      errors: errorsByPatient(prepared, threshold),
      healthyPatients,
      found,
      healthy: healthySummary(healthyPatients, rates.sensitivity)
    };
  };
}

/** 1 where a cell is called parasitized at the threshold of its own fold. */
function calledOf(prepared: Prepared): Float64Array {
  return Float64Array.from(prepared.scores, (_, row) => Number(isCalled(prepared, null, row)));
}
