import type {FieldsReport} from "../../data/shapes/fields.js";
import {loadedNear} from "../ui/view.js";

/** What was measured on whole fields, as tables, fetched when they come near the window. */
export function fieldTablesLater(report: FieldsReport | null): HTMLElement {
  return loadedNear(async () => (await import("../card/field-tables.js")).fieldTables(report));
}
