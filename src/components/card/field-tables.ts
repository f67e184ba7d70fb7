import type {FieldsReport} from "../../data/shapes/fields.js";
import {element} from "../ui/element.js";
import {scrollTable} from "../ui/table.js";
import {fieldRows, judgingRows} from "./field-rows.js";

/**
 * How well whole fields of other laboratories are found, and, of those that have infected cells, judged, as tables; nothing
 * where it was not measured.
 */
export function fieldTables(report: FieldsReport | null): HTMLElement | null {
  if (!report) return null;
  const infected = report.laboratories.filter(({judged}) => judged.resnet34.auc !== null);
  return element(
    "div",
    scrollTable(fieldRows(report), {
      caption:
        "Finding: whole red cells that a person boxed, and those that the finder tells; none of these fields taught it"
    }),
    ...infected.map((laboratory) =>
      scrollTable(judgingRows(laboratory), {
        caption: `Judging: the cells that were found in the fields of ${laboratory.title}`
      })
    )
  );
}
