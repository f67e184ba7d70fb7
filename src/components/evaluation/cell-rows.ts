import {fileName, labelName, patientName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import type {ScoredNetwork} from "../gallery/network-columns.js";
import type {Row} from "../ui/csv.js";
import {fileWords} from "../ui/download.js";
import {choiceWords} from "./choices.js";
import {fileNameOf} from "./selection.js";
import type {Selection} from "./selection.js";

/**
 * A row a cell: whose it is, what both readers call it, and what the networks say of it.
 *
 * @param options.columns what makes the networks' part, fetched when a CSV is saved
 * @param options.threshold the one that all cells are called at by the first network; null for that of their own fold
 */
export function cellRows(
  cells: Cells,
  places: ArrayLike<number>,
  {
    columns,
    networks,
    threshold
  }: {
    columns: (networks: readonly ScoredNetwork[], place: number, threshold: number | null) => Row;
    networks: readonly ScoredNetwork[];
    threshold: number | null;
  }
): Row[] {
  return Array.from(places, (place) => ({
    file: fileName(cells, place),
    patient: patientName(cells, place),
    fold: cells.fold[place]!,
    label: labelName(cells, place),
    "second reading": labelName(cells, place, {other: Boolean(cells.disputed[place])}),
    ...columns(networks, place, threshold)
  }));
}

/** The name of a file with the cells that are shown, after the page and the selection, without its ending. */
export function cellsFileName({selection}: {selection: Selection}): string {
  return fileNameOf({selection}, fileWords(choiceWords(selection)));
}
