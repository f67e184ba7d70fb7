import type {FieldsReport} from "../../data/shapes/fields.js";
import {loadedNear} from "../ui/view.js";

/** What was measured on whole fields, as tables: fetched, as is their code, when they come near the window. */
export function fieldTablesLater(fetchReport: () => Promise<FieldsReport | null>): HTMLElement {
  return loadedNear(async () => {
    const [{fieldTables}, report] = await Promise.all([import("../card/field-tables.js"), fetchReport()]);
    return fieldTables(report);
  });
}
