import {desc, from, op} from "arquero";
import type {ManifestRow} from "../shapes/manifest.js";

/** The counts that the pages state about the set. */
export interface Dataset {
  cells: number;
  patients: number;
  /** Patients of whom there are uninfected cells only. */
  healthyPatients: number;
  photographs: number;
  disputed: number;
  /** Cells of which the size of the full-size crop is known. */
  knownSizes: number;
  perPatient: {
    patient: string;
    parasitized: number;
    uninfected: number;
    disputed: number;
    photographs: number;
    fold: number;
  }[];
  folds: {fold: number; patients: number; cells: number; parasitized: number; uninfected: number}[];
}

/** Counts the manifest by patient and fold; patients with most cells first. */
export function summarise(rows: readonly ManifestRow[]): Dataset {
  const cells = from(
    rows.map(({label, disputed, patient, photograph, fold}) => ({
      label,
      patient,
      photograph,
      fold,
      disputed: Number(disputed),
      parasitized: Number(label === "parasitized"),
      uninfected: Number(label === "uninfected")
    }))
  );
  const perPatient = cells
    .groupby("patient")
    .rollup({
      parasitized: op.sum("parasitized"),
      uninfected: op.sum("uninfected"),
      disputed: op.sum("disputed"),
      photographs: op.distinct("photograph"),
      fold: op.min("fold"),
      cells: op.count()
    })
    .orderby(desc("cells"), "patient")
    .select("patient", "parasitized", "uninfected", "disputed", "photographs", "fold")
    .objects({limit: Infinity}) as Dataset["perPatient"];
  const folds = cells
    .groupby("fold")
    .rollup({
      patients: op.distinct("patient"),
      cells: op.count(),
      parasitized: op.sum("parasitized"),
      uninfected: op.sum("uninfected")
    })
    .orderby("fold")
    .objects() as Dataset["folds"];
  return {
    cells: rows.length,
    patients: perPatient.length,
    healthyPatients: perPatient.filter(({parasitized}) => parasitized === 0).length,
    photographs: new Set(rows.map(({photograph}) => photograph)).size,
    disputed: rows.filter(({disputed}) => disputed).length,
    knownSizes: rows.filter(({width}) => width !== null).length,
    perPatient,
    folds
  };
}
