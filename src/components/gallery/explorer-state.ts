import {choiceProperty, flagProperty, numberProperty} from "../ui/url-state.js";
import type {Values} from "../ui/url-state.js";
import {labelNames} from "./cells.js";
import type {Cells} from "./cells.js";
import type {CellFilter} from "./filter.js";

/** What the address of the dataset page may say; `cell` is the opened cell's place in the manifest, −1 for none. */
export function explorerTable({patients, count}: Pick<Cells, "patients" | "count">) {
  return {
    label: choiceProperty("any", ["any", ...labelNames]),
    disputed: choiceProperty("any", ["any", "yes", "no"]),
    patient: {...choiceProperty("any", ["any", ...patients]), expected: "a patient of the set, such as C100"},
    true: flagProperty(true),
    cell: {
      ...numberProperty(-1, {min: 0, max: count - 1, whole: true}),
      format: (index: number) => (index < 0 ? "" : String(index))
    }
  };
}

/** The filter that the state asks for. */
export function toFilter({label, disputed, patient}: Values<ReturnType<typeof explorerTable>>): CellFilter {
  return {
    label: label === "any" ? null : label,
    disputed: disputed === "any" ? null : disputed === "yes",
    patient: patient === "any" ? null : patient
  };
}
