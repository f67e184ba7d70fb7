import type {Label} from "./cells.js";

/** A cell of another laboratory that a network called wrongly. */
export interface LaboratoryFailure {
  laboratory: string;
  licence: string;
  credit: string;
  /** Its file in the laboratory's archive. */
  image: string;
  label: Label;
  probability: number;
  /** What the gate found foreign about it. */
  cautions: string[];
  /** The picture as it was asked about, brought to a square: a JPEG, base64. */
  jpeg: string;
}

/** What `failures.json` of a model holds. */
export interface LaboratoryFailures {
  /** Side of the pictures, in pixels. */
  side: number;
  failures: LaboratoryFailure[];
}
