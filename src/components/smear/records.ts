import {NOTICE} from "../classifier/entries.js";
import type {FoundCell} from "../finder/find-cells.js";
import type {Row} from "../ui/csv.js";
import {networkCall, reviewedCall, standing} from "./review.js";
import type {SmearCell, SmearField} from "./review.js";

/** What a saved smear calls itself, and the version of its form. */
export const [FORMAT, VERSION] = ["smear of Malaria Detection", 1];

/** The columns of {@link smearRows}, in their order. */
export const COLUMNS = [
  ...["field", "x", "y", "width", "height", "kind", "certainty", "p_student", "p_resnet34", "called", "close"],
  ...[
    "reviewed",
    "added",
    "field_sha256",
    "student_sha256",
    "resnet34_sha256",
    "laboratory",
    "offset",
    "version",
    "date",
    "notice"
  ]
] as const;

/**
 * One row a found or added thing, lengths in pixels of the upright picture, x and y the upper left corner of the rectangle
 * around it. `called` is the networks' word, `reviewed` a person's; either is empty where there is none. `offset` is what was
 * added to the logits of the field's cells.
 */
export function smearRows(fields: readonly SmearField[], date: Date): Row[] {
  return fields.flatMap(({name, sha256, cells, networks}) =>
    cells.map((cell): Row => {
      const {label, isClose} = networkCall(cell, networks);
      return {
        field: name,
        ...cornerOf(cell),
        kind: cell.kind,
        certainty: rounded(cell.certainty, 4),
        p_student: cell.probabilities.student ?? null,
        p_resnet34: cell.probabilities.resnet34 ?? null,
        called: label,
        close: label && isClose,
        reviewed: cell.mark,
        added: cell.isAdded ?? false,
        field_sha256: sha256,
        student_sha256: networks.student?.sha256 ?? null,
        resnet34_sha256: networks.resnet34?.sha256 ?? null,
        laboratory: networks[standing(cell)?.network ?? "resnet34"]?.laboratory ?? null,
        offset: networks[standing(cell)?.network ?? "resnet34"]?.offset ?? null,
        version: networks.resnet34?.commit ?? networks.student?.commit ?? null,
        date: date.toISOString(),
        notice: NOTICE
      };
    })
  );
}

/** All that is known of a smear but its pictures, to be opened again by `readSmear`. */
export function smearJson(fields: readonly SmearField[], date: Date): string {
  const record = {
    format: FORMAT,
    version: VERSION,
    notice: NOTICE,
    date: date.toISOString(),
    fields: fields.map(({cells, ...field}) => ({
      ...field,
      cells: cells.map((cell) => ({
        kind: cell.kind,
        ...placeOf(cell),
        certainty: rounded(cell.certainty, 4),
        outline: Array.from(cell.outline, (length) => rounded(length, 1)),
        probabilities: cell.probabilities,
        called: networkCall(cell, field.networks).label,
        mark: cell.mark,
        reviewed: reviewedCall(cell, field.networks).label,
        ...(cell.isAdded && {isAdded: true})
      }))
    }))
  };
  return JSON.stringify(record) + "\n";
}

/** The upright rectangle around a cell, for a table: x and y are its upper left corner. */
export function cornerOf({x, y, width, height}: FoundCell): Record<"x" | "y" | "width" | "height", number> {
  const [left, top] = [x - width / 2, y - height / 2].map((value) => rounded(value, 1)) as [number, number];
  return {x: left, y: top, width: rounded(width, 1), height: rounded(height, 1)};
}

function placeOf({x, y, width, height}: SmearCell): Record<"x" | "y" | "width" | "height", number> {
  return {x: rounded(x, 1), y: rounded(y, 1), width: rounded(width, 1), height: rounded(height, 1)};
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
