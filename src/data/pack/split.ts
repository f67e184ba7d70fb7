import {groups, randomLcg} from "d3";
import {comparePatients, parseCellName} from "../shapes/cells.js";
import type {Label} from "../shapes/cells.js";
import {balance} from "./balance.js";
import type {Item} from "./balance.js";

export const SEED = 2020;
export const FOLD_COUNT = 5;
const VALIDATION_SHARE = 0.1;

export interface Fold {
  fold: number;
  /** Patients the fold's network is tested on, and never sees. */
  test: string[];
  /** Patients among the others on which training is watched. */
  validation: string[];
  /** The remaining patients. */
  train: string[];
}

/** Content of `split.json`. */
export interface Split {
  seed: number;
  /** Number of patients. */
  patients: number;
  folds: Fold[];
}

interface Patient extends Item {
  patient: string;
}

/**
 * Splits the patients in five folds, each balanced by number of cells of either class, of patients, and of patients who
 * are not infected; and, for every fold, picks a tenth of its training patients for validation, a tenth from each of the
 * other folds, both infected and not, so that they hold a tenth of the training cells of either class.
 *
 * Patients are told by C-number, so that the two microscopes of C47 are one patient. The split depends on the official
 * patient list and the seed only, not on which cells an archive holds.
 *
 * @param labels label of every cell, by file name
 */
export function splitPatients(labels: Map<string, Label>, seed = SEED): Split {
  const random = randomLcg(seed);
  const patients = countPatients(labels);
  const folds = balance(
    byInfection(patients),
    byInfection(patients).map(({length}) => deal(length)),
    Array<number>(FOLD_COUNT).fill(1 / FOLD_COUNT),
    random
  );
  return {
    seed,
    patients: patients.length,
    folds: folds.map((test, fold) => {
      const strata = folds.flatMap((others, other) => (other === fold ? [] : byInfection(others)));
      const quotas = strata.map(({length}) => {
        const validation = Math.round(length * VALIDATION_SHARE);
        return [validation, length - validation];
      });
      const [validation, train] = balance(strata, quotas, [VALIDATION_SHARE, 1 - VALIDATION_SHARE], random);
      return {fold, test: names(test), validation: names(validation!), train: names(train!)};
    })
  };
}

function countPatients(labels: Map<string, Label>): Patient[] {
  return groups(labels, ([file]) => parseCellName(file)!.patient)
    .map(([patient, cells]) => {
      const parasitized = cells.filter(([, label]) => label === "parasitized").length;
      return {patient, sizes: [parasitized, cells.length - parasitized]};
    })
    .sort((a, b) => comparePatients(a.patient, b.patient));
}

function byInfection(patients: Patient[]): Patient[][] {
  return [patients.filter(({sizes}) => sizes[0]! > 0), patients.filter(({sizes}) => sizes[0] === 0)];
}

/** Deals `count` to the folds as evenly as whole numbers allow. */
function deal(count: number): number[] {
  return Array.from({length: FOLD_COUNT}, (_, fold) => Math.floor((count + fold) / FOLD_COUNT));
}

function names(patients: Patient[]): string[] {
  return patients.map(({patient}) => patient).sort(comparePatients);
}
